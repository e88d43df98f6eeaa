"""The corpus of a pack, opened: its guides, their passages by id, and search over them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from corpus.cache import cache_folder
from corpus.encoder import Encoder, Vectors
from corpus.errors import CorpusError, GuideError, IndexDamagedError, IndexWriteError
from corpus.guide import Guide, Passage, Section
from corpus.index_build import Content, build_index
from corpus.index_lock import building
from corpus.index_manifest import fingerprint_of, source_hashes
from corpus.index_open import Index, open_index
from corpus.index_texts import passages_of
from corpus.progress import Progress, unseen
from corpus.projection import project
from corpus.questions import PackQuestion, load_questions, question_files
from corpus.read_guides import read_guides
from corpus.search import Asked, Hit, Rows, kept_rows, search

PATIENCE = 60.0
"""Seconds to wait for another process that builds the same index."""


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """The guides of one pack with an index that fits them; safe to share between threads.

    ``fingerprint`` stands for guides, questions and model together. ``embedded`` says how many texts were
    embedded to open it: 0 when the index was there already.
    """

    guides: tuple[Guide, ...]
    fingerprint: str
    embedded: int
    _rows: Rows
    _by_id: Mapping[str, Passage]
    _sections: Mapping[str, Section]
    _index: Index
    _asked: Asked
    _encoder: Encoder

    @classmethod
    def open(
        cls,
        folder: Path,
        cache: Path | None = None,
        progress: Progress | None = None,
        *,
        wait: float = PATIENCE,
        encoder: Encoder | None = None,
        read: tuple[tuple[Guide, ...], tuple[GuideError, ...]] | None = None,
        vectors: str | None = None,
    ) -> Corpus:
        """Read the guides in ``folder``, bring their index in ``cache`` up to date, and open it.

        A guide that cannot be read is left out; ``read`` is what :func:`read_guides` gave, if it was called.

        ``cache`` is :func:`cache_folder` by default and may be shared by packs. When another process builds
        the same index, ``wait`` seconds are waited for it. Raises :class:`CorpusError` for guides and
        questions that cannot be read, and its kinds for a model that cannot be trusted and an index that is
        being built elsewhere or cannot be written.

        ``vectors`` is where nearest vectors are looked up in place of the index: ``http://HOST:PORT`` of a
        Chroma server, or ``postgresql://…`` with pgvector. Raises :class:`VectorsError` for it.
        """
        cache = cache or cache_folder()
        told = progress or unseen
        guides, refused = read or read_guides(folder)
        sources = source_hashes(guides, question_bytes(folder))
        fingerprint = fingerprint_of(sources)
        passages = passages_of(guides)
        encoder = encoder or Encoder.open(cache, told)
        home = index_home(folder, cache)
        index = _current(home, fingerprint, passages)
        embedded = 0
        if index is None:
            questions = load_questions(folder, guides, {error.guide for error in refused})
            content = Content.of(guides, questions, sources)
            index = _built(home, content, encoder, told, wait)
            embedded = index.manifest.embedded
        if vectors:
            from corpus.index_elsewhere import look_elsewhere

            index = look_elsewhere(index, vectors, passages)
        return cls(
            guides=guides,
            fingerprint=fingerprint,
            embedded=embedded,
            _rows=Rows.of(passages),
            _by_id={passage.id: passage for passage in passages},
            _sections={section.id: section for guide in guides for section in guide.sections},
            _index=index,
            _asked=Asked.of(index.questions, passages),
            _encoder=encoder,
        )

    @property
    def questions(self) -> tuple[PackQuestion, ...]:
        """The questions of the pack, asks and near misses, in the order of their files."""
        return self._asked.questions

    def section(self, section_id: str) -> Section:
        """The section with this id. Raises ``KeyError`` when there is none."""
        return self._sections[section_id]

    def passage(self, passage_id: str) -> Passage:
        """The passage with this id. Raises ``KeyError`` when there is none."""
        return self._by_id[passage_id]

    def search(
        self, query: str, top: int = 10, *, guide: str | None = None, heading: str | None = None
    ) -> tuple[Hit, ...]:
        """The ``top`` passages nearest to ``query``, best first; none for a query without a word.

        ``guide`` looks only at the guide with that id, or at those below a folder when it ends in ``/``;
        ``heading`` only below headings that hold its words, in whatever case.
        """
        kept = kept_rows(self._rows.passages, guide, heading)
        return search(self._index, self._asked, self._rows, self._encoder, query, top, kept)

    def vectors(self) -> tuple[Vectors, Vectors]:
        """The vectors of all passages and of all questions, a row each, mapped into memory."""
        return self._index.plain

    def projected(self) -> tuple[Vectors, Vectors]:
        """Like :meth:`vectors`, but as search compares them: under the projection that the index learned."""
        return self._index.projected

    def project(self, vectors: Vectors) -> Vectors:
        """``vectors`` under the projection that the index learned; as they are where it learned none."""
        return vectors if self._index.projection is None else project(self._index.projection, vectors)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector of length 1 a text, float32 of shape (len(texts), 384)."""
        return self._encoder.encode(texts)


def index_home(folder: Path, cache: Path) -> Path:
    """Where in ``cache`` the index of the guides in ``folder`` lies: one place for each folder of guides."""
    where = folder.resolve()
    name = re.sub(r"[^\w-]+", "-", where.parent.name) or "pack"
    return cache / "indexes" / f"{name}-{sha256(str(where).encode(errors='replace')).hexdigest()[:12]}"


def question_bytes(folder: Path) -> list[tuple[str, bytes]]:
    """The files of questions in ``folder`` with what they hold. Raises :class:`CorpusError`."""
    try:
        return [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in question_files(folder)]
    except OSError as error:
        raise CorpusError(f"{error.filename}: cannot be read ({error.strerror}); make it readable") from error


def _current(home: Path, fingerprint: str, passages: Sequence[Passage]) -> Index | None:
    """The index that fits, ``None`` when there is none; a damaged one counts as none, for it is rebuilt."""
    try:
        return open_index(home, fingerprint, passages)
    except IndexDamagedError:
        return None


def _built(home: Path, content: Content, encoder: Encoder, progress: Progress, wait: float) -> Index:
    """The index of ``content``, built here or by the process that held the lock before."""
    fingerprint = fingerprint_of(content.sources)
    try:
        with building(home, wait, progress):
            if (index := _current(home, fingerprint, content.passages)) is None:
                build_index(home, content, encoder, progress)
                index = open_index(home, fingerprint, content.passages)
    except OSError as error:
        problem = f"the index cannot be written ({error.strerror or error})"
        raise IndexWriteError(home, problem, "name another folder in GROUNDRULE_CACHE") from error
    if index is None:
        raise IndexWriteError(home, "the index vanished while it was opened", "try again")
    return index
