"""What a measure is taken from: the values that each case adds to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evals.intervals import Cluster, clustered, wilson
from evals.report import Measure
from evals.scored import ScoredCase

Key = tuple[str, str]
"""A suite and one of its cases."""


@dataclass(frozen=True, slots=True)
class Observed:
    """The values of a measure, each from 0 to 1, with the case that each comes from.

    The measure is their mean. Values of one case go together: they are one cluster.
    """

    name: str
    meaning: str
    values: tuple[tuple[Key, float], ...]
    less_is_better: bool = False

    def clusters(self) -> dict[Key, Cluster]:
        """What each case adds."""
        found: dict[Key, Cluster] = {}
        for key, value in self.values:
            before = found.get(key, Cluster(0.0, 0))
            found[key] = Cluster(before.total + value, before.many + 1)
        return found


def observed(
    name: str, meaning: str, values: Iterable[tuple[ScoredCase, float]], *, less_is_better: bool = False
) -> Observed:
    """The values that cases add to the measure ``name``."""
    return Observed(name, meaning, tuple((case.key, float(value)) for case, value in values), less_is_better)


def measure_of(seen: Observed) -> Measure:
    """The measure of the values seen.

    Where each case adds one value that is 0 or 1 the interval is Wilson's, elsewhere a bootstrap over cases.
    """
    values = [value for _, value in seen.values]
    total, of = float(sum(values)), len(values)
    clusters = tuple(seen.clusters().values())
    alone = len(clusters) == of and all(value in (0, 1) for value in values)
    low, high = wilson(total, of) if alone or not of else clustered(clusters)
    share = total / of if of else None
    right: float = int(total) if total.is_integer() else total
    return Measure(seen.name, seen.meaning, right, of, share, low, high, seen.less_is_better)
