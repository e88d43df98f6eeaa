"""What a supposition supposes: "what if nobody had to sign?" is about the statement "nobody had to sign".

And what becomes of it: its opposite ("and if not?"), the case itself ("ok, let's do that").
"""

from __future__ import annotations

import re

from assistant.answer_forms import LEAD_IN
from assistant.conversation import Conversation
from assistant.normalise import Message, normalise
from assistant.readings import Reading

BEGINS = re.compile(
    r"^\W*(?:(?:and|but|so|ok(?:ay)?|then|now|well|und|aber|et|mais|y|pero)\W+)*"
    r"(?:(?:what|how) about if|would \w+ (?:still )?\w+(?: \w+){0,3} if|"
    r"what(?: would \w+(?: \w+)?| changes| happens)? if|if|"
    r"(?:say|suppose|supposing|imagine|assume|assuming|pretend)(?: that)?|hypothetically|"
    r"was(?: w[aä]re| ist| passiert)?,? wenn|wenn|angenommen|(?:supposons|admettons)(?: que?)?|"
    r"qu[eé] (?:pasa|pasar[ií]a) si|supongamos(?: que)?|si)\b[\s,:]+",
    re.IGNORECASE,
)
# "Ok, let's do that" after a what-if makes the supposition the case.
ADOPTS = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|yes|yeah|right|fine|good|great|cool|nice|perfect|alright|exactly|then|so|well|and)\W+)*"
    r"(?:let'?s (?:do|go with|assume|take|make it)(?: with)? (?:that|it|this|so)"
    r"(?: like (?:that|this)| that way)?|"
    r"make (?:that|it) (?:so|the case)|(?:do|make) it (?:that way|like that)|"
    r"that['’]?s how we(?:['’]ll| will)? do it|"
    r"(?:we(?:'ll| will)? )?(?:go|do) (?:with )?(?:that|it)|assume (?:that|it)|"
    r"(?:we(?:'ll| will)? )?take that|let['’]?s (?:put|keep|have|leave) (?:that|it) in|"
    r"(?:i|we|they|everybody|everyone|the [\w-]+) (?:really )?(?:likes?|wants?|loves?) "
    r"(?:that|it|this|the idea|that idea)|"
    r"(?:that|this|it)(?:['’]?s| is)(?: (?:in fact|indeed|actually|really|exactly|already|just))* "
    r"(?:so|it|the case|true|how it is|our (?:case|situation)|"
    r"what (?:we|they)(?:['’]ll| will| wanted| want)?(?: to)?(?: do)?)|"
    r"(?:that|this|it) (?:applies|is true|holds)|(?:it|they|we) (?:does|do|must|has to|have to))"
    r"(?: (?:then|from now on|now|for us|to us|here|with us|in our case))*(?:[\s.!]*$|"
    r"(?=\s?[,;.–-]\s)(?!\W+(?:but|except|only|unless|without|not|aber|mais|pero)\b))",
    re.IGNORECASE,
)
# "And if not?" after a what-if supposes the opposite.
OTHERWISE = re.compile(
    r"^\W*(?:(?:and|but|or|what)\W+)*"
    r"(?:if (?:not|it doesn['’]?t|it does not|they don['’]?t|nobody does)|otherwise|"
    r"without(?: (?:it|that|them))?|(?:und |et )?(?:wenn nicht|sonst|sinon|si no))\W*$",
    re.IGNORECASE,
)
WHAT_IF = re.compile(
    rf"{LEAD_IN}(?:what if|what about if|how about if|and if|what would (?:you|it|that) \w+(?: \w+)? if|"
    rf"if (?:we|it|they|the|our|on top|instead|"
    rf"one|you|an?|some\w*|any\w*|nobody|no one|people|there)\b|"
    r"suppose|supposing|imagine|assum(?:e|ing)\b|hypothetically|pretend|say (?:we|it|they|the)\b|"
    r"what (?:would|will|does|could|might)? ?(?:change|changes|happen|happens|be different)s? if|"
    r"would (?:it|that|this|anything|the \w+|your \w+) (?:matter|change|be different|make a difference|"
    r"still \w+).*\bif\b|"
    r"does (?:it|that|anything|the \w+) (?:matter|change|make a difference) if|were we to|"
    r"would you (?:still )?(?:say|recommend|suggest|advise|take|choose)\b.{0,40}\bif\b|"
    r"(?:und )?was(?: w[aä]re| ist| passiert)?,? wenn|und wenn|angenommen|(?:et )?si (?:on|nous|[cç]a)\b|"
    r"et si\b|supposons|admettons|(?:y )?qu[eé] (?:pasa|pasar[ií]a) si|y si\b|supongamos|supón)",
    re.IGNORECASE,
)
EXCEPTION = re.compile(
    r"^\W*if\b.{1,60}\b(?:above|over|below|under|more than|less than|exceeds?|fails?|unsure|missing|unclear|"
    r"bigger|larger|higher|wrong|rejected)\b",
    re.IGNORECASE,
)
# "If it doesn't match a clerk decides": what is only supposed is put in the past, or asks what then.
RULE = re.compile(
    r"^\W*if\b(?!.*\b(?:had|were|would|could|should|what|instead|one day|did(?:n['’]?t)?|was(?:n['’]?t)?)\b)"
    r"(?:\W+[\w'’-]+){8,40}\W*$",
    re.IGNORECASE,
)
STACKED = re.compile(r"^(?:and|but|plus|now|then|also|und|et|y)\b", re.IGNORECASE)
# Whoever asks what "our" people or data can do may tell what is needed.
OURS = re.compile(
    r"\b(?:can|could|is it possible|will|would|kann|können|peut|peuvent|puede|pueden)\b.*\b(?:we|our|ours|my|"
    r"wir|unsere?\w*|meine?\w*|nous|nos|notre|mon|nuestr\w+|mi)\b|"
    r"\b(?:our|my|unsere?\w*|meine?\w*|nos|notre|nuestr\w+)\b.*\b(?:can|could|kann|peut|puede)\b",
    re.IGNORECASE | re.DOTALL,
)
MAY = re.compile(
    r"(?:^|(?<=[.,;!?\n]))\s{0,3}(?:and |so |but )?"
    r"(?:can|could|will|would|is it possible (?:that|to|for)|kann|können|"
    r"est-ce que|peut|puede|pueden)\b",
    re.IGNORECASE,
)


def supposes(said: str, conversation: Conversation) -> bool:
    """Whether ``said`` supposes something about the case, instead of telling it."""
    if (EXCEPTION.search(said) or RULE.search(said)) and not said.endswith("?"):
        return False  # "if the amount is above 10k a clerk has to approve" tells a case
    if WHAT_IF.search(said):
        return True
    return bool(conversation.hypothesis) and STACKED.search(said) is not None and len(said.split()) <= 25


def statement_supposed(message: Message) -> Message:
    """What ``message`` supposes, without the words that make a supposition of it.

    It is read like any statement: "if" before it says as little about it as a mark of a question behind it.
    """
    found = BEGINS.search(message.text)
    rest = message.quote(found.end() if found else 0, len(message.text)).rstrip(" ?")
    return normalise(rest) if any(character.isalnum() for character in rest) else message


def statement_asked(message: Message) -> Message | None:
    """What a question asks for "our" people or data, as a statement: "can our managers approve?" is about
    "our managers approve". ``None`` for any other question.
    """
    if OURS.search(message.text) is None:
        return None
    return normalise(MAY.sub(" ", message.text).replace("?", "."))


def adopts(message: Message, conversation: Conversation) -> tuple[Reading, ...]:
    """What was only supposed so far, as facts of the case, where ``message`` makes it the case."""
    if not ADOPTS.search(message.text):
        return ()
    quote = message.sent.strip()
    return tuple(Reading(fact, value, quote, "answer") for fact, value in conversation.hypothesis.items())


def opposite_supposed(message: Message, conversation: Conversation) -> tuple[Reading, ...]:
    """The opposite of what was supposed last, as far as it has one, where ``message`` asks for that."""
    if not OTHERWISE.search(message.text):
        return ()
    opposite = {"yes": "no", "no": "yes"}
    quote = message.sent.strip()
    return tuple(
        Reading(fact, opposite[value], quote, "answer")
        for fact, value in conversation.hypothesis.items()
        if value in opposite
    )
