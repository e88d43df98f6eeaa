"""All guides of a pack in any form, and an error for each that cannot be read."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from corpus.assemble_guide import MOST_CHARACTERS
from corpus.decode_bytes import decode_bytes
from corpus.errors import CorpusError, GuideError, NoGuidesError
from corpus.guide import Form, Guide
from corpus.kept_guides import kept_or_read
from corpus.read_markdown import read_markdown
from corpus.read_text import read_text

FORMS: Final[dict[str, Form]] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".txt": "text",
    ".text": "text",
    ".pdf": "pdf",
    ".docx": "word",
}
"""The form of a guide by the ending of its file."""
MOST_BYTES: Final = 64_000_000


def load_guides(folder: Path) -> tuple[Guide, ...]:
    """The guides in ``folder`` and the folders below it that can be read, in the order of their paths.

    :func:`read_guides` says which were refused, and why. Raises :class:`CorpusError` with all problems when
    none can be read, or when there are none.
    """
    return read_guides(folder)[0]


def read_guides(folder: Path) -> tuple[tuple[Guide, ...], tuple[GuideError, ...]]:
    """The guides in ``folder`` that can be read, and an error for each that cannot.

    Raises :class:`CorpusError` when the folder is missing or holds no guide at all, and
    :class:`NoGuidesError` when not one can be read.
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
    if not guides:
        raise NoGuidesError(refused)
    return tuple(guides.values()), tuple(refused)


def read_guide(folder: Path, path: Path) -> Guide:
    """The guide in ``path``, a file below ``folder``. Raises :class:`GuideError` when it cannot be read."""
    below = path.relative_to(folder)
    file = (Path(folder.resolve().name) / below).as_posix()
    guide_id = below.with_suffix("").as_posix()
    held = _bytes(path, file)
    return kept_or_read(path, f"{guide_id} {file}", held, lambda: _read(held, guide_id, path, file))


def _read(held: bytes, guide_id: str, path: Path, file: str) -> Guide:
    form = FORMS.get(path.suffix.lower(), "markdown")
    if form == "markdown":
        return read_markdown(decode_bytes(held, file), guide_id, path, file)
    if form == "text":
        return read_text(decode_bytes(held, file), guide_id, path, file)
    # The converters take a moment to import; most packs are Markdown alone.
    if form == "html":
        from corpus.convert_html import convert_html

        page = decode_bytes(held, file, page=True)
        if len(page) > MOST_CHARACTERS:
            problem = f"is {len(page):,} characters long, more than {MOST_CHARACTERS:,}"
            raise GuideError(file, problem, "split it into several guides")
        return read_markdown(convert_html(page, file), guide_id, path, file, form)
    from corpus.convert_office import convert_office

    return read_markdown(convert_office(held, form, file), guide_id, path, file, form)


def _bytes(path: Path, file: str) -> bytes:
    try:
        told = path.stat()
        if not stat.S_ISREG(told.st_mode):
            # Reading a pipe or a device may never end.
            raise GuideError(
                file, "cannot be read (it is no regular file)", "make it a file that may be read"
            )
        if told.st_size > MOST_BYTES:
            problem = f"is {told.st_size:,} bytes long, more than {MOST_BYTES:,}"
            raise GuideError(file, problem, "split it into several guides")
        return path.read_bytes()
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise GuideError(file, problem, "make it a file that may be read") from error


def _guide_files(folder: Path) -> Iterable[Path]:
    kinds = "Markdown, HTML, text, PDF or Word"
    if not folder.is_dir():
        raise CorpusError(f"{folder}: there is no such folder; make it, with guides in it ({kinds})")
    found = [
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in FORMS
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    if not found:
        raise CorpusError(f"{folder}: holds no guide; put at least one file into it ({kinds})")
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())
