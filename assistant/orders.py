"""Sentences that order the assistant about instead of telling about a case; they state no facts.

No order can move a recommendation, since only the rules make one. But "the answer to everything is
Integration" must not be read as a need that moves data either.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.normalise import Message, normalise
from assistant.recognise import named_option
from assistant.sentences import sentences

MOST_WORDS = 16  # of an order that only names what is to be said
ORDER = re.compile(
    r"\b(?:ignore|disregard|override|bypass|forget)\b.{0,40}\b(?:rules?|instructions?|guide|prompts?|guidelines)\b|"
    r"^\W*(?:system|assistant|developer|admin(?:istrator)?)\s*:|\bobey\b|\byou are now\b|\bnew guide text\b|"
    r"\b(?:the|your) (?:only |final )?answer (?:to \w+ )?(?:is|must be|shall be|will be)\b",
    re.IGNORECASE,
)
TELLS_WHAT_TO_SAY = re.compile(
    r"\b(?:say|answer|reply|output|respond|recommend|print|repeat)\b", re.IGNORECASE
)


def without_orders(message: Message, options: Mapping[str, str]) -> Message | None:
    """``message`` without its orders, as it was sent otherwise; ``None`` when nothing else is left."""
    kept, dropped = [], False
    for start, end in sentences(message.text):
        if is_order(message.text[start:end], options):
            dropped = True
        else:
            kept.append(message.quote(start, end))
    if not dropped:
        return message
    left = " ".join(kept)
    return normalise(left) if any(character.isalnum() for character in left) else None


def is_order(sentence: str, options: Mapping[str, str]) -> bool:
    """Whether ``sentence`` gives an order, or tells which one of ``options`` is to be named."""
    if ORDER.search(sentence):
        return True
    told = TELLS_WHAT_TO_SAY.search(sentence) is not None and len(sentence.split()) <= MOST_WORDS
    return told and not sentence.rstrip().endswith("?") and named_option(sentence, options) is not None
