"""Opening an index for reading: checked first, mapped into memory, never written to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.encoder import Vectors
from corpus.errors import IndexDamagedError
from corpus.guide import Passage
from corpus.index_build import (
    GUIDES,
    KEYWORDS,
    PROJECTION,
    QUESTIONS,
    current_index,
    projected_file,
)
from corpus.index_manifest import Manifest, check_files, damaged, library_versions, read_manifest
from corpus.index_texts import guide_numbers
from corpus.keywords import Keywords, open_keywords
from corpus.model_files import DIMENSIONS
from corpus.nearest import Similarities, similarities
from corpus.projection import project
from corpus.questions import PackQuestion


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """An opened index: row ``i`` of ``texts`` and ``keywords`` is passage ``i`` of the guides.

    Row ``i`` of ``asked`` is question ``i``, and of ``guides`` the guide with that number. ``projection`` is
    what the pack's questions taught about what is near, ``None`` where there were too few to teach anything;
    where there is one, ``texts`` and ``asked`` compare under it. ``plain`` and ``projected`` are the vectors
    of passages and questions, mapped into memory while the index is opened: they stay when a newer index
    takes its place on disk.
    """

    manifest: Manifest
    folder: Path
    questions: tuple[PackQuestion, ...]
    texts: Similarities
    asked: Similarities
    keywords: Keywords
    guides: Keywords
    plain: tuple[Vectors, Vectors]
    projected: tuple[Vectors, Vectors]
    projection: Vectors | None = None


def open_index(home: Path, fingerprint: str, passages: Sequence[Passage]) -> Index | None:
    """The current index in ``home`` if it was made from just these sources, ``None`` if it was not.

    Raises :class:`IndexDamagedError` when its files are not what was written.
    """
    folder = current_index(home)
    if folder is None:
        return None
    try:
        return _open(folder, fingerprint, passages)
    except IndexDamagedError:
        # A builder may have swapped another index in and taken this one away meanwhile.
        after = current_index(home)
        if after is None or after == folder:
            raise
        return _open(after, fingerprint, passages)


def _open(folder: Path, fingerprint: str, passages: Sequence[Passage]) -> Index | None:
    manifest = read_manifest(folder)
    if manifest.fingerprint != fingerprint or manifest.libraries != library_versions():
        return None
    check_files(folder, manifest)
    try:
        told = json.loads((folder / QUESTIONS).read_text(encoding="utf-8"))
        questions = tuple(PackQuestion(**question) for question in told)
        projection = _projection(folder)
        plain = stored_vectors(folder, "passages"), stored_vectors(folder, "questions")
        projected = plain
        if projection is not None:
            projected = (
                stored_vectors(folder, "passages", projected=True),
                stored_vectors(folder, "questions", projected=True),
            )
        return Index(
            manifest=manifest,
            folder=folder,
            questions=questions,
            texts=_similarities(folder, "passages", len(passages), projection),
            asked=_similarities(folder, "questions", len(questions), projection),
            keywords=open_keywords(folder / KEYWORDS, len(passages)),
            guides=open_keywords(folder / GUIDES, len(set(guide_numbers(passages)))),
            plain=plain,
            projected=projected,
            projection=projection,
        )
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise damaged(folder, f"it cannot be opened ({error})") from error


def _projection(folder: Path) -> Vectors | None:
    if not (folder / PROJECTION).is_file():
        return None
    held: Vectors = np.load(folder / PROJECTION, allow_pickle=False)
    if held.shape != (DIMENSIONS, DIMENSIONS):
        raise ValueError(f"{PROJECTION} has the shape {held.shape}")
    return held


def _similarities(folder: Path, name: str, rows: int, projection: Vectors | None) -> Similarities:
    held = stored_vectors(folder, name, projected=projection is not None)
    if held.shape != (rows, DIMENSIONS):
        raise ValueError(f"{name}.npy holds {held.shape[0]} vectors for {rows} {name}")
    compare = similarities(held)
    if projection is None:
        return compare
    return lambda vector: compare(project(projection, vector))


def stored_vectors(folder: Path, name: str, *, projected: bool = False) -> Vectors:
    """The vectors of ``passages`` or ``questions`` of an index, mapped into memory. Raises ``OSError``.

    They are those of the embedding model, or with ``projected`` those under the index's projection.
    """
    file = projected_file(name) if projected else f"{name}.npy"
    held: Vectors = np.load(folder / file, mmap_mode="r", allow_pickle=False)
    return held
