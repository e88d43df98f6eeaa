"""Shares with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, sqrt
from statistics import NormalDist


def wilson(right: int, of: int, confidence: float = 0.95) -> tuple[float, float]:
    """The Wilson score interval for ``right`` out of ``of`` independent trials, as shares from 0 to 1.

    Method: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal of
    the American Statistical Association 22 (1927), 209–212; without continuity correction, as
    ``scipy.stats.binomtest(...).proportion_ci(method="wilson")`` has it. No trial at all says nothing: the
    interval is then 0 to 1. Raises :class:`ValueError` for counts that cannot be.
    """
    if not 0 <= right <= of:
        raise ValueError(f"{right} of {of} cannot be; give 0 <= right <= of")
    if of == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = right / of
    middle = share + z * z / (2 * of)
    spread = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    scale = 1 + z * z / of
    # At the ends rounding would leave a hair that is not there.
    low = 0.0 if right == 0 else (middle - spread) / scale
    high = 1.0 if right == of else (middle + spread) / scale
    return low, high


def percentile(values: Sequence[float], share: float) -> float | None:
    """The smallest of ``values`` that a ``share`` of them do not exceed (nearest rank); ``None`` of none."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)] if ordered else None
