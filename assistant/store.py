"""Keeps conversations: every turn is a row, written before its reply is sent, and none is ever changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import ValidationError
from sqlalchemy import Connection, Engine, Row, delete, func, insert, select
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from assistant.answer import Answer
from assistant.conversation import Conversation
from assistant.errors import StoreError, TurnTakenError, UnknownConversationError
from assistant.feedback import Feedback
from assistant.inbox import Inbox
from assistant.store_backup import back_up
from assistant.store_engine import alone, open_engine
from assistant.store_tables import conversations, feedback, turns
from assistant.store_upgrades import prepare

How = Literal["message", "choice", "change"]


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """One turn as it is kept: the ``number``-th of its conversation, from 1.

    ``how`` tells a typed message from a chosen answer and from a changed fact, ``said`` is what the user
    wrote or chose. ``after`` is the conversation as the next turn needs it. ``event`` is the sender's own
    id of the message, if it has one, and ``at`` the time of writing (UTC, ISO 8601).
    """

    number: int
    how: How
    said: str
    answer: Answer
    after: Conversation
    event: str | None
    at: str


@dataclass(frozen=True, slots=True)
class KeptConversation:
    """A conversation's id, the pack it talks to, when it began and its last turn came, and its length."""

    id: str
    pack: str
    begun: str
    last: str
    turns: int


class ConversationStore:
    """Conversations in SQLite, PostgreSQL or any other database that SQLAlchemy reaches.

    A conversation belongs to its ``owner``; for anyone else it does not exist. Safe to share between
    threads, and between processes that open the same database.
    """

    def __init__(self, engine: Engine, place: str, held: Connection | None = None) -> None:
        self._engine = engine
        self._place = place
        self._held = held

    @classmethod
    def open(cls, url: str) -> ConversationStore:
        """The store at the SQLAlchemy address ``url``, its tables made when they are missing.

        Raises :class:`StoreError` when it cannot be reached or is in a format of another version.
        """
        try:
            engine = open_engine(url)
        except (ArgumentError, ImportError, OSError) as error:
            problem = f"cannot be opened ({' '.join(str(error).split())})"
            remedy = "give an SQLAlchemy address such as sqlite:////var/lib/groundrule/conversations.db"
            raise StoreError(url.partition("@")[2] or url, problem, remedy) from error
        store = cls(engine, engine.url.render_as_string(hide_password=True))
        try:
            with store._told():
                prepare(engine, store._place)
        except StoreError:
            engine.dispose()
            raise
        return store

    def close(self) -> None:
        """Gives every connection back."""
        self._engine.dispose()

    def back_up(self, file: Path) -> None:
        """Writes all of the store into ``file``, as it stood at one moment, while others go on using it.

        ``file`` is a store itself: naming it restores it. It appears whole or not at all, and no file
        that exists is written over. Raises :class:`StoreError`.
        """
        back_up(self._engine, self._place, file)

    @property
    def inbox(self) -> Inbox:
        """What was handed over to this store and is still to be answered."""
        return Inbox(self._begin)

    @contextmanager
    def in_turn(self, conversation: str) -> Iterator[ConversationStore]:
        """The store for one turn of ``conversation``.

        On PostgreSQL the block is one transaction, and other processes wait until it ends before they take a
        turn of the same conversation. Elsewhere nothing waits, and the second of two is told at
        :meth:`append` that its turn is taken. Raises :class:`StoreError` when the wait is too long.
        """
        if self._engine.dialect.name != "postgresql":
            yield self
            return
        with self._told(), alone(self._engine, f"conversation {conversation}") as connection:
            yield ConversationStore(self._engine, self._place, connection)

    def last(self, conversation: str, owner: str = "") -> KeptTurn | None:
        """The newest turn, ``None`` for a conversation that does not exist yet.

        Raises :class:`UnknownConversationError` when it is somebody else's.
        """
        with self._begin() as connection:
            if not _owns(connection, conversation, owner):
                return None
            newest = turns.c.number.desc()
            row = connection.execute(
                select(turns).where(turns.c.conversation == conversation).order_by(newest).limit(1)
            ).one_or_none()
            return None if row is None else self._read(row)

    def turns(self, conversation: str, owner: str = "") -> tuple[KeptTurn, ...]:
        """Every turn, oldest first. Raises :class:`UnknownConversationError` when there is none."""
        with self._begin() as connection:
            _must_own(connection, conversation, owner)
            found = connection.execute(
                select(turns).where(turns.c.conversation == conversation).order_by(turns.c.number)
            )
            return tuple(self._read(row) for row in found)

    def owner_of(self, conversation: str) -> str:
        """Who a conversation belongs to, for whoever runs the store.

        Raises :class:`UnknownConversationError` when there is none.
        """
        query = select(conversations.c.owner).where(conversations.c.id == conversation)
        with self._told(), self._engine.connect() as connection:
            owner: str | None = connection.execute(query).scalar_one_or_none()
        if owner is None:
            raise UnknownConversationError(conversation)
        return owner

    def of_event(self, event: str) -> KeptTurn | None:
        """The turn that answered the message with the sender's id ``event``."""
        with self._begin() as connection:
            row = connection.execute(select(turns).where(turns.c.event == event)).one_or_none()
            return None if row is None else self._read(row)

    def owned(self, owner: str = "") -> tuple[KeptConversation, ...]:
        """The conversations of ``owner``, the one with the newest turn first."""
        query = (
            select(
                conversations.c.id,
                conversations.c.pack,
                conversations.c.begun,
                func.max(turns.c.at),
                func.count(),
            )
            .join(turns)
            .where(conversations.c.owner == owner)
            .group_by(conversations.c.id, conversations.c.pack, conversations.c.begun)
            .order_by(func.max(turns.c.at).desc(), conversations.c.id)
        )
        with self._begin() as connection:
            return tuple(KeptConversation(*row) for row in connection.execute(query))

    def append(self, conversation: str, turn: KeptTurn, owner: str = "") -> None:
        """Writes ``turn``; once this and :meth:`in_turn` are left, it survives a kill of the machine.

        Raises :class:`TurnTakenError` when that turn is written already, or that event was answered.
        """
        try:
            with self._begin() as connection:
                if turn.number == 1:
                    begun = {
                        "id": conversation,
                        "owner": owner,
                        "pack": turn.answer.pack.id,
                        "begun": turn.at,
                    }
                    connection.execute(insert(conversations), begun)
                connection.execute(insert(turns), _row(conversation, turn))
        except IntegrityError as error:
            raise TurnTakenError(conversation, turn.number) from error

    def add_feedback(self, given: Feedback, owner: str = "") -> None:
        """Writes what somebody thought of a kept turn.

        Raises :class:`UnknownConversationError` when ``owner`` has no such turn.
        """
        with self._begin() as connection:
            _must_own(connection, given.conversation, owner)
            of_turn = (turns.c.conversation == given.conversation) & (turns.c.number == given.number)
            if connection.execute(select(turns.c.number).where(of_turn)).one_or_none() is None:
                raise UnknownConversationError(given.conversation)
            connection.execute(insert(feedback), asdict(given))

    def feedback(self, pack: str) -> tuple[Feedback, ...]:
        """What people thought of the answers of ``pack``, newest first: one for each person and turn."""
        columns = [feedback.c[field.name] for field in fields(Feedback)]
        query = (
            select(*columns)
            .join(conversations)
            .where(conversations.c.pack == pack)
            .order_by(feedback.c.id.desc())
        )
        with self._begin() as connection:
            newest: dict[tuple[str, int, str], Feedback] = {}
            for given in (Feedback(*row) for row in connection.execute(query)):
                newest.setdefault((given.conversation, given.number, given.giver), given)
        return tuple(newest.values())

    def to_review(self, pack: str, most: int = 100) -> tuple[tuple[KeptTurn, Feedback | None], ...]:
        """Turns that whoever keeps ``pack`` should look at, the newest first: ``most`` at most.

        They are those that the guide had no answer to, and those that somebody found wrong, each with the
        newest such feedback.
        """
        given_names = [field.name for field in fields(Feedback)]
        silent = turns.c.answer.like('%"kind":"not_in_guide"%')
        joined = turns.join(conversations).outerjoin(
            feedback,
            (feedback.c.conversation == turns.c.conversation)
            & (feedback.c.number == turns.c.number)
            & (feedback.c.verdict != "right"),
        )
        query = (
            select(turns, *(feedback.c[name].label(f"given_{name}") for name in given_names))
            .select_from(joined)
            .where((conversations.c.pack == pack) & (silent | feedback.c.id.is_not(None)))
            .order_by(turns.c.at.desc(), feedback.c.id.desc())
        )
        found: dict[tuple[str, int], tuple[KeptTurn, Feedback | None]] = {}
        with self._told(), self._engine.connect() as connection:
            for row in connection.execute(query.limit(most * 2)):
                given = [row._mapping[f"given_{name}"] for name in given_names]
                key = (row._mapping["conversation"], row._mapping["number"])
                found.setdefault(key, (self._read(row), Feedback(*given) if given[0] is not None else None))
        return tuple(found.values())[:most]

    def forget(self, conversation: str, owner: str = "") -> None:
        """Deletes a conversation for good. Raises :class:`UnknownConversationError` when there is none."""
        with self._begin() as connection:
            _must_own(connection, conversation, owner)
            for table in (feedback, turns):
                connection.execute(delete(table).where(table.c.conversation == conversation))
            connection.execute(delete(conversations).where(conversations.c.id == conversation))

    @contextmanager
    def _begin(self) -> Iterator[Connection]:
        """One transaction: that of the turn, or one of its own."""
        with self._told():
            if self._held is not None:
                yield self._held
                return
            with self._engine.begin() as connection:
                yield connection

    def _read(self, row: Row[tuple[object, ...]]) -> KeptTurn:
        kept = row._mapping
        try:
            answer = Answer.model_validate_json(kept["answer"])
            after = Conversation.model_validate_json(kept["after"])
        except ValidationError as error:
            problem = f"holds turn {kept['number']} of {kept['conversation']!r} in a form that is not known"
            raise StoreError(self._place, problem, "use the version of groundrule that wrote it") from error
        return KeptTurn(kept["number"], kept["how"], kept["said"], answer, after, kept["event"], kept["at"])

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Failures of the database as :class:`StoreError`, but for keys that are taken."""
        try:
            yield
        except IntegrityError:
            raise
        except (DBAPIError, NoConnectionError) as error:
            reason = " ".join(str(getattr(error, "orig", None) or error).split())
            remedy = "see that it runs, that it can be reached and written to, and that its disk is not full"
            raise StoreError(self._place, f"fails: {reason}", remedy) from error


def _owns(connection: Connection, conversation: str, owner: str) -> bool:
    """Whether there is such a conversation; :class:`UnknownConversationError` when it is somebody else's."""
    of = connection.execute(
        select(conversations.c.owner).where(conversations.c.id == conversation)
    ).scalar_one_or_none()
    if of is not None and of != owner:
        raise UnknownConversationError(conversation)
    return of is not None


def _must_own(connection: Connection, conversation: str, owner: str) -> None:
    if not _owns(connection, conversation, owner):
        raise UnknownConversationError(conversation)


def now() -> str:
    """This moment in UTC, as it is kept."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _row(conversation: str, turn: KeptTurn) -> dict[str, object]:
    return {
        "conversation": conversation,
        "number": turn.number,
        "event": turn.event,
        "how": turn.how,
        "said": turn.said.replace("\0", "\N{REPLACEMENT CHARACTER}"),  # PostgreSQL's text holds no NUL
        "answer": turn.answer.to_json(),
        "after": turn.after.model_dump_json(),
        "at": turn.at,
    }
