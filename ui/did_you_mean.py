"""A near miss of a name, offered."""

from __future__ import annotations

from collections.abc import Iterable

SHORTEST = 3  # letters; anything is near to fewer
ENOUGH = 70.0  # rapidfuzz ratio (0 to 100) from which a suggestion helps more than it puzzles


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """``" (did you mean …?)"`` with the nearest of ``known``, or nothing when none is near."""
    from rapidfuzz import process  # only when something was mistyped

    near = process.extractOne(name, list(known), score_cutoff=ENOUGH) if len(name) >= SHORTEST else None
    return f" (did you mean {near[0]}?)" if near else ""
