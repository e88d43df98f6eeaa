"""What of a message the readers hear, and what its pieces settle by their form alone.

A mail's frame, a statement that is denied as a whole and what is left open are not heard. A checklist and a
few words that only deny are read here: around so few words the readers hear the strong one and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from assistant.bare_denials import Denial, bare_denials
from assistant.blank_denied import blank_denied
from assistant.blank_mail import blank_mail
from assistant.blank_unsettled import blank_unsettled
from assistant.checklist import Ticked, checklist, named
from assistant.features import Floats
from assistant.heads import SILENT
from assistant.normalise import Message
from assistant.readings import LONGEST_EVIDENCE, Reading
from assistant.sentences import blanked, sentences
from assistant.superseded import without_complaint, without_gone, without_replaced, without_today
from assistant.undecided import Undecided, undecided
from assistant.weigh import FactReader, Weighed, weigh
from rules import RuleSet

YES_NO = {"yes", "no"}
MOST_PIECES = 24  # of each form; the readers are asked about every one
FEW_WORDS = 3  # around so few a reader that says the same with a negation and without did not hear it
REFUSES = re.compile(r"^\W*(?:(?:no|nope|nah|nein|non|neither)\b ?)+[,.!;]\s*(?=\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heard:
    """``told`` is the message with spaces for what is not heard, ``text`` also for the pieces that were read.

    ``settled`` is what these pieces settle. ``gone`` are the facts that ``text`` affirms for today alone, and
    what is wanted denies. ``undecided`` are those that a piece says are open. ``replaced`` are those that the
    message denies as long as it is heard with that in whose place something comes, which ``text`` leaves out.
    ``doubted`` are facts with the value that readers may hear and that does not follow.
    """

    told: str
    text: str
    settled: tuple[Reading, ...]
    gone: tuple[Reading, ...]
    undecided: tuple[Reading, ...]
    replaced: tuple[Reading, ...]
    doubted: frozenset[tuple[str, str]]


def hear(reader: FactReader, message: Message, start: int) -> Heard:
    """What is heard of ``message`` from ``start`` on; what comes before stays as it is."""
    text = without_gone(blank_unsettled(blank_denied(blank_mail(message.text))))
    if refusal := REFUSES.match(text):  # it is about what was said before: "nope, cloud"
        text = blanked(text, 0, refusal.end())
    text, whole = without_replaced(text), text
    replaced = tuple(_denied(reader, message, whole, text)) if text != whole else ()
    left_open = list[Reading]()
    for piece in islice(undecided(text, _option_words(reader.rules)), MOST_PIECES):
        if piece.end > start:  # "not sure" may answer, and goes on to say of what
            left_open += _left_open(reader, message, piece)
            text = blanked(text, piece.start, piece.end)
    told, settled = text, list[Reading]()
    for ticked in checklist(text)[:MOST_PIECES]:
        if ticked.start >= start:
            settled += _ticked(reader, message, ticked)
            text = blanked(text, ticked.start, ticked.end)
    for denial in islice(bare_denials(reader.cues, text), MOST_PIECES):
        if denial.start >= start and (turned := _turned(reader, message, denial)) is not None:
            settled += turned
            text = blanked(text, denial.start, denial.end)
    gone = tuple(_gone(reader, message, text))
    doubted = frozenset({*((one.fact, "no") for one in left_open), *_complained(reader, text)})
    return Heard(told, text, tuple(settled), gone, tuple(left_open), replaced, doubted)


def _complained(reader: FactReader, text: str) -> Iterator[tuple[str, str]]:
    """The facts that ``text`` affirms, but of which the wish that its complaint ends in tells rather not."""
    wish = without_complaint(text)
    if wish == text:
        return
    wished = weigh(reader, [wish])
    for fact, value in _affirmed(reader, text):
        share = dict(zip(wished[fact].head.labels, wished[fact].shares[0].tolist(), strict=True))
        if value == "yes" and share["yes"] < share.get("no", 0.0):
            yield fact, value


def _denied(reader: FactReader, message: Message, whole: str, left: str) -> Iterator[Reading]:
    """What ``whole`` denies, in the words of the first sentence of which ``left`` leaves something out."""
    place = next(place for place, character in enumerate(whole) if left[place] != character)
    start, end = next(sentence for sentence in sentences(whole) if place < sentence[1])
    quote = message.quote(start, min(end, start + LONGEST_EVIDENCE)).strip()
    for fact, value in _affirmed(reader, whole):
        if value == "no":
            yield Reading(fact, value, quote, "classifier")


def _option_words(rules: RuleSet) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", " ".join((*rules.options, *rules.options.values())).casefold()))


def _left_open(reader: FactReader, message: Message, piece: Undecided) -> Iterator[Reading]:
    """The facts that ``piece`` is about, of those that people are asked for."""
    quote = message.quote(piece.start, piece.end).strip(" ,;:.")
    for fact, weighed in weigh(reader, [piece.about]).items():
        spec = reader.rules.facts[fact]
        likeliest = weighed.head.labels[int(weighed.shares[0].argmax())]
        if likeliest != SILENT and spec.ask and spec.only_for is None:
            yield Reading(fact, "unknown", quote, "cue")


def _ticked(reader: FactReader, message: Message, ticked: Ticked) -> Iterator[Reading]:
    """The facts that a ticked piece settles: the one that its label names, else all that it affirms."""
    if ticked.tick == "open":
        return
    quote = message.quote(ticked.start, ticked.end).strip()
    fact = named(ticked.label, reader.rules.facts.values())
    facts = [fact] if fact else [name for name, value in _affirmed(reader, ticked.label) if value == "yes"]
    for name in facts:
        yield Reading(name, ticked.tick, quote, "cue")


def _turned(reader: FactReader, message: Message, denial: Denial) -> list[Reading] | None:
    """The facts that ``denial`` says no to: those that would be yes if it denied nothing.

    None at all where a fact is the same with and without the negation of a few words, since then it was not
    heard; ``None`` where the piece is to be read as any other.
    """
    quote = message.quote(denial.start, denial.end).strip()
    plain, whole = (dict(_affirmed(reader, text)) for text in (denial.denied, quote))
    turned = [
        Reading(fact, "no", quote, "cue")
        for fact, value in plain.items()
        if value == "yes" and set(reader.rules.facts[fact].values) == YES_NO
    ]
    same = any(value == whole.get(fact) and value not in ("yes", SILENT) for fact, value in plain.items())
    unheard = same and len(quote.split()) <= FEW_WORDS
    return turned if turned or unheard else None


def _gone(reader: FactReader, message: Message, text: str) -> Iterator[Reading]:
    later = without_today(without_complaint(text))
    if later == text or not later.strip():
        return
    first, last = len(later) - len(later.lstrip()), len(later.rstrip())
    now = dict(_affirmed(reader, text))
    for fact, value in _affirmed(reader, later):
        if (now.get(fact), value) == ("yes", "no"):
            quote = message.quote(first, min(last, first + LONGEST_EVIDENCE))
            yield Reading(fact, "no", quote, "classifier")


def _affirmed(reader: FactReader, text: str) -> Iterator[tuple[str, str]]:
    """Each fact that may be told at any time, with the value that ``text`` surely gives it, else silence."""
    for fact, weighed in weigh(reader, [text]).items():
        if reader.rules.facts[fact].only_for is None:
            yield fact, _surest(weighed, weighed.shares[0])


def _surest(weighed: Weighed, share: Floats) -> str:
    column = int(share.argmax())
    return weighed.head.labels[column] if share[column] >= weighed.sure else SILENT
