"""A linear map of the embedding space, learned from a pack's own questions.

Under the map a question lies nearer to the passage that answers it, and to other questions that the passage
answers, than to the rest: a contrastive loss over both (van den Oord et al., InfoNCE, 2018), by Adam,
from the identity on. Own arithmetic, not a learning library: one matrix has a gradient of a few lines, and
a process that serves answers need not load a library of hundreds of megabytes to learn it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.encoder import Vectors
from corpus.model_files import DIMENSIONS

FEWEST_QUESTIONS = 500
"""With fewer questions the map would follow their wording; none is learned."""
EPOCHS, BATCH, RATE = 6, 128, 1e-3
TEMPERATURE = 0.05
DROPOUT = 0.1
MOST_OTHERS = 512  # passages that a batch is told apart from, besides its own
SAYS_THE_SAME = 0.8  # cosine of two passages from which neither is wrong where the other is right

Rows = NDArray[np.intp]


def learn_projection(passages: Vectors, questions: Vectors, owners: Sequence[int]) -> Vectors | None:
    """The map, float32 of shape (384, 384); ``None`` where there are too few questions to learn it from.

    ``passages`` and ``questions`` hold vectors of length 1, a row each, and ``owners`` the row of the passage
    that answers each question. The same input gives the same map on the same machine.
    """
    rows = np.asarray(owners, dtype=np.intp)
    if len(rows) < max(FEWEST_QUESTIONS, BATCH):
        return None
    chance = np.random.default_rng(0)
    siblings = {int(owner): np.flatnonzero(rows == owner) for owner in np.unique(rows)}
    learning = _Adam(np.eye(DIMENSIONS, dtype=np.float32), EPOCHS * (len(rows) // BATCH))
    for _ in range(EPOCHS):
        order = chance.permutation(len(rows))
        for start in range(0, len(rows) - BATCH + 1, BATCH):
            batch = order[start : start + BATCH]
            partners = np.array([chance.choice(siblings[int(rows[place])]) for place in batch])
            beside = _beside(rows[batch], len(passages), chance)
            held = passages[beside]
            asked = _dropped(questions[batch], chance), _dropped(questions[partners], chance)
            learning.step(_gradient(learning.matrix, *asked, held, np.searchsorted(beside, rows[batch])))
    return learning.matrix


def project(projection: Vectors, vectors: Vectors) -> Vectors:
    """``vectors`` (a row each, or a single one) under the map, with length 1 again."""
    moved = vectors @ projection.T
    scaled: Vectors = (moved / np.linalg.norm(moved, axis=-1, keepdims=True)).astype(np.float32)
    return scaled


def _beside(owners: Rows, passages: int, chance: np.random.Generator) -> Rows:
    """The rows of the passages that a batch is compared with, in rising order."""
    others = chance.permutation(passages)[:MOST_OTHERS]
    return np.unique(np.concatenate([owners, others]))


def _dropped(vectors: Vectors, chance: np.random.Generator) -> Vectors:
    kept = chance.random(vectors.shape) >= DROPOUT
    dropped: Vectors = (vectors * kept / (1 - DROPOUT)).astype(np.float32)
    return dropped


def _gradient(matrix: Vectors, asked: Vectors, partners: Vectors, held: Vectors, own: Rows) -> Vectors:
    """The slope of the loss of one batch; row ``own[i]`` of ``held`` answers question ``i``."""
    alike = held @ held.T > SAYS_THE_SAME
    (q, q_back), (s, s_back), (p, p_back) = (_unit(matrix, each) for each in (asked, partners, held))
    to_held = _slope(q @ p.T, own, alike[own])
    to_partners = _slope(q @ s.T, np.arange(len(own)), alike[np.ix_(own, own)])
    return q_back(to_held @ p + to_partners @ s) + s_back(to_partners.T @ q) + p_back(to_held.T @ q)


def _slope(cosines: Vectors, right: Rows, alike: NDArray[np.bool_]) -> Vectors:
    """The slope of the cross entropy by each cosine; what says the same as the right one is left out."""
    places = np.arange(len(right))
    masked = alike.copy()
    masked[places, right] = False
    logits = np.where(masked, -np.inf, cosines / TEMPERATURE)
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    shares[places, right] -= 1
    slope: Vectors = (shares / (TEMPERATURE * len(right))).astype(np.float32)
    return slope


class _Unit:
    """What leads from the slope by vectors of length 1 back to the slope by the matrix that made them."""

    def __init__(self, vectors: Vectors, units: Vectors, lengths: Vectors) -> None:
        self._vectors, self._units, self._lengths = vectors, units, lengths

    def __call__(self, slope: Vectors) -> Vectors:
        along = (slope * self._units).sum(axis=1, keepdims=True)
        back: Vectors = ((slope - self._units * along) / self._lengths).T @ self._vectors
        return back


def _unit(matrix: Vectors, vectors: Vectors) -> tuple[Vectors, _Unit]:
    moved = vectors @ matrix.T
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    units: Vectors = moved / lengths
    return units, _Unit(vectors, units, lengths)


class _Adam:
    """Adam (Kingma and Ba, 2015) with a rate that falls to nothing over ``steps``."""

    def __init__(self, matrix: Vectors, steps: int) -> None:
        self.matrix = matrix
        self._steps, self._done = steps, 0
        self._mean, self._square = np.zeros_like(matrix), np.zeros_like(matrix)

    def step(self, slope: Vectors) -> None:
        """Move the matrix against ``slope``."""
        rate = RATE * (1 - self._done / self._steps)
        self._done += 1
        self._mean = 0.9 * self._mean + 0.1 * slope
        self._square = 0.999 * self._square + 0.001 * slope**2
        mean = self._mean / (1 - 0.9**self._done)
        square = self._square / (1 - 0.999**self._done)
        self.matrix = (self.matrix - rate * mean / (np.sqrt(square) + 1e-8)).astype(np.float32)
