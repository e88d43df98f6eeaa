"""Pairs that a cross-encoder learns from: a question with a passage, and a question with a question.

A question belongs to the passage that answers it, and to the other questions that the same passage answers; a
near miss belongs to nothing. What lies near and does not belong is what there is to learn.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.evidence import Grounds
from assistant.features import Floats
from assistant.vary_messages import vary
from corpus import Example

Rows = NDArray[np.intp]

APART, BELONGS = 0, 1  # the labels
SAYS_THE_SAME = 0.8  # cosine of two passages from which neither is wrong where the other is right
NEAR_PASSAGES, NEAR_QUESTIONS = 6, 20
WRONG_PASSAGES, SAME, WRONG_ASKS, NEAR_ASKS = 2, 2, 2, 3  # pairs of a question in an epoch
TOLD_PASSAGES, TOLD_ASKS = 3, 5  # pairs of a question that teachers are asked about, besides its own passage
AT_ONCE = 512  # questions compared at a time


@dataclass(frozen=True, slots=True, eq=False)
class PairLessons:
    """The questions of ``grounds`` in ``rows``, each with what lies near it.

    ``passages`` (questions, :data:`NEAR_PASSAGES`) are rows of passages that do not answer it, nearest first;
    ``questions`` (questions, :data:`NEAR_QUESTIONS`) rows of questions, itself left out. Both have a row for
    every question of the grounds.
    """

    grounds: Grounds
    passages: Rows
    questions: Rows
    rows: Rows

    def draw(self, chance: random.Random) -> list[Example]:
        """The pairs of one epoch, the first question of each varied anew."""
        examples = []
        for row, other, label in self._pairs(chance):
            examples.append(Example((vary(self.grounds.questions[row], chance), other), (label,)))
        return examples

    def unlabelled(self, chance: random.Random) -> list[tuple[str, str]]:
        """The pairs that teachers are asked about; the same for the same chance."""
        told = []
        for row in self.rows.tolist():
            question = vary(self.grounds.questions[row], chance)
            near = [int(self.grounds.owners[row]), *self.passages[row, :TOLD_PASSAGES].tolist()]
            told += [(question, self.grounds.passages[passage]) for passage in near]
            told += [(question, self.grounds.questions[ask]) for ask in self._asks(row)[:TOLD_ASKS]]
        return told

    def _pairs(self, chance: random.Random) -> Iterator[tuple[int, str, int]]:
        grounds, asks = self.grounds, set(self.grounds.asks.tolist())
        for row in self.rows.tolist():
            owner, answered = int(grounds.owners[row]), row in asks
            yield row, grounds.passages[owner], BELONGS if answered else APART
            for passage in chance.sample(self.passages[row].tolist(), WRONG_PASSAGES):
                yield row, grounds.passages[passage], APART
            near = self._asks(row)
            same = [ask for ask in near if grounds.owners[ask] == owner] if answered else []
            wrong = self._wrong(row, near) if answered else near
            for ask in _some(same, SAME, chance):
                yield row, grounds.questions[ask], BELONGS
            for ask in _some(wrong, WRONG_ASKS if answered else NEAR_ASKS, chance):
                yield row, grounds.questions[ask], APART

    def _asks(self, row: int) -> list[int]:
        """The near questions that passages answer, of those that are learned from."""
        near = self.questions[row]
        kept = near[np.isin(near, self.grounds.asks) & np.isin(near, self.rows)]
        return [int(row) for row in kept]

    def _wrong(self, row: int, asks: Sequence[int]) -> list[int]:
        """Those of ``asks`` that passages answer which say something else."""
        wrong = set(self.passages[row].tolist())
        return [ask for ask in asks if int(self.grounds.owners[ask]) in wrong]


def pair_lessons(grounds: Grounds, passages: Floats, questions: Floats) -> PairLessons:
    """The lessons in all questions of ``grounds``; the vectors of length 1 say what lies near."""
    alike = passages @ passages.T > SAYS_THE_SAME
    near_passages, near_questions = [], []
    for start in range(0, len(questions), AT_ONCE):
        rows = np.arange(start, min(start + AT_ONCE, len(questions)))
        among = questions[rows] @ questions.T
        among[np.arange(len(rows)), rows] = -1.0
        near_questions.append(np.argsort(-among, axis=1)[:, :NEAR_QUESTIONS])
        asked = np.full((len(rows), len(passages)), -1.0, dtype=np.float32)
        for ask in grounds.asks.tolist():
            owner = grounds.owners[ask]
            np.maximum(asked[:, owner], among[:, ask], out=asked[:, owner])
        near = questions[rows] @ passages.T + asked
        near[alike[grounds.owners[rows]]] = -np.inf
        near_passages.append(np.argsort(-near, axis=1)[:, :NEAR_PASSAGES])
    return PairLessons(
        grounds, np.vstack(near_passages), np.vstack(near_questions), np.arange(len(questions))
    )


def _some(rows: Sequence[int], count: int, chance: random.Random) -> list[int]:
    return chance.sample(rows, min(count, len(rows)))
