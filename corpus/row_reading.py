"""A table row as people read it."""

from __future__ import annotations

from collections.abc import Iterable


def row_reading(cells: Iterable[tuple[str, str]]) -> str:
    """A table row as a sentence: its subject, then each further cell with its column heading."""
    (_, subject), *others = cells
    told = "; ".join(f"{column} {value}".strip() for column, value in others if value)
    return ": ".join(filter(None, [subject, told]))
