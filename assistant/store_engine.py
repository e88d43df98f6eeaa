"""The databases that hold the store: how they are reached, and how a conversation is locked in them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, Engine, PoolProxiedConnection, create_engine, event, func, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.engine.url import URL, make_url

BUSY_SECONDS = 20
"""How long a writer waits for another: for the file of SQLite, for one conversation in PostgreSQL."""
CONNECT_SECONDS = 5
IDLE_SECONDS = 120  # after which the database itself ends a turn whose process is cut off from it
CONNECTIONS = 32  # of one process at most; each turn that is being answered holds one


def open_engine(url: str) -> Engine:
    """The engine for ``url``; a file of SQLite is made for its owner alone, with its folder.

    Raises ``sqlalchemy.exc.ArgumentError``, ``ImportError`` for a driver that is not installed, and
    ``OSError``.
    """
    address = _with_driver(make_url(url))
    kind = address.get_backend_name()
    if kind == "sqlite":
        return _open_file(address)
    if kind != "postgresql":
        return create_engine(address, pool_pre_ping=True)
    engine = create_engine(
        address,
        connect_args={"connect_timeout": CONNECT_SECONDS},
        pool_pre_ping=True,
        pool_size=CONNECTIONS // 2,
        max_overflow=CONNECTIONS // 2,
        pool_timeout=BUSY_SECONDS,
    )
    event.listen(engine, "connect", _bound)
    return engine


@contextmanager
def alone(engine: Engine, what: str) -> Iterator[Connection]:
    """One transaction, beside which no other process is in a transaction about the same ``what``.

    The wait for it is bounded, and the lock ends with the transaction, so that none outlives its process.
    """
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_number(what))))
        elif engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection


def _with_driver(address: URL) -> URL:
    """``address`` with psycopg 3 where it names PostgreSQL and no driver."""
    if address.drivername in ("postgresql", "postgres"):
        return address.set(drivername="postgresql+psycopg")
    return address


def _open_file(address: URL) -> Engine:
    engine = create_engine(address, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _tune)
    file = engine.url.database
    if file and file != ":memory:":
        _own(Path(file))
    return engine


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


def _bound(connection: DBAPIConnection, _record: PoolProxiedConnection) -> None:
    """Nothing is waited for without end, and what a lost process holds is let go by the database."""
    cursor = connection.cursor()
    for name, seconds in (
        ("lock_timeout", BUSY_SECONDS),
        ("statement_timeout", 2 * BUSY_SECONDS),
        ("idle_in_transaction_session_timeout", IDLE_SECONDS),
    ):
        cursor.execute(f"SET {name} = '{seconds}s'")
    cursor.close()
    connection.commit()


def _number(what: str) -> int:
    """The number by which PostgreSQL knows a lock."""
    return int.from_bytes(sha256(what.encode()).digest()[:8], "big", signed=True)
