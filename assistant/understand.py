"""What a message asks for and what it states: the reading half of a turn."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from assistant.choose import asks_choice, asks_which
from assistant.conversation import Conversation
from assistant.features import features
from assistant.matters import KIND
from assistant.minds import Minds
from assistant.normalise import Message, normalise
from assistant.orders import without_orders
from assistant.read_facts import read_facts, weighs_way_out
from assistant.readings import Reading, firsts
from assistant.recognise import ASKING, Act, Request, option_names, recognise
from assistant.sentences import sentences
from assistant.split_needs import Need, split_needs
from assistant.suppose import adopts, opposite_supposed, statement_asked, statement_supposed
from assistant.symptom import SYMPTOM, only_a_symptom
from assistant.take_back import holding, taken_back
from assistant.weigh import weigh_with

SUPPOSING_WORDS = 6
MUCH_TOLD = 2
LEANS = re.compile(r"^\W*(?:and|or|what about|how about|but|und|et|y|oder|ou|o)\b", re.IGNORECASE)
FRAGMENT_WORDS = 9  # a message this short may lean on the one before it
ELLIPSIS = re.compile(
    r"^(?:and|what about|how about|und|et|y|also|or)\b|\b(?:the other(?: one)?|that one)\b", re.IGNORECASE
)
# What somebody wants, however little is said about it.
WISHES = re.compile(
    r"\b(?:we|i)(?:'d| would| really| just|'re| are)? "
    r"(?:want|need|like to|wish|plan|look(?:ing)? for|have to|must)\b|"
    r"^(?:the |our )?\w+(?: \w+)? (?:wants?|needs?) (?:a|an|some|to)\b|"
    r"\bwir (?:wollen|brauchen|möchten|suchen|müssen)\b|"
    r"\b(?:nous (?:voulons|voudrions|cherchons|devons)|on (?:veut|voudrait|cherche|doit)|il nous faut)\b|"
    r"\b(?:queremos|necesitamos|buscamos|quisiéramos|tenemos que)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Understood:
    """``act`` is what is wanted; ``readings`` the facts stated; ``need`` whether a case is described.

    ``question`` is the detail to look up in the guide, empty when there is none; ``chooses`` says that it
    asks which option to take. ``option`` belongs to a "why not …". ``others`` are further needs of the same
    message; ``readings`` then are those of the first. ``hidden`` are the facts of a need that may be meant by
    a question which the guides do not answer: "can our managers approve in it?". ``remark`` says that the
    message asks nothing, whatever it tells.
    """

    act: Act
    readings: tuple[Reading, ...] = ()
    need: bool = False
    question: str = ""
    chooses: bool = False
    option: str | None = None
    others: tuple[Need, ...] = ()
    hidden: tuple[Reading, ...] = ()
    remark: bool = False


def understand(minds: Minds, message: Message, conversation: Conversation) -> Understood:
    """How ``message`` is meant at this point of the conversation."""
    rules = minds.pack.rules
    options = rules.options if rules else {}
    request = recognise(message.text, conversation, options)
    if request.act == "what_if":
        opposite = opposite_supposed(message, conversation)
        stated = opposite or _stated(minds, statement_supposed(message), request, conversation)
        return Understood("what_if", stated)
    if request.act != "content":
        return Understood(request.act, option=request.option)
    if adopted := adopts(message, conversation):
        more = _stated(minds, message, request, conversation)
        return Understood("content", firsts((*adopted, *more)), need=True)
    if _leans_on_case(message.text, conversation):
        supposed = _supposed(minds, message, conversation)
        if supposed:
            return Understood("what_if", supposed)
    bare = without_markup(message.text)
    if rules is None:
        return Understood("content", question=whole_question(bare, conversation, options))
    need, detail, away = kind_of(minds, bare)
    chooses = asks_choice(message.text, options) and away < SURELY_ELSEWHERE
    which = asks_which(message.text, options) and away < max(need, detail)
    asked = _detail_within(minds, message, options)
    telling = without_orders(_without(message, asked), options)
    readings = _stated(minds, telling, request, conversation) if telling else ()
    asks = _asks_detail(minds, message, telling, (need, detail, away), readings)
    looked_up = request.answer is None and not which and asks
    if looked_up or (which and detail >= SURE_DETAIL and not _tells(minds, readings)):
        told = readings if chooses else ()  # they count if the case is asked about
        whole = whole_question(bare, conversation, options)
        hidden = _hidden(minds, message, request, conversation)
        remark = detail < LIKELY_DETAIL and not ASKING.search(message.text)
        return Understood("content", told, question=whole, chooses=chooses, hidden=hidden, remark=remark)
    several = split_needs(minds.reader, message) if minds.reader and not conversation.need_stated else ()
    return Understood(
        "content",
        several[0].readings if several else readings,
        need=True,
        question=asked,
        others=several[1:],
    )


def may_answer(text: str) -> bool:
    """Whether ``text`` is short and no question, as answers to a question are."""
    return len(text.split()) <= FRAGMENT_WORDS and not ASKING.search(text)


def _asks_detail(
    minds: Minds,
    message: Message,
    telling: Message | None,
    kind: tuple[float, float, float],
    readings: tuple[Reading, ...],
) -> bool:
    """Whether ``message`` as a whole asks a detail; ``telling`` is what of it is no question."""
    need, detail, away = kind
    told = telling is not None and _tells(minds, readings) and kind_of(minds, telling.text)[0] >= SURE_NEED
    if detail >= SURELY_DETAIL and not told:
        return True  # "we ticked the wrong region. can it be moved": the situation belongs to the question
    if only_a_symptom(message.text):
        return True
    if _describes(minds, message):
        return False
    ends_asking = message.text.rstrip().endswith("?")
    if ends_asking and detail >= LIKELY_DETAIL and not _tells_much(minds, readings):
        return True
    states = (readings or WISHES.search(message.text)) and not ASKING.search(message.text)
    return need < max(detail, away) and not (states and detail < SURELY_DETAIL)


LIKELY_DETAIL = 0.25  # from here on a message that ends as a question is one, and changes no facts
SURELY_DETAIL = 0.75  # from here on its sentences are not looked at one by one
SURE_DETAIL = 0.6
SURELY_ELSEWHERE = 0.9  # below it, whoever asks which one to take means the options of the rules
SURE_NEED, FEWEST_WORDS = 0.7, 4  # for a single sentence to count as the description of a need


def _supposed(minds: Minds, message: Message, conversation: Conversation) -> tuple[Reading, ...]:
    """What a short question supposes: "and on-prem?" is read as "it must be on-prem"."""
    if minds.reader is None:
        return ()
    fragment = LEANS.sub("", message.text).strip(" ?.!,")
    whole = normalise(f"it must be {fragment}")
    readings = read_facts(minds.reader, whole, Request("what_if"), conversation)
    return tuple(replace(reading, quote=message.sent.strip()) for reading in readings)


def _without(message: Message, question: str) -> Message:
    """``message`` without the sentence that asks a detail, since a question never states a fact."""
    place = message.text.find(question) if question else -1
    if place < 0:
        return message
    left = f"{message.quote(0, place)} {message.quote(place + len(question), len(message.text))}".strip()
    return normalise(left) if any(character.isalnum() for character in left) else message


def _tells_much(minds: Minds, readings: tuple[Reading, ...]) -> bool:
    """Whether two facts that people are asked for are stated: more than a question about a detail does."""
    rules = minds.pack.rules
    told = [r for r in readings if rules and rules.facts[r.fact].ask and r.by != "answer"]
    return len(told) >= MUCH_TOLD


def _tells(minds: Minds, readings: tuple[Reading, ...]) -> bool:
    """Whether a fact that people are asked for is stated, other than a number."""
    rules = minds.pack.rules
    return any(rules and rules.facts[r.fact].ask and rules.facts[r.fact].values for r in readings)


def _hidden(
    minds: Minds, message: Message, request: Request, conversation: Conversation
) -> tuple[Reading, ...]:
    """The facts of the need that a question about "our" people or data may tell."""
    rules, statement = minds.pack.rules, statement_asked(message)
    if rules is None or statement is None or SYMPTOM.search(message.text):
        return ()
    told = _stated(minds, statement, request, conversation)
    asked = any(rules.facts[one.fact].ask and one.value in ("yes", "no") for one in told)
    return tuple(replace(one, quote=message.sent.strip()) for one in told) if asked else ()


def _leans_on_case(text: str, conversation: Conversation) -> bool:
    """Whether a short question like "and on-prem?" supposes something about the case described before.

    After a detail was asked, such a question is about the detail.
    """
    short = len(text.split()) <= SUPPOSING_WORDS and text.rstrip().endswith("?")
    return bool(conversation.need_stated and not conversation.topic and short and LEANS.search(text))


def kind_of(minds: Minds, text: str) -> tuple[float, float, float]:
    """How likely ``text`` describes a need, asks a detail, or is about something else altogether."""
    if minds.kind is None or minds.reader is None:
        # A question mark is all there is to go by, and half a proof: what asks for an option has one too.
        return (0.0, 0.5, 0.0) if text.rstrip().endswith("?") else (1.0, 0.0, 0.0)
    rows = features([text], minds.reader.encode, minds.reader.cues)
    found = weigh_with(minds.reader.trained, KIND, minds.kind, rows, [text])
    shares = dict(zip(minds.kind.labels, found[0].tolist(), strict=True))
    return shares["need"], shares["detail"], shares["off"]


MARKUP = re.compile(
    r"<[^<>]{0,200}>|!?\[[^\]]{0,200}\]\([^)]{0,500}\)|https?://\S+|\[\d{1,3}(?:;\d{1,3})*m|[`*_~|]{2,}|;\s*--|--\s"
)


def without_markup(text: str) -> str:
    """``text`` without tags, links, addresses and terminal codes, which say nothing about what is asked."""
    bare = " ".join(MARKUP.sub(" ", text).split())
    return bare if any(character.isalnum() for character in bare) else text


def whole_question(text: str, conversation: Conversation, options: Mapping[str, str]) -> str:
    """``text`` as a question that stands alone: a follow-up takes the topic of the question before it.

    "And MuleSoft?" after "what does the Flow licence cost?" asks about another product, so the options that
    the topic names are left behind with it.
    """
    words = text.split()
    leans = len(words) <= 3 or (len(words) <= FRAGMENT_WORDS and ELLIPSIS.search(text) is not None)
    if not conversation.topic or not leans:
        return text.strip()
    named = set().union(*option_names(options).values()) if options else set()
    kept = [word for word in conversation.topic.split() if re.sub(r"\W", "", word).casefold() not in named]
    return " ".join([ELLIPSIS.sub("", text).strip(" ?.!,"), *kept])


def _stated(
    minds: Minds, message: Message, request: Request, conversation: Conversation
) -> tuple[Reading, ...]:
    if minds.reader is None:
        return ()
    readings = read_facts(minds.reader, message, request, conversation)
    if request.act == "content" and not weighs_way_out(minds.reader.rules, message, conversation):
        readings = firsts((*readings, *taken_back(minds.reader.rules, message, conversation)))
    short = len(message.text.split()) <= FRAGMENT_WORDS
    if readings or request.answer is not None or not short or not conversation.said:
        return readings
    if holding(message, conversation):
        return ()  # "we dropped the HR system" of two takes back nothing of what it is said of
    # "by the credit engine" says nothing alone, and everything after "requests are approved".
    before = conversation.said.rstrip(" .!?")
    whole = normalise(f"{before} {message.text}")
    joined = read_facts(minds.reader, whole, Request("content"), conversation)
    return tuple(
        Reading(r.fact, r.value, message.sent.strip(), r.by)
        for r in joined
        if r.fact not in conversation.facts or conversation.facts[r.fact].value != r.value
    )


def _describes(minds: Minds, message: Message) -> bool:
    """Whether a sentence of several, other than a question, describes a need by itself."""
    pieces = [message.text[start:end].strip() for start, end in sentences(message.text)]
    if len(pieces) < 2:
        return False
    told = [piece for piece in pieces if not piece.endswith("?") and len(piece.split()) >= FEWEST_WORDS]
    return any(kind_of(minds, piece)[0] >= SURE_NEED for piece in told)


def _detail_within(minds: Minds, message: Message, options: Mapping[str, str]) -> str:
    """The one sentence of a described need that asks a detail of the guide, empty when none does."""
    for start, end in sentences(message.text):
        sentence = message.text[start:end].strip()
        asks = sentence.endswith("?") and len(sentence.split()) >= FEWEST_WORDS
        if not asks or asks_which(sentence, options):
            continue
        need, detail, away = kind_of(minds, sentence)
        if detail > max(need, away) and not _states_need(minds, sentence):
            return sentence
    return ""


def _states_need(minds: Minds, sentence: str) -> bool:
    """Whether a question tells the need that it is about: "can it fetch the file and post it unattended?"."""
    if minds.reader is None:
        return False
    return _tells_much(
        minds, read_facts(minds.reader, normalise(sentence), Request("content"), Conversation())
    )
