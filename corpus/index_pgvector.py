"""Vectors in PostgreSQL with pgvector, through LlamaIndex. Loaded only where such a database is named."""

from __future__ import annotations

from hashlib import sha256

import numpy as np
import psycopg2
from llama_index.core.schema import TextNode
from llama_index.core.vector_stores.types import VectorStoreQuery
from llama_index.vector_stores.postgres import PGVectorStore
from numpy.typing import NDArray
from sqlalchemy.exc import SQLAlchemyError

from corpus.encoder import Vectors
from corpus.errors import VectorsError
from corpus.index_elsewhere import Nearest, Rows
from corpus.model_files import DIMENSIONS

NEAREST = 200
# pgvector looks at 40 by default, which misses up to a third of the nearest at some sizes.
_HNSW = {
    "hnsw_m": 16,
    "hnsw_ef_construction": 100,
    "hnsw_ef_search": 400,
    "hnsw_dist_method": "vector_cosine_ops",
}
_SCHEMA = "groundrule"
_AT_ONCE = 1_000
_REMEDY = "see that it runs, that it can be reached, and that its user may create the extension vector"


def open_in_postgres(address: str, rows: Rows) -> Nearest:
    """The nearest of ``rows`` in the database at ``address``, written there if they are not there yet.

    Raises :class:`VectorsError`, then as at each search.
    """
    plain = "postgresql://" + address.partition("://")[2]
    try:
        store = PGVectorStore.from_params(
            # The integration sets ef_search with a parameter, which this driver alone allows.
            connection_string=plain.replace("://", "+psycopg2://", 1),
            async_connection_string=plain.replace("://", "+asyncpg://", 1),
            schema_name=_SCHEMA,
            table_name=rows.name,
            embed_dim=DIMENSIONS,
            hnsw_kwargs=_HNSW,
        )
        _fill(store, plain, rows)
    except (SQLAlchemyError, psycopg2.Error) as error:
        raise VectorsError(address, f"cannot be used ({_words(error)})", _REMEDY) from error
    places = {row_id: place for place, row_id in enumerate(rows.ids)}
    most = min(NEAREST, len(rows.ids))

    def nearest(vector: Vectors) -> NDArray[np.float32]:
        found = np.full(len(places), np.nan, dtype=np.float32)
        try:
            told = store.query(VectorStoreQuery(query_embedding=vector.tolist(), similarity_top_k=most))
        except SQLAlchemyError as error:
            raise VectorsError(address, f"cannot be searched ({_words(error)})", _REMEDY) from error
        for row_id, likeness in zip(told.ids or (), told.similarities or (), strict=True):
            found[places[row_id]] = likeness
        return found

    return nearest


def _fill(store: PGVectorStore, address: str, rows: Rows) -> None:
    """Writes ``rows`` unless they are there, one process at a time; what one left half done is taken away."""
    table = f"{_SCHEMA}.data_{rows.name}"
    lock = int.from_bytes(sha256(table.encode()).digest()[:8], "big", signed=True)
    connection = psycopg2.connect(address, connect_timeout=5)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", (lock,))
            cursor.execute("SELECT to_regclass(%s)", (table,))
            if cursor.fetchone()[0] is not None:
                cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - a name of our own
                if cursor.fetchone()[0] == len(rows.ids):
                    return
                cursor.execute(f"TRUNCATE {table}")
            for start in range(0, len(rows.ids), _AT_ONCE):
                part = range(start, min(start + _AT_ONCE, len(rows.ids)))
                store.add([_node(rows, place) for place in part])
    finally:
        connection.close()


def _node(rows: Rows, place: int) -> TextNode:
    return TextNode(id_=rows.ids[place], text=rows.texts[place], embedding=rows.vectors[place].tolist())


def _words(error: Exception) -> str:
    return " ".join(str(getattr(error, "orig", None) or error).split())
