"""The keyword half of search: BM25 over stemmed words (Robertson and Zaragoza, 2009; the Lucene variant)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from bm25s import BM25
    from Stemmer import Stemmer

_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_MOST_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class Keywords:
    """An opened keyword index over ``count`` texts; ``ranker`` is ``None`` when no text has a word."""

    ranker: BM25 | None
    count: int

    def scores(self, query: str) -> NDArray[np.float32]:
        """The BM25 score of each text for ``query``; zeros when they share no word."""
        if self.ranker is not None:
            known = [word for word in stems(query) if word in self.ranker.vocab_dict]
            if known:
                found: NDArray[np.float32] = self.ranker.get_scores(known)
                return found[: self.count]
        return np.zeros(self.count, dtype=np.float32)


def stems(text: str) -> list[str]:
    """The stems of the words of ``text`` in their order; figures stay whole (``2.0``, ``1,000``)."""
    words = _WORD.findall(text[:_MOST_CHARACTERS].casefold())
    stemmed: list[str] = _stemmer().stemWords(words)
    return stemmed


def keywords_of(texts: Sequence[str]) -> Keywords:
    """The keyword index of ``texts``, in memory."""
    # bm25s brings scipy; only search and the building of an index need it.
    from bm25s import BM25

    tokens = [stems(text) for text in texts]
    if not any(tokens):
        return Keywords(None, len(texts))
    ranker = BM25(method="lucene", k1=1.2, b=0.75)
    ranker.index(tokens, show_progress=False)
    return Keywords(ranker, len(texts))


def write_keywords(folder: Path, texts: Sequence[str]) -> None:
    """Write the keyword index of ``texts`` into ``folder``. Raises ``OSError``."""
    folder.mkdir(parents=True)
    ranker = keywords_of(texts).ranker
    if ranker is not None:
        ranker.save(str(folder), show_progress=False)


def open_keywords(folder: Path, count: int) -> Keywords:
    """The keyword index in ``folder`` over ``count`` texts, mapped into memory. Raises ``OSError``."""
    from bm25s import BM25

    if not any(folder.iterdir()):
        return Keywords(None, count)
    return Keywords(BM25.load(str(folder), mmap=True, show_progress=False), count)


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer:
    from Stemmer import Stemmer

    return Stemmer("english")
