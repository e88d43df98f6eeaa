"""The same passages and weights in other libraries, side by side: LlamaIndex as it comes, and txtai.

LlamaIndex embeds with sentence-transformers (its own way to local models) and keeps its default
``SimpleVectorStore``; txtai is measured where it is installed, for it is no dependency of this project.
Everything has one thread. Build rates are those of ``EMBEDDED`` passages; queries run against as many rows as
asked for, whose vectors are given, so that no peer pays for embedding a large library.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from corpus.encoder import Encoder, Vectors
from corpus.index_texts import passages_of, placed_text
from corpus.model_files import model_folder
from tests.bench_rows import Row, several, single

PART = "Peers, same weights, one thread"
EMBEDDED = 300
ROWS = (3_000, 30_000)
QUERIES = 50
TOP = 10


def measure(library: Path) -> list[Row]:
    """Passages embedded a second by each, and how long a query takes among so many rows."""
    import torch

    import corpus.encoder
    from corpus import cache_folder, read_guides

    torch.set_num_threads(1)
    corpus.encoder._WORKERS = 1
    passages = passages_of(read_guides(library)[0])
    sample = [placed_text(passage) for passage in passages[:: max(1, len(passages) // EMBEDDED)]][:EMBEDDED]
    encoder = Encoder.open(cache_folder())
    vectors = encoder.encode(sample)
    rows = [_rate("groundrule", lambda: encoder.encode(sample), len(sample))]
    rows.append(_rate("LlamaIndex", lambda: _llamaindex(sample, None), len(sample)))
    if find_spec("txtai"):
        rows.append(_rate("txtai", lambda: _txtai(sample), len(sample)))
    queries = [
        " ".join(passage.heading[-1].split()[:8]) for passage in passages[5 :: len(passages) // QUERIES]
    ]
    for count in ROWS:
        texts = [f"{sample[row % len(sample)]} {row}" for row in range(count)]
        held = _noisy(vectors, count)
        engine = _llamaindex(texts, held)
        rows.append(_queries(f"LlamaIndex, {count:,} rows", queries, engine))
    return rows


def _rate(name: str, build: Callable[[], object], count: int) -> Row:
    began = time.perf_counter()
    build()
    return single(
        PART, f"{name}: passages built a second", "1/s", count / (time.perf_counter() - began), count
    )


def _queries(name: str, queries: Sequence[str], ask: Callable[[str], object]) -> Row:
    times = []
    for query in queries:
        began = time.perf_counter()
        ask(query)
        times.append(1000 * (time.perf_counter() - began))
    return several(PART, f"{name}: a query end to end", "ms", times[2:], p95=True)


def _llamaindex(texts: Sequence[str], vectors: Vectors | None) -> Callable[[str], object]:
    """A query over LlamaIndex's own index; it embeds the texts itself where no ``vectors`` are given."""
    from llama_index.core import VectorStoreIndex
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.schema import TextNode
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(model_folder()), device="cpu")

    class Local(BaseEmbedding):
        """What LlamaIndex's integration of sentence-transformers does."""

        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            made: list[list[float]] = model.encode(
                texts, normalize_embeddings=True, show_progress_bar=False
            ).tolist()
            return made

        def _get_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embedding(query)

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embedding(query)

    nodes = [TextNode(id_=str(row), text=text) for row, text in enumerate(texts)]
    if vectors is not None:
        for node, vector in zip(nodes, vectors, strict=True):
            node.embedding = vector.tolist()
    index = VectorStoreIndex(nodes, embed_model=Local())
    retriever = index.as_retriever(similarity_top_k=TOP)
    return lambda query: retriever.retrieve(query)


def _txtai(texts: Sequence[str]) -> Callable[[str], object]:
    from txtai import Embeddings

    index = Embeddings(path=str(model_folder()), content=False, gpu=False)
    index.index(enumerate(texts))
    return lambda query: index.search(query, TOP)


def _noisy(vectors: Vectors, count: int) -> Vectors:
    chance = np.random.default_rng(0)
    made = vectors[np.arange(count) % len(vectors)] + 0.02 * chance.standard_normal((count, vectors.shape[1]))
    scaled: Vectors = (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)
    return scaled
