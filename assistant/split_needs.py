"""A message that describes several needs, taken apart at the words that people count with.

"Two things: first, … Second, …" is several needs only if the parts say different things about one fact;
the numbered steps of one process do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from assistant.conversation import Conversation
from assistant.normalise import Message, normalise
from assistant.read_facts import read_facts
from assistant.readings import Reading
from assistant.recognise import Request
from assistant.weigh import FactReader

FEWEST_WORDS = 4  # of a part that can describe a need
COUNTING = re.compile(
    r"(?:^|(?<=[\s:;.!?(]))(?:"
    r"\(?(?:[1-5]|[a-e])[.)]\s|[1-5]:\s|"
    r"(?:case|need|process|project|scenario|use case|request|topic)\s+(?:[1-5]|[a-e]|one|two|three)\b[:.)]?|"
    r"(?:the )?(?:first|second|third|other|another|next) "
    r"(?:one|case|need|process|project|request|topic|thing)\b|"
    r"(?:first|second|third|erstens|zweitens|drittens|premi[eè]rement|deuxi[eè]mement|primero|segundo)"
    r"(?:ly)?[,:]|"
    r"separately|unrelated(?: to (?:that|this))?|on a different (?:note|topic)|different topic|"
    r"then there(?:'s| is) (?:also|another)\b)",
    re.IGNORECASE,
)


def parts_of(text: str) -> tuple[tuple[int, int], ...]:
    """(start, end) of each part of ``text`` that may be a need of its own; none for a message of one part."""
    starts = [0, *(found.start() for found in COUNTING.finditer(text)), len(text)]
    parts = tuple(_told(text, starts))
    return parts if len(parts) > 1 else ()


def _told(text: str, starts: list[int]) -> Iterator[tuple[int, int]]:
    for start, end in pairwise(starts):
        if len(text[start:end].split()) >= FEWEST_WORDS:
            yield start, end


@dataclass(frozen=True, slots=True)
class Need:
    """One of several needs in a message: the user's words for it, and the facts they settle."""

    quote: str
    readings: tuple[Reading, ...]


def split_needs(reader: FactReader, message: Message) -> tuple[Need, ...]:
    """The needs of a message that describes several; empty for one need, however many steps it has."""
    needs = []
    for start, end in parts_of(message.text):
        quote = message.quote(start, end)
        readings = read_facts(reader, normalise(quote), Request("content"), Conversation())
        if readings:
            needs.append(Need(quote, readings))
    values = [{reading.fact: reading.value for reading in need.readings} for need in needs]
    differ = any(
        one[fact] != other[fact] for one, other in combinations(values, 2) for fact in one.keys() & other
    )
    return tuple(needs) if differ else ()
