"""Answers that are still to be brought to where they were asked for, kept until they are there.

A parcel is written in one transaction with its turn. Whoever takes it has it alone for some seconds, and a
process that dies with it leaves it for another: an answer may come twice, and none is lost.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sqlalchemy import Connection, and_, delete, func, select, update

from assistant.store_tables import outbox


@dataclass(frozen=True, slots=True)
class Parcel:
    """Where an answer goes: ``destination`` in the words of the ``door`` that brings it there."""

    door: str
    destination: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A parcel that was taken: the answer of turn ``number`` of ``conversation``.

    ``tries`` counts how often it was taken, this time included.
    """

    id: int
    conversation: str
    number: int
    destination: str
    tries: int


class Outbox:
    """The parcels of a store. Safe to share between threads and processes."""

    def __init__(self, begin: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._begin = begin

    def take(self, door: str, seconds: float) -> Taken | None:
        """The oldest parcel of ``door`` that is free, for ``seconds`` alone; ``None`` when there is none.

        Parcels of one conversation are taken one after another, each once the one before it was delivered.
        """
        now = time.time()
        with self._begin() as connection:
            first = (
                select(func.min(outbox.c.id).label("id"))
                .where(outbox.c.door == door)
                .group_by(outbox.c.conversation)
                .subquery()
            )
            free = (
                select(outbox)
                .join(first, outbox.c.id == first.c.id)
                .where(outbox.c.free_at <= now)
                .order_by(outbox.c.id)
                .limit(1)
            )
            row = connection.execute(free).one_or_none()
            if row is None:
                return None
            # As it was read: of two that see the same row only one changes it.
            unchanged = and_(outbox.c.id == row.id, outbox.c.tries == row.tries)
            taken = {"tries": row.tries + 1, "free_at": now + seconds}
            done = connection.execute(update(outbox).where(unchanged).values(taken))
        if done.rowcount != 1:
            return self.take(door, seconds)
        return Taken(row.id, row.conversation, row.number, row.destination, row.tries + 1)

    def delivered(self, parcel: Taken) -> None:
        """The answer is there; its parcel is gone for good."""
        with self._begin() as connection:
            connection.execute(delete(outbox).where(outbox.c.id == parcel.id))

    def put_back(self, parcel: Taken, seconds: float) -> None:
        """The answer could not be brought there; it may be tried again after ``seconds``."""
        with self._begin() as connection:
            later = {"free_at": time.time() + seconds}
            connection.execute(update(outbox).where(outbox.c.id == parcel.id).values(later))
