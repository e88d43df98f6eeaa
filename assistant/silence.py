"""Whether the guides answer a question, or only talk about something near it.

Nearness alone cannot tell (measured: no better than a coin). The head here weighs how near the question
lies to questions that passages answer against how near it lies to the pack's near misses, how much of its
wording the guides know, whether the best passages hold the kind of thing that it asks for, and what a
cross-encoder makes of it beside the best passage and the nearest questions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.cross_encoder import ASKS, CrossEncoder
from assistant.evidence import COMMON, Grounds, content, evidence, nearest
from assistant.features import Floats
from assistant.heads import Head, probabilities
from assistant.question_kinds import COMPARISON
from corpus import stems

SAME = 0.95  # cosine from which two questions say the same
ALIKE, APART = 0.85, 0.1  # the same where no question of the other kind comes nearly as near
NAME = re.compile(r"\b[A-Z][A-Za-z0-9]{3,}")
OR_AFTER = re.compile(r"\s+(?:or|vs\.?|versus)\b", re.IGNORECASE)
_MONTH = r"(january|february|march|april|may|june|july|august|september|october|november|december)"
DATED = re.compile(rf"\b{_MONTH} (?:of )?(20\d\d)\b|\b{_MONTH} (?:release|version|update)\b", re.IGNORECASE)
ANSWERED, UNANSWERED = "answered", "unanswered"


@dataclass(frozen=True, slots=True, eq=False)
class Silence:
    """A trained judge: the head on the features of :func:`evidence`, over its pack's ``grounds``.

    With a cross-encoder its scores are two features more.
    """

    grounds: Grounds
    head: Head
    cross: CrossEncoder | None = None


def answered_share(silence: Silence, question: str, texts: Floats, asked: Floats) -> float:
    """How surely the guides answer ``question``, whose cosines with passages and questions are given.

    From 0 to 1; from ``silence.head.sure`` on it is answered. A question that is nearly one of the pack's own
    is what its author says it is. Otherwise the head decides.
    """
    grounds, head = silence.grounds, silence.head
    ask, miss = float(asked[grounds.asks].max()), float(asked[grounds.near].max())
    if max(ask, miss) >= (ALIKE if abs(ask - miss) >= APART else SAME) and ask != miss:
        return float(ask > miss)
    if compares_stranger(grounds, question):
        return 0.0
    row = silence_features(grounds, silence.cross, question, texts, asked)
    return float(probabilities(head, row[None, :])[0, head.labels.index(ANSWERED)])


def compares_stranger(grounds: Grounds, question: str) -> bool:
    """Whether ``question`` holds something against a name that neither guides nor questions know.

    "Is Zoneflow better?" cannot be answered by guides that never mention it, however near they lie. A word
    that begins the question may have its capital letter for that alone, so it counts only beside "or".
    """
    for name in NAME.finditer(question):
        begins = name.start() == 0
        beside = OR_AFTER.match(question, name.end()) is not None
        unknown = all(stem not in grounds.known and stem not in COMMON for stem in stems(name.group()))
        if unknown and (beside if begins else beside or COMPARISON.search(question)):
            return True
    return False


def asks_other_date(question: str, passages: Sequence[str]) -> bool:
    """Whether ``question`` names a month, of a year or of a release, that no one of ``passages`` names.

    What is near then is the row of another date: "what came in May 2025?" beside September 2025.
    """
    for found in DATED.finditer(question):
        named = [part.casefold() for part in found.groups() if part]
        if not any(all(part in passage.casefold() for part in named) for passage in passages):
            return True
    return False


def shares_words(question: str, passages: Sequence[str]) -> bool:
    """Whether one of ``passages`` holds at least half of what ``question`` is about.

    All that can be told for a pack that has too few near misses to learn from.
    """
    asked = set(content(question))
    return any(len(asked & set(content(passage))) * 2 >= len(asked) for passage in passages) and bool(asked)


def silence_features(
    grounds: Grounds, cross: CrossEncoder | None, question: str, texts: Floats, asked: Floats
) -> Floats:
    """The features of a question that is none of the pack's own, as :func:`answered_share` has it."""
    row = evidence(grounds, question, texts, asked)
    if cross is None:
        return row
    best, near = nearest(grounds, texts, asked, ASKS)
    scores = cross.scores(question, grounds.passages[best], [grounds.questions[ask] for ask in near])
    return np.concatenate([row, scores])
