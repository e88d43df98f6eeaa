"""How long work tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int, str], None]
"""Called now and then with the steps done, their total (0: not known), and what is being done."""


def unseen(_done: int, _total: int, _what: str) -> None:
    """Progress that nobody watches."""
