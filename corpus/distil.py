"""Distillation: a small encoder learns what large ones say of very many texts (Hinton et al., 2015).

The teachers learn from annotated examples. What they then say of texts that nobody annotated, pieces and
compositions of the examples above all, is averaged, and the student learns that: it reads more rightly than
one that saw the examples alone, at no cost when it serves.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.model_files import model_folder
from corpus.model_session import Text, open_tokenizer, tokens_of
from corpus.tuning import Example, Lesson, Logits, Recipe, Told, Tuned, fine_tune, learn_by, untrained

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True, slots=True)
class Teaching:
    """``folder`` holds the teachers' encoder, as sentence-transformers keeps it; ``count`` learn apart.

    ``teacher`` and ``student`` tell how long and how fast each learns.
    """

    folder: Path
    count: int
    teacher: Recipe
    student: Recipe


def learn_from_teachers(
    draw: Callable[[random.Random], Sequence[Example]],
    texts: Sequence[Text],
    sizes: Sequence[int],
    seed: int,
    teaching: Teaching,
    told: Told | None = None,
) -> Tuned:
    """A classifier that learned from ``texts`` what teachers of the examples that ``draw`` gives say of them.

    Otherwise like :func:`corpus.fine_tune`.
    """
    shares = np.zeros((len(texts), sum(sizes)), dtype=np.float32)
    for number in range(teaching.count):
        teacher = fine_tune(
            draw, sizes, seed * teaching.count + number, teaching.teacher, told, teaching.folder
        )
        shares += softened(teacher.logits(texts), sizes) / teaching.count
    return distil(texts, shares, sizes, seed, teaching.student, told)


def softened(logits: Logits, sizes: Sequence[int]) -> Logits:
    """(texts, all labels of all matters): logits as shares that sum to 1 for each matter."""
    parts = np.split(logits, np.cumsum(sizes)[:-1], axis=1)
    raised = [np.exp(part - part.max(axis=1, keepdims=True)) for part in parts]
    return np.concatenate([part / part.sum(axis=1, keepdims=True) for part in raised], axis=1)


def distil(
    texts: Sequence[Text],
    shares: Logits,
    sizes: Sequence[int],
    seed: int,
    recipe: Recipe,
    told: Told | None = None,
) -> Tuned:
    """A classifier that says of ``texts`` what ``shares`` (texts, all labels of all matters) hold."""
    import torch
    from torch.nn.functional import log_softmax

    torch.manual_seed(seed)
    tuned = untrained(sizes, recipe)
    lesson = Lesson(tokens_of(open_tokenizer(model_folder()), texts), torch.from_numpy(shares))

    def loss(logits: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
        split = [torch.split(each, list(sizes), 1) for each in (logits, truth)]
        costs = [-(right * log_softmax(said, 1)).sum(1).mean() for said, right in zip(*split, strict=True)]
        return torch.stack(costs).sum()

    chance = random.Random(seed)  # noqa: S311  # chance of training, not of a secret
    learn_by(tuned, lambda _: lesson, loss, recipe, chance, told)
    return tuned
