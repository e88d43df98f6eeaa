"""Shares and means with their intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

RESAMPLES = 2_000
NO_VALUE = 9.0  # outside of what a mean of shares, or a difference of two, can be
SEED = 0  # the same data have the same interval, always


def wilson(right: float, of: int, confidence: float = 0.95) -> tuple[float, float]:
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


@dataclass(frozen=True, slots=True)
class Cluster:
    """What one case adds to a measure: the ``total`` of its values, each from 0 to 1, and how ``many``."""

    total: float
    many: int


def clustered(clusters: Sequence[Cluster], confidence: float = 0.95) -> tuple[float, float]:
    """The interval of the mean of all values, when those of one cluster go together.

    Method: percentile bootstrap over clusters (A. C. Davison and D. V. Hinkley, "Bootstrap Methods and their
    Application", 1997, chapters 3.8 and 5.3). Clusters that all have one mean would seem certain; they get
    the Wilson interval of so many trials as there are clusters.
    """
    means = {cluster.total / cluster.many for cluster in clusters}
    if len(means) < 2:
        return wilson(sum(means) * len(clusters), len(clusters), confidence)
    return _bootstrapped(_columns(clusters), lambda total, many: total / many, confidence)


def clustered_difference(
    before: Sequence[Cluster], after: Sequence[Cluster], confidence: float = 0.95
) -> tuple[float, float]:
    """The interval of the mean of ``after`` less that of ``before``, cluster by cluster the same cases.

    A cluster that adds nothing on one side has no value there (0 of 0). Method: as :func:`clustered`, with
    the pairs resampled together. (0, 0) where both sides are the same in every cluster.
    """
    if [*before] == [*after]:
        return 0.0, 0.0
    columns = (*_columns(before), *_columns(after))
    return _bootstrapped(columns, lambda a, of_a, b, of_b: b / of_b - a / of_a, confidence)


def _columns(clusters: Sequence[Cluster]) -> tuple[Sequence[float], Sequence[float]]:
    return [cluster.total for cluster in clusters], [cluster.many for cluster in clusters]


def _bootstrapped(
    columns: Sequence[Sequence[float]], statistic: Callable[..., Array], confidence: float
) -> tuple[float, float]:
    """The percentile interval of a ``statistic`` of the columns' sums, their rows drawn together."""
    import numpy as np
    from scipy.stats import bootstrap  # 0.5 s, and most runs of one measure do without

    def of_rows(*rows: Array, axis: int) -> Array:
        with np.errstate(divide="ignore", invalid="ignore"):  # 0 of 0 where no row of a draw has a value
            came = statistic(*(row.sum(axis=axis) for row in rows))
        return np.where(np.isfinite(came), came, NO_VALUE)

    if len(columns[0]) < 2:  # one case says nothing about the others
        return -1.0, 1.0
    drawn = bootstrap(
        tuple(np.asarray(column, dtype=np.float64) for column in columns),
        of_rows,
        paired=True,
        vectorized=True,
        n_resamples=RESAMPLES,
        method="percentile",
        rng=np.random.default_rng(SEED),
    ).bootstrap_distribution
    known = drawn[drawn != NO_VALUE]
    if not known.size:
        return -1.0, 1.0
    rest = (1 - confidence) / 2
    low, high = np.quantile(known, [rest, 1 - rest])
    return float(low), float(high)


def percentile(values: Sequence[float], share: float) -> float | None:
    """The smallest of ``values`` that a ``share`` of them do not exceed (nearest rank); ``None`` of none."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)] if ordered else None
