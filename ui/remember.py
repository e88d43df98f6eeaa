"""What a conversation on the terminal remembers between two lines: in memory, or in the store."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from assistant import Answer, Conversation, ConversationStore, Turn


class Memory(Protocol):
    """Where the conversation stands."""

    @property
    def alone(self) -> bool:
        """Whether nobody else can go on with the conversation, so that every turn is taken once."""

    def now(self) -> Conversation:
        """The conversation as the next turn needs it."""

    def take(self, said: str, take: Callable[[Conversation], Turn]) -> Answer:
        """Takes a turn and remembers it; a turn that fails leaves everything as it was."""


def remembered(conversation: str | None) -> Memory:
    """The memory for the kept ``conversation``, or for one that ends with the process."""
    if conversation is None:
        return _InMemory()
    from ui.open_store import open_store

    return _InStore(open_store(), conversation)


class _InMemory:
    """One value, gone with the process."""

    alone = True

    def __init__(self) -> None:
        from assistant import Conversation

        self._now = Conversation()

    def now(self) -> Conversation:
        return self._now

    def take(self, said: str, take: Callable[[Conversation], Turn]) -> Answer:  # noqa: ARG002
        turn = take(self._now)
        self._now = turn.conversation
        return turn.answer


class _InStore:
    """The turns of the store, so that another process may go on where this one stops."""

    alone = False

    def __init__(self, store: ConversationStore, conversation: str) -> None:
        self._store = store
        self._conversation = conversation

    def now(self) -> Conversation:
        from assistant import Conversation

        last = self._store.last(self._conversation)
        return last.after if last else Conversation()

    def take(self, said: str, take: Callable[[Conversation], Turn]) -> Answer:
        from assistant import converse

        return converse(self._store, self._conversation, take, said=said).answer
