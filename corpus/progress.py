"""How long work tells how far it is."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called now and then with the steps ``done`` of ``total`` (0: not known) and ``what`` is being done."""

    def __call__(self, done: int, total: int, what: str) -> None:
        """Take notice of one step."""


def unseen(done: int, total: int, what: str) -> None:
    """Progress that nobody watches."""
