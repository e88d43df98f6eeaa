"""The tables in which conversations are kept, and the engine that reaches them."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import (
    Column,
    Engine,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PoolProxiedConnection,
    String,
    Table,
    Text,
    create_engine,
    event,
)
from sqlalchemy.engine.interfaces import DBAPIConnection

FORMAT = 1  # raised when a table changes its meaning; a store of another format is refused, never guessed at

metadata = MetaData()

# One row: the format that the other tables are in.
formats = Table("groundrule_format", metadata, Column("format", Integer, primary_key=True))

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("owner", String(200), nullable=False),
    Column("pack", String(200), nullable=False),
    Column("begun", String(40), nullable=False),
    Index("conversations_of_owner", "owner", "begun"),
)

# The record itself: rows are added and never changed, so that a conversation is what its turns say.
turns = Table(
    "turns",
    metadata,
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("event", String(200), unique=True),
    Column("how", String(20), nullable=False),
    Column("said", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("at", String(40), nullable=False),
)

# What people thought of an answer. Rows are added only; the newest of one person on one turn counts.
feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("note", Text, nullable=False),
    Column("giver", String(200), nullable=False),
    Column("at", String(40), nullable=False),
    Index("feedback_on_turn", "conversation", "number"),
)

BUSY_SECONDS = 20


def open_engine(url: str) -> Engine:
    """The engine for ``url``; a file of SQLite is made for its owner alone, with its folder.

    Raises ``sqlalchemy.exc.ArgumentError``, ``ImportError`` for a driver that is not installed, and
    ``OSError``.
    """
    engine = create_engine(url, connect_args=_connect_args(url), pool_pre_ping=not _sqlite(url))
    if _sqlite(url):
        event.listen(engine, "connect", _tune)
        file = engine.url.database
        if file and file != ":memory:":
            _own(Path(file))
    return engine


def _sqlite(url: str) -> bool:
    return url.startswith("sqlite")


def _connect_args(url: str) -> dict[str, float]:
    return {"timeout": BUSY_SECONDS} if _sqlite(url) else {}


def _own(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    with suppress(OSError):  # somebody else's file that may be written all the same
        file.chmod(0o600)


def _tune(connection: DBAPIConnection, _record: PoolProxiedConnection) -> None:
    """A write-ahead log lets readers go on beside a writer; FULL makes a commit survive a power cut."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
