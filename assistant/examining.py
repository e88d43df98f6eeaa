"""What ``doctor`` wants to know of a pack's trained reader: whether it is used, and whether it is current."""

from __future__ import annotations

from assistant.matters import facts_hash
from assistant.pack import Pack
from assistant.trained_reader import has_seen_all, read_card, reader_folder
from corpus import Finding

WHAT = "Trained reader"


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
