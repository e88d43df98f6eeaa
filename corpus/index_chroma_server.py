"""Vectors in a Chroma server. Loaded only where one is named."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import numpy as np
from chromadb import Collection, HttpClient
from chromadb.api import ClientAPI
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.config import Settings
from chromadb.errors import ChromaError, NotFoundError
from numpy.typing import NDArray

from corpus.encoder import Vectors
from corpus.errors import VectorsError
from corpus.index_chroma import HNSW
from corpus.index_elsewhere import Nearest, Rows

NEAREST = 200
_AT_ONCE = 2_000
_REMEDY = "see that the Chroma server runs and can be reached"


def open_on_server(address: str, rows: Rows) -> Nearest:
    """The nearest of ``rows`` in the Chroma server at ``address``, written there if they are not there yet.

    Raises :class:`VectorsError`, then as at each search.
    """
    where = urlsplit(address)
    secure = where.scheme == "https"
    try:
        client = HttpClient(
            host=where.hostname or "localhost",
            port=where.port or (443 if secure else 8000),
            ssl=secure,
            settings=Settings(anonymized_telemetry=False),
        )
        collection = _found(client, rows.name) or _written(client, rows)
        held = collection.count()
    except (ChromaError, ValueError, httpx.HTTPError, OSError) as error:
        raise VectorsError(address, f"cannot be used ({error})", _REMEDY) from error
    if held != len(rows.ids):
        problem = f"the collection {rows.name} holds {held} rows, not {len(rows.ids)}"
        raise VectorsError(address, problem, "delete the collection; it is written anew")
    places = {row_id: place for place, row_id in enumerate(rows.ids)}

    def nearest(vector: Vectors) -> NDArray[np.float32]:
        try:
            return _similarities(collection, places, vector)
        except (ChromaError, ValueError, httpx.HTTPError, OSError) as error:
            raise VectorsError(address, f"cannot be searched ({error})", _REMEDY) from error

    return nearest


def _found(client: ClientAPI, name: str) -> Collection | None:
    try:
        return client.get_collection(name, embedding_function=None)
    except NotFoundError:
        return None


def _written(client: ClientAPI, rows: Rows) -> Collection:
    """The collection of ``rows``, written under a name of its own and renamed once it is whole.

    So a collection that somebody else made is never written to, and nobody sees half of one.
    """
    made = client.create_collection(
        f"{rows.name}_{uuid4().hex}",
        embedding_function=None,
        configuration=CreateCollectionConfiguration(hnsw=HNSW),
    )
    for start in range(0, len(rows.ids), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        made.add(
            ids=list(rows.ids[part]),
            embeddings=np.array(rows.vectors[part]),
            documents=list(rows.texts[part]),
        )
    try:
        made.modify(name=rows.name)
    except ChromaError:
        faster = _found(client, rows.name)
        if faster is None:
            raise
        client.delete_collection(made.name)
        return faster
    return made


def _similarities(collection: Collection, places: Mapping[str, int], vector: Vectors) -> NDArray[np.float32]:
    """The cosine of ``vector`` with each row, not a number for those not among the nearest."""
    found = np.full(len(places), np.nan, dtype=np.float32)
    asked = collection.query(
        query_embeddings=[vector.tolist()],
        n_results=min(NEAREST, len(places)),
        include=["distances"],
    )
    distances = asked["distances"] or [[]]
    for row_id, distance in zip(asked["ids"][0], distances[0], strict=True):
        found[places[row_id]] = 1.0 - distance
    return found
