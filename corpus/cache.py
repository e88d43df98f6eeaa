"""Where what can always be made again is kept: the exported model and the indexes of packs."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def cache_folder() -> Path:
    """The folder named by ``GROUNDRULE_CACHE``, else the user's own cache folder for groundrule."""
    # platformdirs asks the system; a process that never opens an index does without it.
    from platformdirs import user_cache_path

    named = os.environ.get("GROUNDRULE_CACHE")
    return Path(named).expanduser() if named else user_cache_path("groundrule")


def write_aside(path: Path, write: Callable[[Path], None]) -> None:
    """Let ``write`` fill a file beside ``path``, then put it in its place in one step.

    Whatever happens, ``path`` holds what it held before or all of what is new. Raises ``OSError``.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        write(aside)
        with aside.open("rb") as written:
            os.fsync(written.fileno())
        aside.replace(path)
    finally:
        with suppress(FileNotFoundError):
            aside.unlink()
