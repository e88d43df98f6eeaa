"""Sets of others, each run through the part of the product that it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import Progress
from evals.errors import OutsideError
from evals.external_rows import Sample
from evals.intervals import Cluster, clustered, wilson


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure on a set: the mean of values from 0 to 1, with its 95 % interval.

    ``task`` says what of the set was asked, ``part`` which part of the product answered. ``of`` is the number
    of values, ``pool`` how many documents were searched for each of them (0: nothing was searched).
    """

    set: str
    task: str
    part: str
    measure: str
    value: float
    low: float
    high: float
    of: int
    pool: int = 0
    less_is_better: bool = False


@dataclass(frozen=True, slots=True)
class Absent:
    """What a set asks for and the product has no part for: nothing was run, and nothing is scored."""

    set: str
    task: str
    reason: str


@dataclass(frozen=True, slots=True)
class Setting:
    """How sets are run: which rows, where indexes of their texts are kept, and who is told how far it is."""

    sample: Sample
    cache: Path
    progress: Progress


Told = Iterable[Figure | Absent]
Adapter = Callable[[Path, Setting], Told]
"""Runs the set in a folder."""


def figure(
    named: tuple[str, str, str, str],
    values: Sequence[tuple[str, float]],
    *,
    pool: int = 0,
    less_is_better: bool = False,
) -> Figure:
    """The mean of ``values``, each with what it belongs to: values of one source go together.

    ``named`` is (set, task, part, measure). The interval is Wilson's where each source has one value that is
    0 or 1, and elsewhere that of a bootstrap over sources.
    """
    clusters: dict[str, Cluster] = {}
    for source, value in values:
        before = clusters.get(source, Cluster(0.0, 0))
        clusters[source] = Cluster(before.total + value, before.many + 1)
    total, of = sum(value for _, value in values), len(values)
    alone = len(clusters) == of and all(value in (0, 1) for _, value in values)
    low, high = wilson(total, of) if alone or not of else clustered(tuple(clusters.values()))
    name, task, part, measured = named
    value = total / of if of else 0.0
    return Figure(name, task, part, measured, value, low, high, of, pool, less_is_better)


def measure_external(folder: Path, names: Sequence[str], setting: Setting) -> tuple[Figure | Absent, ...]:
    """The figures of the sets ``names`` in ``folder``, by default of all that lie there and are known.

    Raises :class:`OutsideError` for a set that is not known or not there, and for rows that cannot be read.
    """
    from evals.external_sets import ADAPTERS, NO_PART

    known = (*ADAPTERS, *NO_PART)
    if not folder.is_dir():
        raise OutsideError(str(folder), "there is no such folder", "name the folder that holds the sets")
    chosen = tuple(names) or tuple(name for name in known if (folder / name).is_dir())
    if not chosen:
        raise OutsideError(str(folder), "none of the sets lies there", f"it knows: {', '.join(known)}")
    for name in chosen:
        if name not in known:
            raise OutsideError(name, "the set is not known", f"it knows: {', '.join(known)}")
        if not (folder / name).is_dir():
            raise OutsideError(str(folder / name), "there is no such folder", "put the set there")
    found: list[Figure | Absent] = []
    for name in chosen:
        found += ADAPTERS[name](folder / name, setting) if name in ADAPTERS else ()
        found += (Absent(name, task, reason) for task, reason in NO_PART.get(name, ()))
    return tuple(one for one in found if isinstance(one, Absent) or one.of)
