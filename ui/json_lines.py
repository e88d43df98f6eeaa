"""Files of JSON lines: read line by line with the place of what is wrong, written whole or not at all."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO, TypeVar

from pydantic import BaseModel, ValidationError

from ui.errors import UsageError

Line = TypeVar("Line", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line that cannot be used. ``id`` is the line's own, ``None`` where it could not be read."""

    line: int
    id: str | None
    problem: str


def read_json_lines(path: Path, form: type[Line]) -> tuple[tuple[int, Line] | Wrong, ...]:
    """Every line of ``path`` that is not blank, in order, with its number from 1.

    Raises :class:`UsageError` when the file itself cannot be read.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"{path}: {reason}.", "name a file of JSON lines that can be read") from error
    lines = content.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    return tuple(_read(number, line, form) for number, line in enumerate(lines, 1) if line.strip())


def _read(number: int, line: bytes, form: type[Line]) -> tuple[int, Line] | Wrong:
    try:
        value = json.loads(line.decode())  # json alone would also guess at UTF-16
    except UnicodeDecodeError as error:
        return Wrong(number, None, f"is no UTF-8 text (byte {error.start + 1})")
    except json.JSONDecodeError as error:
        return Wrong(number, None, f"is no JSON: {error.msg} (column {error.colno})")
    except RecursionError:
        return Wrong(number, None, "is nested too deeply")
    name = value.get("id") if isinstance(value, dict) else None
    known = name if isinstance(name, str) else None
    try:
        return number, form.model_validate(value)
    except ValidationError as error:
        return Wrong(number, known, "; ".join(_told(dict(problem)) for problem in error.errors()))


def _told(problem: dict[str, object]) -> str:
    place = ".".join(map(str, problem["loc"])) if isinstance(problem["loc"], tuple) else ""
    return f"{place or 'the line'}: {str(problem['msg']).lower()}"


def whole_characters(text: str) -> str:
    """``text`` with U+FFFD for each half of a character and each NUL: no store holds them."""
    return text.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@contextmanager
def written_whole(path: Path) -> Iterator[TextIO]:
    """A file that appears at ``path`` when the block ends well; otherwise what was there stays.

    Half characters are written as JSON escapes.

    Raises :class:`UsageError` at once when ``path`` cannot become a file.
    """
    target = path.resolve()
    if target.exists() and not stat.S_ISREG(target.stat().st_mode):
        raise UsageError(f"{path}: is no regular file.", "name a file for --out")
    if not target.parent.is_dir():
        raise UsageError(f"{path}: there is no folder {target.parent}.", f"mkdir -p {target.parent}")
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        stream = aside.open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise UsageError(
            f"{path}: {(error.strerror or '').lower()}.", "name a file that can be written"
        ) from error
    try:
        with stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
