"""Cosines of a vector with the rows of a matrix: with all of them, or with those whose signs agree most.

The signs of a vector's components are a code of 48 bytes. Where there are many rows, codes are compared
first, and vectors only for the rows whose codes differ least (Yamada, Asai and Hajishirzi, Efficient Passage
Retrieval with Hashing for Open-domain Question Answering, 2021). Measured with 200 queries over
171,446 passages: of the ten nearest rows 99.5 % are among the 3,000 looked at, 98.9 % among 2,000; neither
centred nor rotated vectors have codes that find more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.encoder import Vectors
from corpus.model_files import DIMENSIONS

EXACT_UP_TO = 50_000
"""Rows that are all compared with a vector; comparing more takes longer than embedding a query."""
LOOKED_AT = 3_000
"""Rows whose vectors are compared where there are more."""
AT_ONCE = 256
"""Rows that are fetched together: few enough to stay in the processor's cache until they are compared."""

Similarities = Callable[[Vectors], NDArray[np.float32]]
"""The cosine of a vector with each row, not a number for rows that were not looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class Signs:
    """The codes of many vectors, uint64 of shape (6, rows): each column of codes lies in one piece."""

    codes: NDArray[np.uint64]

    @classmethod
    def of(cls, vectors: Vectors) -> Signs:
        """The codes of ``vectors``, a row each."""
        return cls(np.ascontiguousarray(np.packbits(vectors > 0, axis=1).view(np.uint64).T))

    def nearest(self, vector: Vectors, count: int) -> NDArray[np.intp]:
        """The rows whose signs differ from those of ``vector`` in the fewest places: ``count``, or some more.

        Rows that differ in as many places as the last one are all among them.
        """
        apart = np.zeros(self.codes.shape[1], dtype=np.uint16)
        for codes, own in zip(self.codes, Signs.of(vector[None]).codes[:, 0], strict=True):
            apart += np.bitwise_count(codes ^ own)
        within = np.cumsum(np.bincount(apart, minlength=DIMENSIONS + 1))
        return np.flatnonzero(apart <= np.searchsorted(within, min(count, within[-1])))


def similarities(
    vectors: Vectors, exact_up_to: int = EXACT_UP_TO, looked_at: int = LOOKED_AT
) -> Similarities:
    """How near vectors of length 1 lie to the rows of ``vectors``: exact for up to ``exact_up_to`` rows."""
    if len(vectors) <= exact_up_to:
        return lambda vector: _cosines(vectors, vector)
    signs = Signs.of(vectors)

    def compare(vector: Vectors) -> NDArray[np.float32]:
        rows = signs.nearest(vector, looked_at)
        found = np.full(len(vectors), np.nan, dtype=np.float32)
        fetched = np.empty((AT_ONCE, vectors.shape[1]), dtype=np.float32)
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            # Rows are within bounds; checking them, which any other mode does, needs a second buffer.
            near = vectors.take(some, axis=0, out=fetched[: len(some)], mode="clip")
            found[some] = _cosines(near, vector)
        return found

    return compare


def _cosines(vectors: Vectors, vector: Vectors) -> NDArray[np.float32]:
    # One thread, and no slower: the product of `@` shares its work among threads, and on a busy machine
    # waits for the last of them, tens of milliseconds instead of one.
    cosines: NDArray[np.float32] = np.einsum("ij,j->i", vectors, vector)
    return cosines
