"""A copy of a store in SQLite, taken while it is used."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from assistant.errors import StoreError
from corpus import write_aside


def back_up(engine: Engine, place: str, file: Path) -> None:
    """Copies the store of ``engine`` into the new ``file``, through SQLite's own way of doing so.

    Raises :class:`StoreError` when it is no store of SQLite, when ``file`` exists and when it cannot be
    written; nothing is left of it then.
    """
    if engine.dialect.name != "sqlite" or not engine.url.database:
        name = engine.url.database or "NAME"
        remedy = f"use what it brings: pg_dump --file={file} {name}, and psql --file={file} to restore it"
        raise StoreError(place, "is no file, which is all that is copied here", remedy)
    if file.exists():
        raise StoreError(str(file), "exists already", "name a new file, or take that one away first")
    source = engine.url.database
    try:
        write_aside(file, lambda aside: _copy(source, aside))
    except (OSError, sqlite3.Error) as error:
        remedy = "see that its folder is there, that it can be written to, and that its disk is not full"
        raise StoreError(str(file), f"cannot be written ({error})", remedy) from error


def _copy(source: str, aside: Path) -> None:
    os.close(os.open(aside, os.O_CREAT | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(source)) as kept, closing(sqlite3.connect(aside)) as copy:
        kept.backup(copy)
        # One file, so that it can be carried away without the log that would lie beside it.
        copy.execute("PRAGMA journal_mode=DELETE")
