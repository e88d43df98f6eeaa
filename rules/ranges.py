"""Ranges of the number line as rule files write them: ``<= 30``, ``> 30``, ``> 30 and <= 60``.

A range runs from one cut of the line to another. A cut is a number and a side: ``(30.0, 0)`` lies just
before 30, ``(30.0, 2)`` just after it; 30 itself is at ``(30.0, 1)``. Cuts compare as tuples do.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Cut = tuple[float, int]

FIRST: Cut = (-math.inf, 0)
LAST: Cut = (math.inf, 2)

_PART = re.compile(r"(<=|>=|<|>|=)?\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(\S.*)?$")


@dataclass(frozen=True, slots=True)
class Range:
    """All numbers between two cuts."""

    low: Cut
    high: Cut

    def __contains__(self, number: float) -> bool:
        return self.low < (number, 1) < self.high

    def __str__(self) -> str:
        low, high = self.low[0], self.high[0]
        if low == high:
            return format_number(low)
        parts = []
        if low > -math.inf:
            parts.append(f"{'>=' if self.low[1] == 0 else '>'} {format_number(low)}")
        if high < math.inf:
            parts.append(f"{'<=' if self.high[1] else '<'} {format_number(high)}")
        return " and ".join(parts) or "any number"

    def sample(self) -> float:
        """A number within the range, a round one where the ends allow it."""
        low, high = self.low[0], self.high[0]
        if low == high or (self.high[1] and high < math.inf):
            return high
        if self.low[1] == 0 and low > -math.inf:
            return low
        if low == -math.inf:
            return 0.0 if high == math.inf else high - 1
        return low + 1 if high == math.inf or low + 1 < high else (low + high) / 2


def format_number(number: float) -> str:
    """``number`` as people write it: ``30`` for ``30.0``, never in powers of ten below 10^15."""
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    return repr(number)


def parse_range(text: str, unit: str | None = None) -> Range | None:
    """The range that ``text`` writes, or ``None`` when it writes none. A ``unit`` may follow each number."""
    low, high = FIRST, LAST
    for part in re.split(r"\s*(?:,|\band\b)\s*", text.strip()):
        match = _PART.match(part)
        if match is None or (match[3] and match[3] != unit):
            return None
        number = float(match[2])
        if not math.isfinite(number):
            return None
        sign = match[1] or "="
        if sign in (">", ">=", "="):
            low = max(low, (number, 2 if sign == ">" else 0))
        if sign in ("<", "<=", "="):
            high = min(high, (number, 0 if sign == "<" else 2))
    return Range(low, high) if low < high else None


def uncovered(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """The parts of the line that no range holds."""
    gaps: list[Range] = []
    reached = FIRST
    for item in sorted(ranges, key=lambda one: one.low):
        if item.low > reached:
            gaps.append(Range(reached, item.low))
        reached = max(reached, item.high)
    if reached < LAST:
        gaps.append(Range(reached, LAST))
    return tuple(gaps)


def overlapping(ranges: Sequence[Range]) -> tuple[int, int] | None:
    """The positions of two ranges that share numbers, or ``None``."""
    for one, first in enumerate(ranges):
        for two in range(one + 1, len(ranges)):
            second = ranges[two]
            if max(first.low, second.low) < min(first.high, second.high):
                return one, two
    return None


def cells(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """The line cut at every end of ``ranges``: pieces within which no branch makes a difference."""
    cuts = {FIRST, LAST}
    for item in ranges:
        cuts.update((item.low, item.high))
    line = sorted(cuts)
    return tuple(Range(low, high) for low, high in pairwise(line))
