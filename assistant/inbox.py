"""What a chat platform handed over and is owed an answer, kept until that is done.

Accepted is what stands here: a task is written before the platform is told so, under the platform's own id,
and a second delivery of it changes nothing. The tasks of one conversation are done one after another, by
whichever process holds its lease; one that dies leaves its lease to run out, and another goes on where it
stopped.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import Connection, and_, delete, exists, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from assistant.store_tables import inbox, leases

LEASE_SECONDS = 15.0  # after the last sign of life of its holder, the work of a conversation is another's
MOST_WAITING = 200  # conversations that are looked at in one go
MOST_PAUSE = 300.0  # seconds between two tries of the same task
OVERHEARD_SECONDS = 360.0  # Slack delivers what was lost again at once, after a minute and after five more

_WAITING, _DONE, _OVERHEARD = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that was handed over and is to be done once.

    ``id`` is the platform's own id of it. The tasks of a ``conversation`` are done in the order of ``place``
    (as text). ``sender`` is who wants it done, and ``body`` what it is, in the form of the door that took it.
    ``at`` is when it came, in seconds since 1970. ``tries`` counts how often it was begun, this time
    included, and ``steps`` what of it is known to be done.
    """

    id: str
    conversation: str
    place: str
    sender: str
    body: str
    at: float = 0.0
    tries: int = 0
    steps: int = 0


class Inbox:
    """The tasks of a store. Safe to share between threads and processes; each value is one holder of leases.

    Every method raises :class:`assistant.StoreError` when the store cannot be used.
    """

    def __init__(
        self, begin: Callable[[], AbstractContextManager[Connection]], clock: Callable[[], float] = time.time
    ) -> None:
        self._begin = begin
        self._clock = clock
        self._holder = uuid4().hex
        self._writing = threading.Lock()

    def add(self, task: Task) -> bool:
        """Writes ``task``; false when one of its id was accepted before, done or not.

        When this returns, the task survives a kill of the process and of the machine.
        """
        if not self._insert(task, _WAITING):
            return False
        # What follows this in its conversation may have come before it.
        follows = and_(
            inbox.c.conversation == task.conversation, inbox.c.done == _OVERHEARD, inbox.c.place > task.place
        )
        with self._write() as connection:
            if connection.execute(select(inbox.c.id).where(follows).limit(1)).first() is not None:
                connection.execute(update(inbox).where(follows).values({"done": _WAITING}))
        return True

    def overhear(self, task: Task) -> bool:
        """Keeps ``task`` for six minutes: it is to be done only if its conversation turns out to be one.

        That is so as soon as a task of an earlier place is added to the conversation; true if it is so now.
        """
        self._insert(task, _OVERHEARD)
        earlier = inbox.alias()
        begun = exists().where(
            earlier.c.conversation == task.conversation,
            earlier.c.done != _OVERHEARD,
            earlier.c.place < task.place,
        )
        this = and_(inbox.c.id == task.id, inbox.c.done == _OVERHEARD, begun)
        with self._write() as connection:
            return connection.execute(update(inbox).where(this).values({"done": _WAITING})).rowcount > 0

    def _insert(self, task: Task, done: int) -> bool:
        row = {
            "id": task.id,
            "conversation": task.conversation,
            "place": task.place,
            "sender": task.sender,
            "body": task.body,
            "at": self._clock(),
            "free_at": 0.0,
            "tries": 0,
            "steps": 0,
            "done": done,
        }
        try:
            with self._write() as connection:
                connection.execute(insert(inbox), row)
        except IntegrityError:
            return False
        return True

    def knows(self, conversation: str) -> bool:
        """Whether anything of ``conversation`` was accepted."""
        accepted = and_(inbox.c.conversation == conversation, inbox.c.done != _OVERHEARD)
        query = select(inbox.c.id).where(accepted).limit(1)
        with self._begin() as connection:
            return connection.execute(query).first() is not None

    def waiting(self) -> tuple[str, ...]:
        """Conversations with something to do that nobody works at, the longest waiting first."""
        now = self._clock()
        held = select(leases.c.name).where(leases.c.until >= now)
        query = (
            select(inbox.c.conversation)
            .where(inbox.c.done == _WAITING, inbox.c.conversation.not_in(held))
            .group_by(inbox.c.conversation)
            .having(func.max(inbox.c.free_at) <= now)
            .order_by(func.min(inbox.c.at))
            .limit(MOST_WAITING)
        )
        with self._begin() as connection:
            return tuple(connection.execute(query).scalars())

    def renew(self) -> None:
        """A sign of life: every lease of this holder starts anew. What was overheard in vain is deleted."""
        with self._write() as connection:
            old = and_(inbox.c.done == _OVERHEARD, inbox.c.at < self._clock() - OVERHEARD_SECONDS)
            connection.execute(delete(inbox).where(old))
            until = {"until": self._clock() + LEASE_SECONDS}
            connection.execute(update(leases).where(leases.c.holder == self._holder).values(until))

    def release(self, conversation: str) -> None:
        """Lets another have ``conversation``, after a try that broke off."""
        with self._write() as connection:
            self._release(connection, conversation)

    def take(self, conversation: str) -> Task | None:
        """Begins the first task of ``conversation``, which then is this holder's alone until it is done.

        ``None`` when another has the conversation, nothing is to be done in it, or it must wait. Should the
        try break off without a word, the next one waits a while, longer each time.
        """
        waiting = and_(inbox.c.done == _WAITING, inbox.c.conversation == conversation)
        first = select(inbox).where(waiting).order_by(inbox.c.place, inbox.c.at).limit(1)
        now = self._clock()
        try:
            with self._write() as connection:
                row = connection.execute(first).one_or_none()
                if row is None or row.free_at > now:
                    return None
                self._lease(connection, conversation, now)
                # Whoever had the conversation until now may have done that task meanwhile.
                row = connection.execute(first).one_or_none()
                if row is None or row.free_at > now:
                    self._release(connection, conversation)
                    return None
                tries = row.tries + 1
                begun = {"tries": tries, "free_at": now + min(MOST_PAUSE, 2.0 ** min(tries - 1, 20))}
                connection.execute(update(inbox).where(inbox.c.id == row.id).values(begun))
        except IntegrityError:
            return None
        return Task(row.id, row.conversation, row.place, row.sender, row.body, row.at, tries, row.steps)

    def step(self, task: Task, steps: int) -> None:
        """The first ``steps`` steps of ``task`` are done, and must not be done again."""
        with self._write() as connection:
            connection.execute(update(inbox).where(inbox.c.id == task.id).values({"steps": steps}))

    def put_off(self, task: Task, seconds: float) -> None:
        """``task`` is to be tried again after ``seconds``, by anybody, and what follows it no sooner."""
        with self._write() as connection:
            later = {"free_at": self._clock() + seconds}
            connection.execute(update(inbox).where(inbox.c.id == task.id).values(later))
            self._release(connection, task.conversation)

    def done(self, task: Task) -> None:
        """``task`` is done; only that it was accepted stays known, and nothing of what it said.

        The conversation is anybody's again once nothing more is to be done in it.
        """
        more = and_(inbox.c.done == _WAITING, inbox.c.conversation == task.conversation)
        with self._write() as connection:
            ended = {"done": _DONE, "body": ""}
            connection.execute(update(inbox).where(inbox.c.id == task.id).values(ended))
            if connection.execute(select(inbox.c.id).where(more).limit(1)).first() is None:
                self._release(connection, task.conversation)

    def recent(self, sender: str, count: int) -> tuple[str, ...]:
        """The conversations that ``sender`` last had part in, the newest first."""
        newest = func.max(inbox.c.at)
        query = (
            select(inbox.c.conversation)
            .where(inbox.c.sender == sender, inbox.c.done != _OVERHEARD)
            .group_by(inbox.c.conversation)
            .order_by(newest.desc())
            .limit(count)
        )
        with self._begin() as connection:
            return tuple(connection.execute(query).scalars())

    def clear(self, seconds: float) -> None:
        """Deletes what came more than ``seconds`` ago and is done, and leases long run out."""
        before = self._clock() - seconds
        with self._write() as connection:
            connection.execute(delete(inbox).where(inbox.c.done == _DONE, inbox.c.at < before))
            connection.execute(delete(leases).where(leases.c.until < before))

    def _lease(self, connection: Connection, conversation: str, now: float) -> None:
        """Takes the lease, or raises ``IntegrityError`` when another has it."""
        mine = {"holder": self._holder, "until": now + LEASE_SECONDS}
        free = and_(leases.c.name == conversation, or_(leases.c.until < now, leases.c.holder == self._holder))
        if not connection.execute(update(leases).where(free).values(mine)).rowcount:
            connection.execute(insert(leases), mine | {"name": conversation})

    def _release(self, connection: Connection, conversation: str) -> None:
        mine = and_(leases.c.name == conversation, leases.c.holder == self._holder)
        connection.execute(delete(leases).where(mine))

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        """One transaction that writes, one after another in this process.

        SQLite lets writers poll for its only lock, and who polls may lose many times; who waits does not.
        """
        with self._writing, self._begin() as connection:
            yield connection
