"""How what is trained learns: from annotated texts alone, or from teachers that did."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.matters import Lessons
from assistant.unlabelled import unlabelled
from corpus import Example, Recipe, Teaching, Text, Tuned, fine_tune, learn_from_teachers

# Chosen on messages that were held out.
TEACHER = Recipe(epochs=5, batch=64, encoder_rate=1.2e-4, fall=0.9)
STUDENT = Recipe(epochs=2, batch=64)
TEACHERS = 3


@dataclass(frozen=True, slots=True)
class Schooling:
    """``alone`` is the recipe for annotated messages alone, ``teaching`` where there is a teacher."""

    alone: Recipe
    teaching: Teaching | None = None


def schooling(epochs: int, teacher: Path | None) -> Schooling:
    """The schooling for the encoder in ``teacher``, or for none."""
    teaching = Teaching(teacher, TEACHERS, TEACHER, STUDENT) if teacher else None
    return Schooling(Recipe(epochs=epochs), teaching)


def learn_reader(
    lessons: Lessons, seed: int, schooling: Schooling, told: Callable[[int, float], None]
) -> Tuned:
    """A classifier of all matters of ``lessons``; ``told`` as in :func:`corpus.fine_tune`."""
    sizes = [len(matter.labels) for matter in lessons.matters]
    return learn_schooled(
        lessons.draw, lambda chance: unlabelled(lessons, chance), sizes, seed, schooling, told
    )


def learn_schooled(
    draw: Callable[[random.Random], Sequence[Example]],
    more: Callable[[random.Random], Sequence[Text]],
    sizes: Sequence[int],
    seed: int,
    schooling: Schooling,
    told: Callable[[int, float], None],
) -> Tuned:
    """A classifier of the examples that ``draw`` gives; teachers, if any, are asked about ``more`` texts."""
    if schooling.teaching is None:
        return fine_tune(draw, sizes, seed, schooling.alone, told)
    texts = more(random.Random(seed))  # noqa: S311  # chance of training, not of a secret
    return learn_from_teachers(draw, texts, sizes, seed, schooling.teaching, told)
