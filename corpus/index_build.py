"""Building an index aside and swapping it in with one step, embedding only what was not embedded before."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from corpus.cache import write_aside
from corpus.encoder import Encoder, Vectors
from corpus.errors import IndexDamagedError, IndexWriteError
from corpus.guide import Guide, Passage
from corpus.index_manifest import (
    Manifest,
    check_files,
    describe,
    fingerprint_of,
    read_manifest,
    write_manifest,
)
from corpus.index_texts import embedded_texts, guide_texts, key_of, keyword_texts, passages_of
from corpus.keywords import write_keywords
from corpus.model_files import DIMENSIONS, MODEL_SHA256
from corpus.progress import Progress
from corpus.projection import learn_projection, project
from corpus.questions import PackQuestion

CURRENT = "current"
ROWS = "rows.json"
QUESTIONS = "questions.json"
KEYWORDS = "keywords"
GUIDES = "guides"
PROJECTION = "projection.npy"
_ROOM_A_ROW = (
    14_000  # bytes on disk for a passage or question: its vector three times, its words, its keywords
)
_ROOM_AT_ALL = 20_000_000


@dataclass(frozen=True, slots=True)
class Content:
    """What an index is made of; ``sources`` are the hashes of the files that all of it lies in."""

    passages: tuple[Passage, ...]
    questions: tuple[PackQuestion, ...]
    sources: dict[str, str]

    @classmethod
    def of(
        cls, guides: Sequence[Guide], questions: Sequence[PackQuestion], sources: dict[str, str]
    ) -> Content:
        """The content that ``guides`` and their ``questions`` make."""
        return cls(passages_of(guides), tuple(questions), sources)


def build_index(home: Path, content: Content, encoder: Encoder, progress: Progress) -> Manifest:
    """A new index of ``content`` in ``home``, already the current one; returns its manifest.

    The caller holds the lock of ``home``. Until the last step the index before stays the current one, and
    a failure or a kill at any moment leaves it so. Raises :class:`IndexWriteError`.
    """
    _check_room(home, len(content.passages) + len(content.questions))
    with _written_or_removed(home, fingerprint_of(content.sources)) as folder:
        embedded = _write(folder, home, content, encoder, progress)
        counts = len(content.passages), len(content.questions)
        manifest = describe(folder, content.sources, *counts, embedded)
        write_manifest(folder, manifest)
        write_aside(home / CURRENT, lambda aside: _note(aside, folder.name))
    for old in home.glob("index-*"):
        if old != folder:
            # A reader that still has its files open keeps them; the system frees them when it is done.
            shutil.rmtree(old, ignore_errors=True)
    progress(1, 1, "index ready")
    return manifest


def current_index(home: Path) -> Path | None:
    """The folder of the current index in ``home``; ``None`` when there is none yet."""
    try:
        name = (home / CURRENT).read_text(encoding="utf-8").strip()
    except OSError:
        return None
    return home / name if name.startswith("index-") and "/" not in name else None


@contextmanager
def _written_or_removed(home: Path, fingerprint: str) -> Iterator[Path]:
    """A new folder in ``home``, which does not outlive a failure in the block."""
    number = 0
    while (folder := home / f"index-{fingerprint[:12]}-{number}").exists():
        number += 1
    finished = False
    try:
        folder.mkdir()
        yield folder
        finished = True
    except OSError as error:
        problem = f"the index cannot be written ({error.strerror or error})"
        remedy = (
            "free some space there, or name another folder in GROUNDRULE_CACHE; what was there still stands"
        )
        raise IndexWriteError(home, problem, remedy) from error
    finally:
        if not finished:
            shutil.rmtree(folder, ignore_errors=True)


def _write(folder: Path, home: Path, content: Content, encoder: Encoder, progress: Progress) -> int:
    """Write all but the manifest; the number of texts that had to be embedded."""
    # Chroma and LlamaIndex take seconds to import, and are needed only when something changed.
    from corpus.index_chroma import Row, write_collections

    passages = embedded_texts(content.passages, bool(content.questions))
    questions = [question.text for question in content.questions]
    vectors, embedded = _vectors([*passages, *questions], _known(home), encoder, progress)
    split = {"passages": vectors[: len(passages)], "questions": vectors[len(passages) :]}
    progress(0, 3, "writing keywords")
    write_keywords(folder / KEYWORDS, keyword_texts(content.passages, content.questions))
    write_keywords(folder / GUIDES, guide_texts(content.passages))
    progress(1, 3, "writing vectors")
    for name, held in split.items():
        np.save(folder / f"{name}.npy", held, allow_pickle=False)
    _write_projection(folder, content, split)
    keys = {
        "passages": [key_of(text) for text in passages],
        "questions": [key_of(text) for text in questions],
    }
    (folder / ROWS).write_text(json.dumps(keys), encoding="utf-8")
    told = [asdict(question) for question in content.questions]
    (folder / QUESTIONS).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    progress(2, 3, "writing Chroma")
    rows = {
        "passages": [
            Row(p.id, text, {"section": p.section, "kind": p.kind, "start": p.start, "end": p.end})
            for p, text in zip(content.passages, passages, strict=True)
        ],
        "questions": [
            Row(question_row(place), q.text, {"passage": q.passage, "kind": q.kind})
            for place, q in enumerate(content.questions)
        ],
    }
    write_collections(folder / "chroma", {name: (rows[name], split[name]) for name in rows})
    return embedded


def projected_file(name: str) -> str:
    """The file that holds the vectors ``name`` under the projection."""
    return f"{name}.projected.npy"


def _write_projection(folder: Path, content: Content, vectors: Mapping[str, Vectors]) -> None:
    """The projection that the pack's questions teach, and all vectors under it; nothing where it is none."""
    rows = {passage.id: row for row, passage in enumerate(content.passages)}
    asks = [place for place, question in enumerate(content.questions) if question.kind == "ask"]
    owners = [rows[content.questions[place].passage] for place in asks]
    projection = learn_projection(vectors["passages"], vectors["questions"][asks], owners)
    if projection is None:
        return
    np.save(folder / PROJECTION, projection, allow_pickle=False)
    for name, held in vectors.items():
        np.save(folder / projected_file(name), project(projection, held), allow_pickle=False)


def question_row(place: int) -> str:
    """The id under which Chroma keeps the question at ``place``."""
    return f"question-{place}"


def _vectors(
    texts: Sequence[str], known: dict[str, Vectors], encoder: Encoder, progress: Progress
) -> tuple[Vectors, int]:
    """A vector for each text, and how many had to be computed."""
    keys = [key_of(text) for text in texts]
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if new:
        progress(0, len(new), "embedding")
        found = encoder.encode(tuple(new.values()), progress)
        known = known | dict(zip(new, found, strict=True))
    vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    for place, key in enumerate(keys):
        vectors[place] = known[key]
    return vectors, len(new)


def _known(home: Path) -> dict[str, Vectors]:
    """The vectors of the current index by key; none when it is damaged or of another model."""
    folder = current_index(home)
    if folder is None:
        return {}
    try:
        manifest: Manifest = read_manifest(folder)
        check_files(folder, manifest)
        if manifest.model_sha256 != MODEL_SHA256:
            return {}
        keys = json.loads((folder / ROWS).read_text(encoding="utf-8"))
        known: dict[str, Vectors] = {}
        for name in ("passages", "questions"):
            held = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
            known.update(zip(keys[name], held, strict=True))
    except (IndexDamagedError, OSError, ValueError, KeyError):
        return {}
    return known


def _check_room(home: Path, rows: int) -> None:
    needed = _ROOM_AT_ALL + rows * _ROOM_A_ROW
    free = shutil.disk_usage(home).free
    if free < needed:
        problem = f"the index needs {needed / 1e6:.0f} MB and {free / 1e6:.0f} MB are free"
        raise IndexWriteError(
            home, problem, "free some space there, or name another folder in GROUNDRULE_CACHE"
        )


def _note(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
