"""All guides of a pack, or every problem that keeps them from being read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from corpus.errors import CorpusError, GuideError
from corpus.guide import Guide
from corpus.read_markdown import read_markdown

ENDINGS = (".md", ".markdown")


def load_guides(folder: Path) -> tuple[Guide, ...]:
    """The guides in ``folder`` and the folders below it, in the order of their paths.

    Raises :class:`CorpusError` with all problems of all guides when one cannot be read, or when there are
    none.
    """
    guides, refused = read_guides(folder)
    if refused:
        raise CorpusError(*(problem for error in refused for problem in error.problems))
    return guides


def read_guides(folder: Path) -> tuple[tuple[Guide, ...], tuple[GuideError, ...]]:
    """The guides in ``folder`` that can be read, and an error for each that cannot.

    Raises :class:`CorpusError` when the folder is missing or holds no guide at all.
    """
    guides: dict[str, Guide] = {}
    refused: list[GuideError] = []
    for path in _guide_files(folder):
        try:
            guide = read_guide(folder, path)
        except GuideError as error:
            refused.append(error)
            continue
        if guide.id in guides:
            problem = f"has the same id {guide.id!r} as {guides[guide.id].file}"
            refused.append(GuideError(guide.file, problem, "rename one of the two files"))
            continue
        guides[guide.id] = guide
    return tuple(guides.values()), tuple(refused)


def read_guide(folder: Path, path: Path) -> Guide:
    """The guide in ``path``, a file below ``folder``. Raises :class:`GuideError` when it cannot be read."""
    below = path.relative_to(folder)
    file = (Path(folder.resolve().name) / below).as_posix()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise GuideError(file, problem, "make it a file that may be read") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problem = f"is not UTF-8 (byte {error.object[error.start]:#04x})"
        raise GuideError(file, problem, "save the file as UTF-8", line) from error
    return read_markdown(text, below.with_suffix("").as_posix(), path, file)


def _guide_files(folder: Path) -> Iterable[Path]:
    if not folder.is_dir():
        raise CorpusError(f"{folder}: there is no such folder; make it, with Markdown guides (*.md) in it")
    found = [
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in ENDINGS
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    if not found:
        raise CorpusError(f"{folder}: holds no guide; put at least one Markdown file (*.md) into it")
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())
