"""Texts that nobody annotated, for teachers to say what they hold: what a student of theirs learns from.

Messages in other spellings, pieces of them, and sentences of several as one: what people may write who were
not among the authors. What such a text settles is nobody's claim, so it is asked of the teachers.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from assistant.matters import Lessons
from assistant.sentences import sentences
from assistant.vary_messages import vary

VERSIONS = 5  # of each message; the rest are shares of the number of messages
PIECES, COMPOSED, CROSSED, BEGUN, THINNED, ASKING = 2.0, 4.0, 1.2, 0.8, 1.2, 0.8
BETWEEN = (" ", ". ", ", ", "\n", " and ")
LONGEST_COMPOSED = 400  # characters
DROPPED = 0.12  # of the words of a thinned message


def unlabelled(lessons: Lessons, chance: random.Random) -> list[str]:
    """Some sixteen texts for each message, and every question; the same for the same chance."""
    messages = [told.text for told in lessons.messages]
    asked = [told.text for told in (*lessons.asks, *lessons.near)]
    told = [*messages * VERSIONS, *_made_up(messages, asked, chance), *asked]
    told += [away.text for away in lessons.away] * VERSIONS
    return [vary(text, chance) for text in told if text]


def _made_up(messages: list[str], asked: list[str], chance: random.Random) -> Iterator[str]:
    """Texts that nobody wrote, from parts of ``messages``."""
    parts = [_parts(text) for text in messages]
    single = [part for some in parts for part in some]
    for _ in range(int(PIECES * len(messages))):
        yield _piece(chance.choice(parts), chance)
    for _ in range(int(COMPOSED * len(messages))):
        some = [chance.choice(single) for _ in range(chance.choice((2, 2, 3)))]
        yield chance.choice(BETWEEN).join(some)[:LONGEST_COMPOSED]
    for _ in range(int(CROSSED * len(messages))):
        first, second = (chance.choice(messages).split() for _ in range(2))
        yield " ".join(first[: len(first) // 2] + second[len(second) // 2 :])
    for _ in range(int(BEGUN * len(messages))):
        words = chance.choice(messages).split()
        yield " ".join(words[: max(2, int(len(words) * chance.uniform(0.3, 0.95)))])
    for _ in range(int(THINNED * len(messages))):
        yield " ".join(word for word in chance.choice(messages).split() if chance.random() > DROPPED)
    for _ in range(int(ASKING * len(messages)) if asked else 0):
        yield f"{chance.choice(single)} {chance.choice(asked)}"


def _parts(text: str) -> list[str]:
    return [part for start, end in sentences(text) if (part := text[start:end].strip())] or [text]


def _piece(parts: list[str], chance: random.Random) -> str:
    """Some of the sentences of a message, in their order."""
    start = chance.randrange(len(parts))
    return " ".join(parts[start : chance.randrange(start, len(parts)) + 1])
