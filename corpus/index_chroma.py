"""Chroma on disk, filled through LlamaIndex: where vectors live with their texts, ids and metadata.

Loaded only while an index is built or examined; serving compares the same vectors without it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chromadb import Collection, PersistentClient
from chromadb.api.client import Client
from chromadb.api.collection_configuration import (
    CreateCollectionConfiguration,
    CreateHNSWConfiguration,
)
from chromadb.config import Settings
from chromadb.errors import ChromaError
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.schema import BaseNode, TextNode
from llama_index.vector_stores.chroma import ChromaVectorStore
from pydantic import ConfigDict, Field

from corpus.encoder import Vectors
from corpus.errors import IndexWriteError

HNSW = CreateHNSWConfiguration(space="cosine", ef_construction=100, ef_search=200, max_neighbors=16)
_LARGEST_ADDED = 2_000
"""Vectors given to Chroma at once, so that progress can be shown."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to find: its own lasting id, the words that were embedded, and what else to keep with it."""

    id: str
    text: str
    metadata: Mapping[str, str | int]


class GivenVectors(BaseEmbedding):
    """LlamaIndex's view of vectors that are known already: ``vectors`` by text."""

    model_config = ConfigDict(arbitrary_types_allowed=True)
    vectors: Mapping[str, Any] = Field(exclude=True)

    def _get_text_embedding(self, text: str) -> list[float]:
        known: list[float] = self.vectors[text].tolist()
        return known

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)


def write_collections(folder: Path, collections: Mapping[str, tuple[Sequence[Row], Vectors]]) -> None:
    """Write ``collections`` (name to rows with their vectors) into a new Chroma database in ``folder``.

    Raises :class:`IndexWriteError` when Chroma cannot write, and when ``folder`` exists: rows are only ever
    added to collections that this call has made.
    """
    try:
        folder.mkdir()
        client = _client(folder)
        try:
            for name, (rows, vectors) in collections.items():
                _write(client, name, rows, vectors)
        finally:
            client.close()
    except (ChromaError, OSError) as error:
        problem = f"Chroma cannot write there ({error})"
        raise IndexWriteError(
            folder, problem, "free some space there, or name another cache folder"
        ) from error


def _write(client: Client, name: str, rows: Sequence[Row], vectors: Vectors) -> None:
    configuration = CreateCollectionConfiguration(hnsw=HNSW)
    collection = client.create_collection(name, embedding_function=None, configuration=configuration)
    store = ChromaVectorStore(chroma_collection=collection)
    for start in range(0, len(rows), _LARGEST_ADDED):
        part = rows[start : start + _LARGEST_ADDED]
        given = dict(zip((row.text for row in part), vectors[start : start + len(part)], strict=True))
        nodes: list[BaseNode] = [_node(row) for row in part]
        pipeline = IngestionPipeline(
            transformations=[GivenVectors(vectors=given, embed_batch_size=512)],
            vector_store=store,
            disable_cache=True,
        )
        pipeline.run(nodes=nodes, show_progress=False)


def _node(row: Row) -> TextNode:
    keys = list(row.metadata)
    return TextNode(
        id_=row.id,
        text=row.text,
        metadata=dict(row.metadata),
        excluded_embed_metadata_keys=keys,
        excluded_llm_metadata_keys=keys,
    )


def open_collection(folder: Path, name: str) -> Collection:
    """The collection ``name`` of the Chroma database in ``folder``, for asking only."""
    return _client(folder).get_collection(name, embedding_function=None)


def _client(folder: Path) -> Client:
    client = PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    assert isinstance(client, Client)  # noqa: S101 - tells the type checker what PersistentClient makes
    return client
