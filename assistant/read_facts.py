"""Which facts of the rules a message settles, each with the user's own words as evidence.

Three readers, in this order: the answer to the question asked last, quantities with their units, and the
head of each fact, which has learned from the pack's example messages what words, negations and cues mean
together. A head that is not sure says nothing: a wrong reading costs more than a question.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from assistant.answer import Reader
from assistant.cues import Cues
from assistant.features import Encode, Floats, features
from assistant.heads import SILENT, Head, probabilities
from assistant.normalise import Message
from assistant.quantities import quantities
from assistant.recognise import Request
from rules import FactSpec, RuleSet

PIECE = re.compile(r"[^.!?;\n]+(?:[.!?;]+(?=\s|$)|\n|$|[.!?;])")
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
    reader: FactReader, message: Message, request: Request, asked: str | None
) -> tuple[Reading, ...]:
    """The facts that ``message`` settles. ``asked`` is the fact that the last question was about."""
    found: dict[str, Reading] = {}
    rest = message.text
    if asked is not None and request.answer is not None:
        spec = reader.rules.facts[asked]
        if request.answer == "unknown" or request.answer in spec.values:
            quote = (
                message.quote(0, len(message.text))
                if len(message.text) < 60
                else message.quote(0, request.answer_end)
            )
            found[asked] = Reading(asked, request.answer, quote, "answer")
        rest = message.text[request.answer_end :]
    elif asked is not None:
        chosen = _chosen(reader.rules.facts[asked], message)
        if chosen is not None:
            found[asked] = chosen
    if any(character.isalnum() for character in rest):
        offset = len(message.text) - len(rest)
        for reading in _learned(reader, message, rest, offset):
            if reading.fact != asked or asked not in found:
                found[reading.fact] = reading
    for fact, value, start, end in quantities(message.text, reader.rules):
        found.setdefault(fact, Reading(fact, f"{value:g}", message.quote(start, end), "cue"))
    return tuple(found.values())


def _chosen(spec: FactSpec, message: Message) -> Reading | None:
    """The value whose name the message is, as people click or type it ("per user")."""
    said = " ".join(re.findall(r"\w+", message.text.casefold()))
    for value in spec.values:
        if said == value.replace("_", " ").casefold():
            return Reading(spec.name, value, message.sent.strip(), "answer")
    return None


def _learned(reader: FactReader, message: Message, text: str, offset: int) -> list[Reading]:
    if not reader.heads:
        return []
    pieces = [(m.start() + offset, m.end() + offset) for m in PIECE.finditer(text) if m.group().strip()]
    texts = [text, *(message.text[start:end].strip() for start, end in pieces if len(pieces) > 1)]
    rows = features(texts, reader.encode, reader.cues)
    readings = []
    for fact, head in reader.heads.items():
        shares = probabilities(head, rows)
        column = int(shares[0].argmax())
        value = head.labels[column]
        if value == SILENT or shares[0, column] < head.sure:
            continue
        place = pieces[int(shares[1:, column].argmax())] if len(texts) > 1 else (offset, len(message.text))
        quote = _evidence(reader, message, *place, head, column)
        by: Reader = "cue" if _cues_carry(reader.cues, head, rows[0], column) else "classifier"
        readings.append(Reading(fact, value, quote, by))
    return readings


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
    count = len(cues.names) * 3 + len(cues.names) * (len(cues.names) - 1) // 2
    return count > 0 and float(pull[-count:].sum()) > float(pull[:-count].sum())
