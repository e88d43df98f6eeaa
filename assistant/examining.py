"""What ``doctor`` wants to know of the trained weights that a pack is read and judged with."""

from __future__ import annotations

from assistant.cross_encoder import knows, open_cross_encoder
from assistant.matters import facts_hash
from assistant.pack import Pack
from assistant.trained_reader import has_seen_all, read_card, reader_folder
from corpus import CorpusError, Finding, load_questions

WHAT = "Trained reader"
CROSS = "Cross-encoder"


def examine_reader(pack: Pack) -> Finding:
    """One finding; a reader that is missing or of another pack is no fault, since the heads read alone."""
    card = read_card(reader_folder())
    if card is None:
        return Finding(WHAT, "warning", "is not there, messages are read by the heads alone", "make train")
    if pack.rules is None or card.facts_sha256 != facts_hash(pack.rules):
        return Finding(WHAT, "ok", "is for other facts than this pack's, whose heads read alone")
    if not has_seen_all(card, pack):
        return Finding(WHAT, "warning", "the example messages have changed since it learned", "make train")
    return Finding(WHAT, "ok", f"knows the example messages, {len(card.matters) - 1} facts")


def examine_cross_encoder(pack: Pack) -> Finding:
    """One finding; one that is missing or of other questions is no fault: silence is judged without it."""
    cross = open_cross_encoder()
    if cross is None:
        return Finding(
            CROSS, "warning", "is not there or not whole, silence is judged without it", "make train"
        )
    try:
        questions = load_questions(pack.root / "corpus", pack.guides, {error.guide for error in pack.refused})
    except CorpusError:  # what is wrong with them is a finding of its own
        questions = ()
    asks, near = ([one.text for one in questions if one.kind == kind] for kind in ("ask", "near"))
    if not knows(cross, asks, near):
        return Finding(CROSS, "ok", "learned other questions than this pack's, silence is judged without it")
    return Finding(CROSS, "ok", "knows the questions of this pack")
