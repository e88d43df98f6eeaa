"""What an index says about itself: from what it was made, with what, and which bytes it has."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from hashlib import file_digest, sha256
from importlib.metadata import version
from pathlib import Path

from corpus.errors import IndexDamagedError
from corpus.guide import Guide
from corpus.model_files import MODEL_NAME, MODEL_SHA256

MANIFEST = "manifest.json"
# Raised whenever an index is laid out, or its texts are put together, in another way than before.
RECIPE = 4
_LIBRARIES = ("bm25s", "PyStemmer", "chromadb", "llama-index-core", "tokenizers", "onnxruntime", "numpy")
# Chroma writes into its own files when it is opened, so that they cannot be compared.
_UNCOMPARED = "chroma"


@dataclass(frozen=True, slots=True)
class Manifest:
    """``fingerprint`` stands for everything that the index follows from.

    ``sources`` maps each file to its sha256, ``files`` each file of the index to its sha256; ``embedded`` of
    its ``passages`` and ``questions`` were embedded for it, the other vectors come from the index before.
    """

    fingerprint: str
    recipe: int
    model: str
    model_sha256: str
    libraries: Mapping[str, str]
    sources: Mapping[str, str]
    passages: int
    questions: int
    embedded: int
    files: Mapping[str, str]


def library_versions() -> dict[str, str]:
    """The versions of the libraries whose work an index holds."""
    return {name: version(name) for name in _LIBRARIES}


def source_hashes(guides: Sequence[Guide], questions: Iterable[tuple[str, bytes]]) -> dict[str, str]:
    """The sha256 of each guide's text and of each file of questions, by file."""
    hashes = {guide.file: sha256(guide.text.encode()).hexdigest() for guide in guides}
    return hashes | {file: sha256(held).hexdigest() for file, held in questions}


def fingerprint_of(sources: Mapping[str, str]) -> str:
    """One hash over all sources, the model and the recipe."""
    told = json.dumps([RECIPE, MODEL_SHA256, sorted(sources.items())])
    return sha256(told.encode()).hexdigest()


def describe(
    folder: Path, sources: Mapping[str, str], passages: int, questions: int, embedded: int
) -> Manifest:
    """The manifest of the index that lies finished in ``folder``. Raises ``OSError``."""
    return Manifest(
        fingerprint=fingerprint_of(sources),
        recipe=RECIPE,
        model=MODEL_NAME,
        model_sha256=MODEL_SHA256,
        libraries=library_versions(),
        sources=dict(sources),
        passages=passages,
        questions=questions,
        embedded=embedded,
        files={name: _sha256(folder / name) for name in _compared_files(folder)},
    )


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write ``manifest`` into ``folder``. Raises ``OSError``."""
    text = json.dumps(asdict(manifest), indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """The manifest in ``folder``. Raises :class:`IndexDamagedError` when there is none that can be read."""
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return Manifest(**{field.name: told[field.name] for field in fields(Manifest)})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise damaged(folder, f"its manifest cannot be read ({error})") from error


def check_files(folder: Path, manifest: Manifest) -> None:
    """Raise :class:`IndexDamagedError` when a file of the index is missing or not as it was written."""
    for name, expected in manifest.files.items():
        try:
            found = _sha256(folder / name)
        except OSError as error:
            raise damaged(folder, f"its file {name} cannot be read ({error.strerror})") from error
        if found != expected:
            raise damaged(folder, f"its file {name} is not what was written")


def damaged(folder: Path, problem: str) -> IndexDamagedError:
    """The error of an index in ``folder`` that is not what was written."""
    return IndexDamagedError(folder, problem, "it is built again when it is opened for writing")


def _compared_files(folder: Path) -> list[str]:
    files = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in files if path.parts[0] not in {_UNCOMPARED, MANIFEST})


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
