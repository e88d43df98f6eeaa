"""What reading a message gives: facts with the user's words for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answer import Reader

LONGEST_EVIDENCE = 140  # characters of the user's words shown as evidence


@dataclass(frozen=True, slots=True)
class Reading:
    """A fact that a message settles: its value, the user's words for it, and who read it."""

    fact: str
    value: str
    quote: str
    by: Reader


def firsts(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """The first reading of each fact."""
    found: dict[str, Reading] = {}
    for reading in readings:
        found.setdefault(reading.fact, reading)
    return tuple(found.values())
