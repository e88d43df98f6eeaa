"""One turn of a kept conversation: read, answered, written, and only then given back."""

from __future__ import annotations

from collections.abc import Callable

from assistant.conversation import Conversation
from assistant.errors import TurnTakenError
from assistant.store import ConversationStore, How, KeptTurn, now
from assistant.turn import Turn

MOST_TRIES = 50  # turns that others may write into one conversation while this one is being answered


def converse(
    store: ConversationStore,
    conversation: str,
    take: Callable[[Conversation], Turn],
    *,
    said: str,
    how: How = "message",
    owner: str = "",
    event: str | None = None,
) -> KeptTurn:
    """Takes the next turn of the kept ``conversation``, which begins when there is none of that id.

    ``take`` answers at the point where the conversation stands, for example
    ``lambda before: assistant.reply(said, before)``. Turns follow one another, whoever writes them: on
    PostgreSQL a turn waits until the one before it is written; elsewhere nothing is locked while an answer is
    computed, and where another process writes that turn first, it is answered again from where the
    conversation then stands. A message whose ``event`` was answered before is not answered again: the kept
    turn comes back.

    Raises what ``take`` raises (nothing is written then), :class:`assistant.errors.StoreError`, and
    :class:`assistant.errors.UnknownConversationError` when the conversation is somebody else's.
    """
    tries = 0
    while True:
        try:
            with store.in_turn(conversation) as own:
                if event is not None and (answered := own.of_event(event)) is not None:
                    return answered
                last = own.last(conversation, owner)
                turn = take(last.after if last else Conversation())
                number = last.number + 1 if last else 1
                kept = KeptTurn(number, how, said, turn.answer, turn.conversation, event, now())
                own.append(conversation, kept, owner)
        except TurnTakenError:
            tries += 1
            if tries == MOST_TRIES:
                raise
        else:
            return kept
