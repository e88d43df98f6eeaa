"""A chat that arrives whole with every message, answered without keeping any conversation.

The user's messages are taken through the assistant one after the other. Where the last ones stand after the
first is a function of the words alone, so it is remembered under their hash, and a long chat costs one turn a
message.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING, Final

from assistant import Answer, Conversation, Hear, MessageError
from assistant.aloud import unheard

if TYPE_CHECKING:
    from assistant import Assistant

MOST_SAID: Final = 500  # messages of one chat; each costs a turn when the chat is new here
MOST_REMEMBERED: Final = 5_000  # points of chats; a conversation is a few kilobytes


class Replay:
    """Answers the last message of a chat. Safe to share between threads."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        # A language model phrases what is shown and changes nothing that the next turn stands on.
        self._silent = assistant.beside(None)
        self._points: OrderedDict[bytes, Conversation] = OrderedDict()
        self._lock = Lock()
        self.turns = 0
        """How many turns have been taken."""

    def reply(self, said: Sequence[str], owner: str, hear: Hear = unheard) -> Answer:
        """The answer to the last of the messages that were ``said``, in order.

        ``owner`` sets apart what is remembered for one caller from the others'. ``hear`` is called as by
        :meth:`assistant.Assistant.reply`. A message before the last one that cannot be answered counts as not
        said. Raises :class:`MessageError` when the last cannot.
        """
        keys = _keys(said, owner)
        known, now = self._longest(keys[:-1])
        for message, key in zip(said[known:-1], keys[known:-1], strict=True):
            now = self._after(message, now)
            self._remember(key, now)
        turn = self._assistant.reply(said[-1], now, hear)
        self.turns += 1
        self._remember(keys[-1], turn.conversation)
        return turn.answer

    def _after(self, message: str, now: Conversation) -> Conversation:
        self.turns += 1
        try:
            return self._silent.reply(message, now).conversation
        except MessageError:
            return now

    def _longest(self, keys: Sequence[bytes]) -> tuple[int, Conversation]:
        """How many messages are known from before, and where the chat stands after them."""
        with self._lock:
            for count in range(len(keys), 0, -1):
                found = self._points.get(keys[count - 1])
                if found is not None:
                    self._points.move_to_end(keys[count - 1])
                    return count, found
        return 0, Conversation()

    def _remember(self, key: bytes, now: Conversation) -> None:
        with self._lock:
            self._points[key] = now
            self._points.move_to_end(key)
            if len(self._points) > MOST_REMEMBERED:
                self._points.popitem(last=False)


def _keys(said: Sequence[str], owner: str) -> list[bytes]:
    """A hash for each message and all before it."""
    keys = []
    last = sha256(owner.encode()).digest()
    for message in said:
        last = sha256(last + sha256(message.encode(errors="surrogatepass")).digest()).digest()
        keys.append(last)
    return keys
