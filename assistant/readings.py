"""What reading a message gives: facts with the user's words for them."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import Reader


@dataclass(frozen=True, slots=True)
class Reading:
    """A fact that a message settles: its value, the user's words for it, and who read it."""

    fact: str
    value: str
    quote: str
    by: Reader
