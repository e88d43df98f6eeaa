"""Cases of a run with repeats that were not answered the same each time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals.report import Flaky
from evals.run import AnsweredCase
from evals.scored import ScoredCase
from evals.what_changed import what_changed


def find_flaky(
    times: Sequence[Sequence[ScoredCase]], answered: Sequence[Sequence[AnsweredCase]]
) -> tuple[Flaky, ...]:
    """The flaky ones of cases that were scored several ``times``, each with what came ``answered``."""
    return tuple(_flaky(times, answered))


def _flaky(
    times: Sequence[Sequence[ScoredCase]], answered: Sequence[Sequence[AnsweredCase]]
) -> Iterator[Flaky]:
    for scored, came in zip(times, answered, strict=True):
        first = came[0]
        differs = tuple(
            f"time {other.repeat}: {change}" for other in came[1:] for change in what_changed(first, other)
        )
        if not differs:
            continue
        passed = sum(case.outcome == "passed" for case in scored)
        case = scored[0].case
        yield Flaky(scored[0].suite.name, case.id, case.must_pass, passed, len(scored), differs)
