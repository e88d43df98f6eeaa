"""Vectors in a Chroma server. Loaded only where one is named."""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx
import numpy as np
from chromadb import HttpClient
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.config import Settings
from chromadb.errors import ChromaError
from numpy.typing import NDArray

from corpus.encoder import Vectors
from corpus.errors import VectorsError
from corpus.index_chroma import HNSW, ChromaRows
from corpus.index_elsewhere import Nearest, Rows

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
        collection = client.get_or_create_collection(
            rows.name, embedding_function=None, configuration=CreateCollectionConfiguration(hnsw=HNSW)
        )
        if collection.count() != len(rows.ids):
            # Of whoever writes them at the same moment all write the same under the same ids.
            for start in range(0, len(rows.ids), _AT_ONCE):
                part = slice(start, start + _AT_ONCE)
                collection.upsert(
                    ids=list(rows.ids[part]),
                    embeddings=np.array(rows.vectors[part]),
                    documents=list(rows.texts[part]),
                )
    except (ChromaError, ValueError, httpx.HTTPError, OSError) as error:
        raise VectorsError(address, f"cannot be used ({error})", _REMEDY) from error
    found = ChromaRows(collection, {row_id: place for place, row_id in enumerate(rows.ids)})

    def nearest(vector: Vectors) -> NDArray[np.float32]:
        try:
            return found.similarities(vector)
        except (ChromaError, ValueError, httpx.HTTPError, OSError) as error:
            raise VectorsError(address, f"cannot be searched ({error})", _REMEDY) from error

    return nearest
