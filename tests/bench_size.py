"""A library of guides at several sizes: what building its index costs, and each part of a search in it.

Embedding a hundred thousand sections would take hours. Of each size as many passages are embedded as
``EMBEDDED`` says, and their rate is measured; the vectors of all others are noisy copies of those, so that the
index has its true size and search its true work. A library that is too small is repeated with changed words.
"""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from corpus.encoder import Encoder, Vectors
from corpus.progress import Progress, unseen
from tests.bench_answers import megabytes
from tests.bench_rows import Row, several, single

if TYPE_CHECKING:
    from corpus import Corpus

T = TypeVar("T")
SECTIONS = (1_000, 10_000, 100_000)
EMBEDDED = 3_000
QUERIES = 200
NEAREST = 10
ROUNDING = 1e-6  # of a cosine that is summed up in another order
NOISE = 0.35  # length of what is added to a copied vector of length 1
_HEADING = re.compile(r"^#{1,6} ", re.MULTILINE)
_WORD = re.compile(r"\b[a-z]{5,}\b")


@dataclass(frozen=True, slots=True)
class Sampling(Encoder):
    """An encoder that embeds some of many texts, and gives the others noisy copies of what it embedded."""

    def encode(self, texts: Sequence[str], progress: Progress = unseen) -> Vectors:
        """One vector a text; those of at most ``EMBEDDED`` texts, evenly spread, are the model's."""
        if len(texts) <= EMBEDDED:
            return Encoder.encode(self, texts, progress)
        made = Encoder.encode(self, texts[:: -(-len(texts) // EMBEDDED)], progress)
        chance = np.random.default_rng(0)
        vectors = made[np.arange(len(texts)) % len(made)]
        noise = chance.standard_normal(vectors.shape, dtype=np.float32)
        vectors = vectors + NOISE * noise / np.linalg.norm(noise, axis=1, keepdims=True)
        copied: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
        return copied


def measure(library: Path, sections: int) -> list[Row]:
    """Everything about one size, in a process of its own."""
    from corpus import Corpus, cache_folder

    part = f"{sections:,} sections"
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "pack", "corpus")
        held = write_library(library, folder, sections)
        encoder = Sampling.open(cache_folder())
        before, began = megabytes(), time.perf_counter()
        corpus = Corpus.open(folder, Path(place, "cache"), encoder=encoder)
        took = time.perf_counter() - began
        rows = [
            single(part, "index built, with at most 3,000 passages embedded", "s", took, held),
            single(part, "  sections a second", "1/s", held / took, held),
            *_embedding(part, corpus, encoder),
        ]
        began = time.perf_counter()
        corpus = Corpus.open(folder, Path(place, "cache"), encoder=encoder)
        rows.append(
            single(part, "index opened again, nothing changed", "s", time.perf_counter() - began, held)
        )
        rows.append(single(part, "  texts embedded for it", "", float(corpus.embedded)))
        size = sum(file.stat().st_size for file in Path(place, "cache").rglob("*") if file.is_file())
        rows.append(single(part, "size on disk", "MiB", size / 2**20, held))
        rows += _searches(part, corpus, encoder)
        rows.append(single(part, "resident memory gained", "MiB", megabytes() - before, held))
    return rows


def write_library(library: Path, folder: Path, sections: int) -> int:
    """Write guides of about ``sections`` sections into ``folder``; how many they have by their headings."""
    held = 0
    for number, (name, text) in enumerate(_guides(library)):
        if held >= sections:
            break
        path = folder / f"{number:06d}" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        held += len(_HEADING.findall(text))
    return held


def _guides(library: Path) -> Iterator[tuple[str, str]]:
    """The names and texts of the guides below ``library``, over and over, with other words each time."""
    files = sorted(library.rglob("*.md"))
    for turn in range(1_000):
        for file in files:
            text = file.read_text(encoding="utf-8")
            yield (
                file.name,
                text if turn == 0 else _WORD.sub(lambda found, t=turn: _changed(found[0], t), text),
            )


def _changed(word: str, turn: int) -> str:
    return f"{word}{turn}" if len(word) % 3 == turn % 3 else word


def _passages(corpus: Corpus) -> list[str]:
    from corpus.index_texts import embedded_texts, passages_of

    return embedded_texts(passages_of(corpus.guides), bool(corpus.questions))


def _embedding(part: str, corpus: Corpus, encoder: Encoder) -> list[Row]:
    texts = _passages(corpus)[::7][:500]
    began = time.perf_counter()
    encoder.encode(texts)
    return [
        single(part, "passages embedded a second", "1/s", len(texts) / (time.perf_counter() - began), 500)
    ]


def _searches(part: str, corpus: Corpus, encoder: Encoder) -> list[Row]:
    """Each part of a search, the whole of it, and how many of the nearest ten the vector part finds."""
    from corpus.search import fuse_guides

    index, queries = corpus._index, _queries(corpus)
    times: dict[str, list[float]] = {
        name: [] for name in ("embed", "vectors", "keywords", "fusion", "end to end")
    }
    searched = []
    for query in queries:
        vector = _timed(times["embed"], lambda q=query: encoder.encode([q])[0])
        near = _timed(times["vectors"], lambda v=vector: index.texts(v))
        words, guides = _timed(
            times["keywords"], lambda q=query: (index.keywords.scores(q), index.guides.scores(q))
        )
        _timed(times["fusion"], lambda n=near, w=words, g=guides: fuse_guides(n, w, g, corpus._rows.guides))
        # Another wording, so that its vector is not remembered.
        _timed(times["end to end"], lambda q=query: corpus.search(f"{q}, please"))
        searched.append((vector, np.argsort(-np.nan_to_num(near, nan=-1.0))[:NEAREST].tolist()))
    # Afterwards, so that nothing but searches goes on between two searches.
    held = corpus.vectors()[0]
    found = [_found(held @ vector, best) for vector, best in searched]
    rows = [several(part, f"search: {name}", "ms", each, p95=True) for name, each in times.items()]
    return [
        *rows,
        single(part, "nearest ten found by the vector part", "share", sum(found) / len(found), len(found)),
    ]


def _found(cosines: Vectors, best: Sequence[int]) -> float:
    """The share of the nearest ten that ``best`` holds; of rows as near as the tenth any will do."""
    tenth = np.sort(cosines)[-NEAREST]
    return float((cosines[best] >= tenth - ROUNDING).sum()) / NEAREST


def _queries(corpus: Corpus) -> list[str]:
    """Words of headings, a few at a time: of the first sections, so that every size is asked the same."""
    everything = (section for guide in corpus.guides for section in guide.sections)
    sections = islice(everything, SECTIONS[0])
    # Each is asked once: the vectors of the last few queries are remembered.
    words = list(dict.fromkeys(" ".join(" ".join(s.heading[-2:]).split()[-7:]) for s in sections))
    chosen = words[:: max(1, len(words) // (QUERIES + 3))][: QUERIES + 3]
    for query in chosen[:3]:
        corpus.search(query)
    return chosen[3:]


def _timed(times: list[float], run: Callable[[], T]) -> T:
    began = time.perf_counter()
    made = run()
    times.append(1000 * (time.perf_counter() - began))
    return made
