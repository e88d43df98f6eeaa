"""Passages of a pack by words alone: no facts, no decision, and nothing to learn before the first search."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.pack import Pack, open_pack
from corpus import Corpus, Hit, IndexingError, KeywordCorpus, ModelError, Progress


@dataclass(frozen=True, slots=True, eq=False)
class Finder:
    """Searches in the guides of ``pack``.

    ``lacking`` is empty when all is well. Where vectors cannot be had, because the model or the index cannot,
    it says why, and what is found is found by keyword alone.
    """

    pack: Pack
    lacking: str
    _corpus: Corpus | KeywordCorpus

    @classmethod
    def open(
        cls, pack: Path | None = None, *, cache: Path | None = None, progress: Progress | None = None
    ) -> Finder:
        """The finder of the pack in ``pack`` (default: the bundled one), its index brought up to date.

        Raises :class:`PackError`, and ``corpus.CorpusError`` for guides and questions that cannot be read.
        """
        opened = open_pack(pack)
        folder, read = opened.root / "corpus", (opened.guides, opened.refused)
        try:
            return cls(opened, "", Corpus.open(folder, cache, progress, read=read))
        except (ModelError, IndexingError) as error:
            return cls(opened, str(error), KeywordCorpus.open(folder, error, read))

    def search(
        self, query: str, top: int = 10, *, guide: str | None = None, heading: str | None = None
    ) -> tuple[Hit, ...]:
        """The ``top`` passages nearest to ``query``, best first.

        ``guide`` looks only at the guide with that id (below a folder when it ends in ``/``), ``heading``
        only below headings that hold its words.
        """
        return self._corpus.search(query, top, guide=guide, heading=heading)
