"""Vectors outside this machine's files: in a Chroma server, or in PostgreSQL with pgvector.

They are those of the index, under the index's own fingerprint, so that replicas share them and versions of a
guide stand beside one another. Whoever finds them missing writes them there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from corpus.encoder import Vectors
from corpus.errors import VectorsError
from corpus.guide import Passage
from corpus.index_build import question_row
from corpus.index_open import Index, stored_vectors
from corpus.nearest import Similarities
from corpus.projection import project

Nearest = Callable[[Vectors], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Rows:
    """What is to be found there: the id, the words and the vector of each row, under one ``name``."""

    name: str
    ids: Sequence[str]
    texts: Sequence[str]
    vectors: Vectors


def look_elsewhere(index: Index, address: str, passages: Sequence[Passage]) -> Index:
    """``index``, with its nearest vectors looked up at ``address``.

    ``http://HOST:PORT`` is a Chroma server, ``postgresql://…`` a database with pgvector. Raises
    :class:`VectorsError` when it cannot be reached or used, then as at each search.
    """
    opened = _opener(address)
    asked = [question.text for question in index.questions]
    told = [passage.text for passage in passages]
    of_passages = _rows(index, "passages", [passage.id for passage in passages], told)
    of_questions = _rows(index, "questions", [question_row(place) for place in range(len(asked))], asked)
    texts = _projected(index, opened(address, of_passages))
    questions = _projected(index, opened(address, of_questions)) if asked else index.asked
    return replace(index, texts=texts, asked=questions)


def _opener(address: str) -> Callable[[str, Rows], Nearest]:
    """How vectors are reached at addresses like this one. What does it takes seconds to import."""
    scheme = urlsplit(address).scheme
    if scheme in ("http", "https"):
        from corpus.index_chroma_server import open_on_server

        return open_on_server
    if scheme in ("postgresql", "postgres"):
        try:
            from corpus.index_pgvector import open_in_postgres
        except ImportError as error:
            remedy = 'install it: pip install "groundrule[pgvector]"'
            raise VectorsError(address, "needs what is not installed", remedy) from error
        return open_in_postgres
    raise VectorsError(address, "is no place for vectors", "name http://HOST:PORT or postgresql://…")


def _rows(index: Index, name: str, ids: Sequence[str], texts: Sequence[str]) -> Rows:
    held = stored_vectors(index.folder, name, projected=index.projection is not None)
    return Rows(f"{name}_{index.manifest.fingerprint[:24]}", ids, texts, held)


def _projected(index: Index, nearest: Nearest) -> Similarities:
    if (projection := index.projection) is None:
        return nearest
    return lambda vector: nearest(project(projection, vector))
