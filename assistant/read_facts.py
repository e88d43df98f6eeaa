"""Which facts of the rules a message settles, each with the user's own words as evidence.

Four readers, in this order: the answer to the question asked last; the head of each fact, which has learned
from the pack's example messages what words, negations and cues mean together; quantities with their units;
and, for facts that no example teaches, the words of their own questions and answers. A head that is not sure
says nothing: a wrong reading costs more than a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from assistant.answer import Reader
from assistant.bare_denials import Denial, bare_denials
from assistant.blank_denied import blank_denied
from assistant.conversation import Conversation
from assistant.cues import Cues, cue_count
from assistant.features import Floats, features
from assistant.heads import SILENT, Head, blended, spoken
from assistant.normalise import Message
from assistant.quantities import quantities
from assistant.read_described import bare, read_described
from assistant.recognise import Request
from assistant.sentences import sentences
from assistant.weigh import FactReader, Weighed, weigh
from rules import FactSpec

SHORT_ANSWER = 60  # characters; a longer message is quoted only as far as its answer
TAKES_BACK = re.compile(
    r"\b(?:forget|scrap|drop(?:s|ped)?|no longer|not any ?more|anymore|actually|correction|sorry|instead|"
    r"after all|my mistake|misunderst\w+|changed|cancel\w*|off the table|gone|doch|plut[oô]t|en realidad)\b",
    re.IGNORECASE,
)
EXPECTED_SURE, AHEAD = 0.38, 1.5  # for a fact just asked about, or one that the message takes back
SAID_LATER = 0.65  # the least probability of a fact that a message adds to a case without being asked
TURNS_AROUND = 0.85  # the least probability of what contradicts a fact that stands and is not taken back
LONGEST_EVIDENCE = 140  # characters of the user's words shown as evidence
DANGLING = re.compile(r"(?:[\s,;:–—-]|\b(?:and|but|so|then|while|because|und|aber|oder)\b)+$", re.IGNORECASE)
CLAUSE = re.compile(r",\s+|\s+(?:but|and|so|then|while|because)\s+|\s+[-–—]+\s+|:\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """A fact that a message settles: its value, the user's words for it, and who read it."""

    fact: str
    value: str
    quote: str
    by: Reader


def read_facts(
    reader: FactReader, message: Message, request: Request, conversation: Conversation
) -> tuple[Reading, ...]:
    """The facts that ``message`` settles at this point of ``conversation``."""
    answered = _answered(reader, message, request, conversation.asked)
    start = request.answer_end if answered is not None else 0
    expected = _expected(reader, message, request, conversation)
    said: tuple[Reading, ...] = ()
    if any(character.isalnum() for character in message.text[start:]):
        stands = _standing(message, request, conversation)
        heard = blank_denied(message.text)
        denied: list[Reading] = []
        for denial in bare_denials(reader.cues, heard):
            if denial.start >= start and (turned := _turned(reader, message, denial)) is not None:
                denied += turned
                heard = heard[: denial.start] + " " * (denial.end - denial.start) + heard[denial.end :]
        said = (*_learned(reader, message, heard, start, expected, stands), *denied)
    found: dict[str, Reading] = {}
    if answered is not None and _stands(answered, said, message):
        found[answered.fact] = answered
    for reading in said:
        found.setdefault(reading.fact, reading)
    for fact, value, first, last in quantities(message.text, reader.rules):
        found.setdefault(fact, Reading(fact, f"{value:.10g}", message.quote(first, last), "cue"))
    for one in read_described(blank_denied(message.text)[start:], _untaught(reader, expected)):
        quote = message.quote(start + one.start, min(start + one.end, start + one.start + LONGEST_EVIDENCE))
        found.setdefault(one.fact, Reading(one.fact, one.value, quote, "cue"))
    return tuple(found.values())


def _untaught(reader: FactReader, expected: frozenset[str]) -> list[FactSpec]:
    """The facts that no example teaches: only their own words can tell what settles them."""
    return [
        spec
        for name, spec in reader.rules.facts.items()
        if spec.values and name not in reader.heads and (spec.only_for is None or name in expected)
    ]


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


def _stands(answered: Reading, said: tuple[Reading, ...], message: Message) -> bool:
    """Whether a yes or no that begins a message answers the open question, given what comes after it.

    "No, someone has to approve it" says that people take part, and "no, the approvals are gone" takes back
    what was said before instead of answering.
    """
    about = {reading.fact: reading for reading in said}
    same = about.get(answered.fact)
    if same is not None:
        return same.value == answered.value
    return not (about and TAKES_BACK.search(message.text))


def _expected(
    reader: FactReader, message: Message, request: Request, conversation: Conversation
) -> frozenset[str]:
    """Facts that the message is likely about.

    The one asked for; all standing ones if the message takes something back; all that people are asked for
    if it supposes something, since a supposition is always about a fact.
    """
    asked = {conversation.asked} if conversation.asked else set()
    if request.act == "what_if":
        asked |= {name for name, spec in reader.rules.facts.items() if spec.ask and spec.only_for is None}
    return frozenset(asked | (set(conversation.facts) if TAKES_BACK.search(message.text) else set()))


def _chosen(spec: FactSpec, message: Message) -> Reading | None:
    """The value whose name or own words the message is, as people click or type it ("per user")."""
    said = bare(message.text)
    for value in spec.values:
        if said in (bare(value), bare(spec.words(value))):
            return Reading(spec.name, value, message.sent.strip(), "answer")
    return None


def _standing(message: Message, request: Request, conversation: Conversation) -> Mapping[str, str]:
    """The facts of the case that ``message`` gives no sign of taking back, nor of supposing otherwise.

    "Then SAP gets it automatically" adds a step to a process in which people approve, and removes nobody.
    """
    if request.act == "what_if" or TAKES_BACK.search(message.text):
        return {}
    return {name: fact.value for name, fact in conversation.facts.items()}


def _learned(
    reader: FactReader,
    message: Message,
    heard: str,
    start: int,
    expected: frozenset[str],
    stands: Mapping[str, str],
) -> Iterator[Reading]:
    """What the heads read in ``heard[start:]``, what is heard of the message, each word in its place.

    What turns a fact that ``stands`` around must be surer.
    """
    text = heard[start:]
    if not any(character.isalnum() for character in text):
        return
    places = [(first + start, last + start) for first, last in sentences(text)]
    places = places if len(places) > 1 else []
    texts = [text, *(heard[a:b].strip() for a, b in places)]
    rows = features(texts, reader.encode, reader.cues)
    for fact, weighed in weigh(reader, texts, rows).items():
        if reader.rules.facts[fact].only_for is not None and fact not in expected:
            continue  # a way out of a conflict is a question of its own, and answered only when it was asked
        head, shares = weighed.head, weighed.shares
        share = blended(head.labels, shares[0], shares[1:]) if weighed.by_sentence else shares[0]
        among = spoken(head.labels) if fact in expected else range(len(head.labels))
        column = max(among, key=lambda at: share[at])
        if head.labels[column] == SILENT or not _is_sure(weighed, share, column, fact in expected):
            continue
        if share[column] < _least(fact, head.labels[column], fact in expected, stands):
            continue
        place = places[int(shares[1:, column].argmax())] if places else (start, len(message.text))
        quote = _evidence(reader, message, *place, fact, column)
        by: Reader = "cue" if _cues_carry(reader.cues, head, rows[0], column) else "classifier"
        yield Reading(fact, head.labels[column], quote, by)


def _turned(reader: FactReader, message: Message, denial: Denial) -> list[Reading] | None:
    """The facts that ``denial`` says no to: those that would be yes if it denied nothing.

    None at all where a fact is no with and without the negation, since then it was not heard; ``None`` where
    the piece is to be read as any other.
    """
    quote = message.quote(denial.start, denial.end).strip()
    turned, unheard = [], False
    for fact, told in weigh(reader, [denial.denied, quote]).items():
        spec = reader.rules.facts[fact]
        if set(spec.values) != {"yes", "no"} or spec.only_for is not None:
            continue
        plain, whole = (_surest(told, shares) for shares in told.shares)
        if plain == "yes":
            turned.append(Reading(fact, "no", quote, "cue"))
        unheard |= plain == whole == "no"
    return turned if turned or unheard else None


def _surest(weighed: Weighed, share: Floats) -> str:
    column = int(share.argmax())
    return weighed.head.labels[column] if share[column] >= weighed.sure else SILENT


def _least(fact: str, value: str, expected: bool, stands: Mapping[str, str]) -> float:
    """The least probability of a reading in the course of a talk: most of what is said later settles nothing.

    0 for the first description of a case, and for what was just asked.
    """
    if expected or not stands:
        return 0.0
    return TURNS_AROUND if stands.get(fact, value) != value else SAID_LATER


def _is_sure(weighed: Weighed, share: Floats, column: int, expected: bool) -> bool:
    """Whether a reading may be used: sure by itself, or expected and clearly ahead of its opposite."""
    if share[column] >= weighed.sure:
        return True
    others = (share[other] for other in spoken(weighed.head.labels) if other != column)
    opposite = max(others, default=0.0)
    return bool(expected and share[column] >= max(EXPECTED_SURE, AHEAD * opposite))


def _evidence(reader: FactReader, message: Message, start: int, end: int, fact: str, column: int) -> str:
    """The clause of ``message.text[start:end]`` that speaks most for the value, in the user's own words."""
    if end - start <= LONGEST_EVIDENCE // 2:
        return message.quote(start, end)
    bounds = [start, *(start + m.end() for m in CLAUSE.finditer(message.text[start:end])), end]
    clauses = [(a, b) for a, b in pairwise(bounds) if len(message.text[a:b].split()) > 2]
    if len(clauses) < 2:
        return message.quote(start, min(end, start + LONGEST_EVIDENCE))
    shares = weigh(reader, [message.text[a:b] for a, b in clauses])[fact].shares
    a, b = clauses[int(shares[:, column].argmax())]
    return DANGLING.sub("", message.quote(a, min(b, a + LONGEST_EVIDENCE)))


def _cues_carry(cues: Cues, head: Head, row: Floats, column: int) -> bool:
    """Whether the cues alone speak more for the value, against silence, than everything else together."""
    silent = head.labels.index(SILENT) if SILENT in head.labels else column
    pull = row * (head.weights[:, column] - head.weights[:, silent])
    count = cue_count(cues)
    return count > 0 and float(pull[-count:].sum()) > float(pull[:-count].sum())
