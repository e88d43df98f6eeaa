"""The guides of a pack where vectors cannot be had: the keyword half of search, which needs no model."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.errors import CorpusError, GuideError
from corpus.guide import Guide, Passage
from corpus.index_texts import keyword_texts, passages_of
from corpus.keywords import Keywords, keywords_of
from corpus.questions import load_questions
from corpus.read_guides import read_guides
from corpus.search import NOWHERE, Hit, kept_rows


@dataclass(frozen=True, slots=True, eq=False)
class KeywordCorpus:
    """The guides of one pack, searched by keyword alone; ``lacking`` says why. Safe to share between threads.

    It is made in memory, for the index that should be read may be what is wrong.
    """

    guides: tuple[Guide, ...]
    lacking: CorpusError
    _passages: tuple[Passage, ...]
    _keywords: Keywords

    @classmethod
    def open(
        cls,
        folder: Path,
        lacking: CorpusError,
        read: tuple[tuple[Guide, ...], tuple[GuideError, ...]] | None = None,
    ) -> KeywordCorpus:
        """The guides in ``folder``, or those in ``read``, which is what ``read_guides`` gave.

        Raises :class:`CorpusError` for guides and questions that cannot be read.
        """
        guides, refused = read or read_guides(folder)
        passages = passages_of(guides)
        questions = load_questions(folder, guides, {error.guide for error in refused})
        return cls(guides, lacking, passages, keywords_of(keyword_texts(passages, questions)))

    def search(
        self, query: str, top: int = 10, *, guide: str | None = None, heading: str | None = None
    ) -> tuple[Hit, ...]:
        """The ``top`` passages that share the most telling words with ``query``; none that share no word.

        ``guide`` and ``heading`` are as for ``Corpus.search``. The score of a hit is that of its keywords.
        """
        words = self._keywords.scores(query)
        kept = kept_rows(self._passages, guide, heading)
        if kept is not None:
            words = np.where(kept, words, np.float32(0))
        found = np.argsort(-words, kind="stable")[: max(top, 0)]
        return tuple(_hit(self._passages[row], float(words[row])) for row in found if words[row] > 0)


def _hit(passage: Passage, score: float) -> Hit:
    return Hit(
        passage=passage,
        score=score,
        text_score=NOWHERE,
        question_score=NOWHERE,
        keyword_score=score,
        question=None,
        near_miss=NOWHERE,
        near_miss_text="",
    )
