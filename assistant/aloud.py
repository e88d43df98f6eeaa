"""The beginning of an answer, said while the rest of it is still being written."""

from __future__ import annotations

from collections.abc import Callable

Hear = Callable[[str], None]


def unheard(_piece: str) -> None:
    """For whoever waits for the whole answer."""


class Aloud:
    """What has been said of one answer so far, each piece given to ``hear`` as it is said.

    What is said stays: the text of the answer is ``said`` and what was written after it, so that nobody can
    have heard what the answer does not begin with.
    """

    def __init__(self, hear: Hear = unheard) -> None:
        self._hear = hear
        self._said = ""

    @property
    def said(self) -> str:
        """All pieces so far, one after the other."""
        return self._said

    def say(self, piece: str) -> None:
        """Says ``piece``, which goes on where the piece before it ended."""
        self._said += piece
        self._hear(piece)
