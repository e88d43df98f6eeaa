"""Brings a store of an earlier format up to date: one step a format, all of them in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, Engine, insert, inspect, select, update

from assistant.errors import StoreError
from assistant.store_engine import alone
from assistant.store_tables import FORMAT, feedback, formats, inbox, leases, metadata

Upgrade = Callable[[Connection], None]
"""Makes the tables of one format those of the next, within the transaction of its connection."""


def prepare(engine: Engine, place: str) -> None:
    """Makes the tables of a new store and brings those of an earlier format up to date.

    A kill at any moment leaves the store as it was or as it shall be. Raises :class:`StoreError` when a later
    version of groundrule wrote it, and ``sqlalchemy.exc.DBAPIError``.
    """
    if _format(engine) == FORMAT:
        return
    with alone(engine, "groundrule store") as connection:
        # Another process may have done it while this one waited.
        found = _format(connection)
        if found is None:
            metadata.create_all(connection)
            connection.execute(insert(formats), {"format": FORMAT})
            return
        if found > FORMAT:
            problem = f"is in format {found}, and this version of groundrule knows format {FORMAT}"
            raise StoreError(place, problem, "use the version that wrote it, or name another store")
        for step in range(found, FORMAT):
            UPGRADES[step](connection)
        connection.execute(update(formats), {"format": FORMAT})


def _format(reached: Engine | Connection) -> int | None:
    """The format of the store, ``None`` where there is none yet."""
    if not inspect(reached).has_table(formats.name):
        return None
    query = select(formats.c.format)
    if isinstance(reached, Connection):
        return max(reached.execute(query).scalars(), default=None)
    with reached.connect() as connection:
        return max(connection.execute(query).scalars(), default=None)


def _to_2(connection: Connection) -> None:
    """Tables for what people think of answers, and for what chat platforms are owed an answer to."""
    # Some stores of format 1 have the first of them.
    metadata.create_all(connection, [feedback, inbox, leases])


UPGRADES: Mapping[int, Upgrade] = {1: _to_2}
