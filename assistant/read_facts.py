"""Which facts of the rules a message settles, each with the user's own words as evidence.

Four readers, in this order: the answer to the question asked last; the head of each fact, which has learned
from the pack's example messages what words, negations and cues mean together; quantities with their units;
and, for facts that no example teaches, the words of their own questions and answers. A head that is not sure
says nothing: a wrong reading costs more than a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from assistant.answer import Reader
from assistant.answer_forms import DISPENSABLE, NEEDLESS
from assistant.conversation import Conversation
from assistant.cues import Cues, cue_count, denies
from assistant.features import Floats, features
from assistant.heads import SILENT, Head, blended, spoken
from assistant.hear import Heard, hear
from assistant.normalise import Message
from assistant.plain_words import plain_words
from assistant.quantities import quantities
from assistant.read_described import bare, read_described
from assistant.readings import LONGEST_EVIDENCE, Reading
from assistant.recognise import Request
from assistant.sentences import sentences
from assistant.take_back import holding
from assistant.weigh import FactReader, Weighed, weigh
from rules import FactSpec, RuleSet

SHORT_ANSWER = 60  # characters; a longer message is quoted only as far as its answer
TAKES_BACK = re.compile(
    r"\b(?:forget|scrap|scratch|drop(?:s|ped)?|take back|wrong about|no longer|any ?more|"
    r"actually|correction|sorry|instead|after all|my mistake|misunderst\w+|changed|cancel\w*|"
    r"off the table|gone|rid of|undo|withdrawn|only meant|misread|doch|plut[oô]t|en realidad)\b",
    re.IGNORECASE,
)
# What holds for a part takes nothing away from the whole.
OF_A_PART = re.compile(
    r"\b(?:the rest|the others?|otherwise|(?:no one|nobody|nothing) else|"
    r"(?:below|under|above|over) (?:that|this|it|\d)|"
    r"(?:small(?:er)?|big(?:ger)?|low(?:er)?|simple|normal|other) (?:ones?|orders?|cases?|amounts?)|"
    r"on weekends|at night|sometimes|not (?:only|just|one)|nothing \w+ without|"
    r"sonst|der rest|le reste|el resto)\b",
    re.IGNORECASE,
)
EXPECTED_SURE, AHEAD = 0.38, 1.5  # for a fact just asked about, or one that the message takes back
SAID_LATER = 0.65  # the least probability of a fact that a message adds to a case without being asked
# The least probability of what contradicts a fact that stands and is not taken back. That something is needed
# after all is told more often than that it is not.
TURNS_AROUND = {"yes": 0.65}
TURNS_AWAY = 0.85
DANGLING = re.compile(r"(?:[\s,;:–—-]|\b(?:and|but|so|then|while|because|und|aber|oder)\b)+$", re.IGNORECASE)
CLAUSE = re.compile(r",\s+|\s+(?:but|and|so|then|while|because)\s+|\s+[-–—]+\s+|:\s+", re.IGNORECASE)


def read_facts(
    reader: FactReader, message: Message, request: Request, conversation: Conversation
) -> tuple[Reading, ...]:
    """The facts that ``message`` settles at this point of ``conversation``."""
    answered = _answered(reader, message, request, _meant(request, conversation))
    start = request.answer_end if answered is not None else 0
    expected = _expected(reader, message, request, conversation)
    heard = hear(reader, message, start)
    stands = _standing(message, request, conversation)
    learned = tuple(_learned(reader, message, heard.text, start, expected, stands))
    said = _likely(heard, learned, answered, message, start, conversation)
    if weighs_way_out(reader.rules, message, conversation):
        said = tuple(one for one in said if _on_way_out(one, message, conversation))
    found: dict[str, Reading] = {}
    if answered is not None and _stands(answered, said, message, conversation):
        found[answered.fact] = answered
    for reading in said:
        found.setdefault(reading.fact, reading)
    for fact, value, first, last in quantities(heard.told, reader.rules):
        found.setdefault(fact, Reading(fact, f"{value:.10g}", message.quote(first, last), "cue"))
    for told in read_described(heard.told[start:], _untaught(reader, expected)):
        quote = message.quote(
            start + told.start, min(start + told.end, start + told.start + LONGEST_EVIDENCE)
        )
        found.setdefault(told.fact, Reading(told.fact, told.value, quote, "cue"))
    for reading in heard.undecided:
        if reading.fact not in conversation.facts:
            found.setdefault(reading.fact, reading)
    return tuple(found.values())


def _untaught(reader: FactReader, expected: frozenset[str]) -> list[FactSpec]:
    """The facts that no example teaches: only their own words can tell what settles them."""
    return [
        spec
        for name, spec in reader.rules.facts.items()
        if spec.values and name not in reader.heads and (spec.only_for is None or name in expected)
    ]


def weighs_way_out(rules: RuleSet, message: Message, conversation: Conversation) -> bool:
    """Whether ``message`` says what can be done without, while that is asked to get out of a conflict.

    "The form can do without it" speaks of what is asked and takes no form away, and "no need" may say either.
    """
    asked = conversation.asked
    open_way = asked is not None and rules.facts[asked].only_for is not None
    denies_need = DISPENSABLE.search(message.text) is not None and not TAKES_BACK.search(message.text)
    return open_way and denies_need


def _on_way_out(reading: Reading, message: Message, conversation: Conversation) -> bool:
    """Whether a reading can stand in what :func:`weighs_way_out`."""
    if reading.fact == conversation.asked:
        return reading.value != "no" or not NEEDLESS.search(message.text)
    stands = conversation.facts.get(reading.fact)
    return stands is None or stands.value == reading.value


def _meant(request: Request, conversation: Conversation) -> str | None:
    """The fact that an answer is about: the one asked, or the one answered last if that answer is mended."""
    last = conversation.answered
    if request.mends and last is not None and conversation.facts[last].value != request.answer:
        return last
    return conversation.asked


def _answered(reader: FactReader, message: Message, request: Request, asked: str | None) -> Reading | None:
    """The answer to the question asked last: a yes or no that begins the message, or a choice by its name."""
    if asked is None:
        return None
    spec = reader.rules.facts[asked]
    if request.answer is None:
        return _chosen(spec, message)
    if request.answer != "unknown" and request.answer not in spec.values:
        return None
    if spec.only_for is not None and NEEDLESS.search(message.text):
        return None  # "no need" may say that it can be done without
    end = len(message.text) if len(message.text) <= SHORT_ANSWER else request.answer_end
    return Reading(asked, request.answer, message.quote(0, end), "answer")


def _stands(
    answered: Reading, said: tuple[Reading, ...], message: Message, conversation: Conversation
) -> bool:
    """Whether a yes or no that begins a message answers the open question, given what comes after it.

    "No, someone has to approve it" says that people take part, and "no, the approvals are gone" takes back
    what was said before instead of answering. "Yes, the clerk approves it" goes on about what is known.
    """
    about = {reading.fact: reading for reading in said}
    same = about.get(answered.fact)
    if same is not None:
        return same.value == answered.value
    known = about.keys() & conversation.facts.keys()
    return not known and not (about and TAKES_BACK.search(message.text))


def _likely(
    heard: Heard,
    learned: Sequence[Reading],
    answered: Reading | None,
    message: Message,
    start: int,
    conversation: Conversation,
) -> tuple[Reading, ...]:
    """All that the pieces and the heads say, in the order in which they count, without what is not likely.

    Readers hear that nobody takes part also where nothing says so, for want of anybody who does.
    """
    kept, settled = frozenset[str](), heard.settled
    if holding(message, conversation):
        kept, settled = frozenset(conversation.facts), ()
    elif not denies(message.text[start:]) and not TAKES_BACK.search(message.text):
        kept = _kept(answered, learned, conversation)
    doubted = heard.doubted | {(fact, "no") for fact in kept}
    likely = (one for one in learned if (one.fact, one.value) not in doubted)
    return (*settled, *heard.gone, *likely, *heard.replaced)


def _kept(answered: Reading | None, learned: Sequence[Reading], conversation: Conversation) -> frozenset[str]:
    """The standing facts that what tells of another one leaves alone: "yes, from the shop into SAP"."""
    told = {one.fact for one in learned if one.fact not in conversation.facts or one.value == "yes"}
    if answered is not None:
        told.add(answered.fact)
    return frozenset(conversation.facts) - told if told else frozenset()


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
    rows = features([plain_words(one) for one in texts], reader.encode, reader.cues)
    for fact, weighed in weigh(reader, texts, rows).items():
        if reader.rules.facts[fact].only_for is not None and fact not in expected:
            continue  # a way out of a conflict is a question of its own, and answered only when it was asked
        head, shares = weighed.head, weighed.shares
        share = blended(head.labels, shares[0], shares[1:]) if weighed.by_sentence else shares[0]
        among = spoken(head.labels) if fact in expected else range(len(head.labels))
        column = max(among, key=lambda at: share[at])
        if head.labels[column] == SILENT or not _is_sure(weighed, share, column, fact in expected):
            continue
        value = head.labels[column]
        if share[column] < _least(fact, value, fact in expected, stands):
            continue
        if (stands.get(fact), value) == ("yes", "no") and OF_A_PART.search(message.text):
            continue
        place = places[int(shares[1:, column].argmax())] if places else (start, len(message.text))
        quote = _evidence(reader, message, *place, fact, column)
        by: Reader = "cue" if _cues_carry(reader.cues, head, rows[0], column) else "classifier"
        yield Reading(fact, head.labels[column], quote, by)


def _least(fact: str, value: str, expected: bool, stands: Mapping[str, str]) -> float:
    """The least probability of a reading in the course of a talk: most of what is said later settles nothing.

    0 for the first description of a case, and for what was just asked.
    """
    if expected or not stands:
        return 0.0
    if stands.get(fact, value) == value:
        return SAID_LATER
    return TURNS_AROUND.get(value, TURNS_AWAY)


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
