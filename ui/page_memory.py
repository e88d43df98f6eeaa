"""Where the conversations of the page are kept, each for its owner alone."""

from __future__ import annotations

from collections.abc import Callable
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from assistant import Feedback, UnknownConversationError, Verdict, converse

if TYPE_CHECKING:
    from assistant import Conversation, ConversationStore, KeptTurn, Turn
    from assistant.store import How


class Memory:
    """The conversations of one ``owner`` in ``store``; whatever an id names, those of others stay closed."""

    def __init__(self, store: ConversationStore, owner: str) -> None:
        self._store = store
        self._owner = owner

    def take(
        self, conversation: str, said: str, how: How, take: Callable[[Conversation], Turn]
    ) -> tuple[str, KeptTurn]:
        """Takes the next turn, in a new conversation where ``conversation`` is empty; and its id.

        Raises what ``take`` raises, and :class:`assistant.StoreError`.
        """
        name = conversation or token_urlsafe(16)
        return name, converse(self._store, name, take, said=said, how=how, owner=self._owner)

    def turns(self, conversation: str) -> tuple[KeptTurn, ...]:
        """Every turn, oldest first; none when there is no such conversation of this owner."""
        try:
            return self._store.turns(conversation, self._owner)
        except UnknownConversationError:
            return ()

    def length(self, conversation: str) -> int:
        """How many turns are kept; 0 when there is no such conversation of this owner."""
        try:
            last = self._store.last(conversation, self._owner)
        except UnknownConversationError:
            return 0
        return last.number if last else 0

    def newest(self, pack: str) -> str:
        """The id of the conversation about ``pack`` that was last gone on with, empty for none."""
        return next((kept.id for kept in self._store.owned(self._owner) if kept.pack == pack), "")

    def judge(self, conversation: str, number: int, verdict: Verdict, note: str) -> None:
        """Keeps what the owner thinks of a turn.

        Raises :class:`assistant.UnknownConversationError` where there is no such turn.
        """
        from assistant.store import now

        given = Feedback(conversation, number, verdict, note, self._owner, now())
        self._store.add_feedback(given, self._owner)
