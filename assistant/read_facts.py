"""Which facts of the rules a message settles, each with the user's own words as evidence.

Three readers, in this order: the answer to the question asked last, quantities with their units, and the
head of each fact, which has learned from the pack's example messages what words, negations and cues mean
together. A head that is not sure says nothing: a wrong reading costs more than a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from assistant.answer import Reader
from assistant.conversation import Conversation
from assistant.cues import Cues, cue_count
from assistant.features import Encode, Floats, features
from assistant.heads import SILENT, Head, blended, probabilities, spoken
from assistant.normalise import Message
from assistant.quantities import quantities
from assistant.recognise import Request
from assistant.sentences import sentences
from rules import FactSpec, RuleSet

SHORT_ANSWER = 60  # characters; a longer message is quoted only as far as its answer
TAKES_BACK = re.compile(
    r"\b(?:forget|scrap|drop(?:s|ped)?|no longer|not any ?more|anymore|actually|correction|sorry|instead|"
    r"after all|my mistake|misunderst\w+|changed|cancel\w*|off the table|gone|doch|plut[oô]t|en realidad)\b",
    re.IGNORECASE,
)
EXPECTED_SURE, AHEAD = 0.38, 1.5  # for a fact just asked about, or one that the message takes back
LONGEST_EVIDENCE = 140  # characters of the user's words shown as evidence
CLAUSE = re.compile(r",\s+|\s+(?:but|and|so|then|while|because)\s+|\s+[-–—]+\s+|:\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """A fact that a message settles: its value, the user's words for it, and who read it."""

    fact: str
    value: str
    quote: str
    by: Reader


@dataclass(frozen=True, slots=True, eq=False)
class FactReader:
    """What reading needs: the rules' facts, the pack's cues, an encoder, and one trained head a fact."""

    rules: RuleSet
    cues: Cues
    encode: Encode
    heads: Mapping[str, Head]


def read_facts(
    reader: FactReader, message: Message, request: Request, conversation: Conversation
) -> tuple[Reading, ...]:
    """The facts that ``message`` settles at this point of ``conversation``."""
    found: dict[str, Reading] = {}
    asked = conversation.asked
    answered = _answered(reader, message, request, asked)
    if answered is not None:
        found[answered.fact] = answered
    start = request.answer_end if answered is not None else 0
    if any(character.isalnum() for character in message.text[start:]):
        for reading in _learned(reader, message, start, _expected(message, conversation)):
            found.setdefault(reading.fact, reading)
    for fact, value, first, last in quantities(message.text, reader.rules):
        found.setdefault(fact, Reading(fact, f"{value:.10g}", message.quote(first, last), "cue"))
    return tuple(found.values())


def _answered(reader: FactReader, message: Message, request: Request, asked: str | None) -> Reading | None:
    """The answer to the question asked last: a yes or no that begins the message, or a choice by its name."""
    if asked is None:
        return None
    spec = reader.rules.facts[asked]
    if request.answer is None:
        return _chosen(spec, message)
    if request.answer != "unknown" and request.answer not in spec.values:
        return None
    end = len(message.text) if len(message.text) <= SHORT_ANSWER else request.answer_end
    return Reading(asked, request.answer, message.quote(0, end), "answer")


def _expected(message: Message, conversation: Conversation) -> frozenset[str]:
    """Facts that the message is likely about: the one asked for, and all standing ones if it takes back."""
    asked = {conversation.asked} if conversation.asked else set()
    return frozenset(asked | (set(conversation.facts) if TAKES_BACK.search(message.text) else set()))


def _chosen(spec: FactSpec, message: Message) -> Reading | None:
    """The value whose name the message is, as people click or type it ("per user")."""
    said = " ".join(re.findall(r"\w+", message.text.casefold()))
    for value in spec.values:
        if said == value.replace("_", " ").casefold():
            return Reading(spec.name, value, message.sent.strip(), "answer")
    return None


def _learned(reader: FactReader, message: Message, start: int, expected: frozenset[str]) -> Iterator[Reading]:
    """What the heads read in ``message.text[start:]``."""
    text = message.text[start:]
    places = [(first + start, last + start) for first, last in sentences(text)]
    places = places if len(places) > 1 else []
    rows = features([text, *(message.text[a:b].strip() for a, b in places)], reader.encode, reader.cues)
    for fact, head in reader.heads.items():
        if reader.rules.facts[fact].only_for is not None and fact not in expected:
            continue  # a way out of a conflict is a question of its own, and answered only when it was asked
        shares = probabilities(head, rows)
        share = blended(head.labels, shares[0], shares[1:])
        among = spoken(head.labels) if fact in expected else range(len(head.labels))
        column = max(among, key=lambda at: share[at])
        if head.labels[column] == SILENT or not _is_sure(head, share, column, fact in expected):
            continue
        place = places[int(shares[1:, column].argmax())] if places else (start, len(message.text))
        quote = _evidence(reader, message, *place, head, column)
        by: Reader = "cue" if _cues_carry(reader.cues, head, rows[0], column) else "classifier"
        yield Reading(fact, head.labels[column], quote, by)


def _is_sure(head: Head, share: Floats, column: int, expected: bool) -> bool:
    """Whether a reading may be used: sure by itself, or expected and clearly ahead of its opposite."""
    if share[column] >= head.sure:
        return True
    opposite = max((share[other] for other in spoken(head.labels) if other != column), default=0.0)
    return bool(expected and share[column] >= max(EXPECTED_SURE, AHEAD * opposite))


def _evidence(reader: FactReader, message: Message, start: int, end: int, head: Head, column: int) -> str:
    """The clause of ``message.text[start:end]`` that speaks most for the value, in the user's own words."""
    if end - start <= LONGEST_EVIDENCE // 2:
        return message.quote(start, end)
    bounds = [start, *(start + m.end() for m in CLAUSE.finditer(message.text[start:end])), end]
    clauses = [(a, b) for a, b in pairwise(bounds) if len(message.text[a:b].split()) > 2]
    if len(clauses) < 2:
        return message.quote(start, min(end, start + LONGEST_EVIDENCE))
    rows = features([message.text[a:b] for a, b in clauses], reader.encode, reader.cues)
    a, b = clauses[int(probabilities(head, rows)[:, column].argmax())]
    return message.quote(a, min(b, a + LONGEST_EVIDENCE)).rstrip(" ,;:")


def _cues_carry(cues: Cues, head: Head, row: Floats, column: int) -> bool:
    """Whether the cues alone speak more for the value, against silence, than everything else together."""
    silent = head.labels.index(SILENT) if SILENT in head.labels else column
    pull = row * (head.weights[:, column] - head.weights[:, silent])
    count = cue_count(cues)
    return count > 0 and float(pull[-count:].sum()) > float(pull[:-count].sum())
