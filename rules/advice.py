"""What an imported guide means: questions with their answers, and the advice at their ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rules.drawn_lines import Words

Asked = Literal["asked", "exception", "volunteered"]


@dataclass(frozen=True, slots=True)
class Advice:
    """What the guide says at an end: what it recommends (empty: nothing), how, and what it notes.

    ``source`` is the line that says it.
    """

    recommend: str
    how: str
    say: str
    source: Words


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a question, ``key`` being ``yes``, ``no`` or words; all ``contents`` follow from it."""

    key: str
    meaning: str
    contents: tuple[Item, ...]
    source: Words


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the guide. An ``exception`` is taken not to hold until it is known to.

    What is ``volunteered`` is not even asked: the guide's way out for whoever says that they need it.
    """

    words: str
    answers: tuple[Answer, ...]
    source: Words
    asked: Asked = "asked"


Item = Advice | Question


def yes_no(
    words: str,
    source: Words,
    yes: tuple[Item, ...],
    no: tuple[Item, ...] = (),
    asked: Asked = "asked",
) -> Question:
    """A question with the answers yes and no; where the guide gives nothing for one, nothing follows."""
    answers = (Answer("yes", "", yes, source), Answer("no", "", no, source))
    return Question(words, answers, source, asked)
