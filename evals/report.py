"""The values of a report: what was measured, and every case with the reasons of its failures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from evals.intervals import wilson
from evals.run import RunHeader
from evals.score_turn import Failure

Outcome = Literal["passed", "failed", "not_run"]


@dataclass(frozen=True, slots=True)
class Measure:
    """``right`` of ``of`` judged ones, as a share with its 95 % Wilson interval.

    ``share`` is ``None`` where nothing was judged. ``less_is_better`` marks the measures of what goes wrong.
    """

    name: str
    meaning: str
    right: int
    of: int
    share: float | None
    low: float
    high: float
    less_is_better: bool = False


def measure(name: str, meaning: str, right: int, of: int, *, less_is_better: bool = False) -> Measure:
    """The measure of ``right`` out of ``of``."""
    low, high = wilson(right, of)
    return Measure(name, meaning, right, of, right / of if of else None, low, high, less_is_better)


@dataclass(frozen=True, slots=True)
class FactMeasure:
    """How well one value of one fact is read: of those that came how many should, and the other way round."""

    fact: str
    value: str
    precision: Measure
    recall: Measure


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How one case ended.

    ``said`` and ``replied`` are the conversation; ``failures`` every difference, in the order of its turns;
    ``problem`` why it could not be run. ``why`` is the author's reason for what was expected.
    """

    suite: str
    case: str
    outcome: Outcome
    must_pass: bool
    tags: tuple[str, ...]
    why: str
    place: str
    said: tuple[str, ...]
    replied: tuple[str, ...]
    failures: tuple[Failure, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class SuiteCount:
    """The cases of one suite. Those that could not run are in none of ``passed`` and ``failed``."""

    name: str
    about: str
    passed: int
    failed: int
    not_run: int
    share: Measure


@dataclass(frozen=True, slots=True)
class Report:
    """One scored run. ``p50_ms`` and ``p95_ms`` are of single turns, ``None`` when no turn was answered."""

    run: RunHeader
    suites: tuple[SuiteCount, ...]
    measures: tuple[Measure, ...]
    facts: tuple[FactMeasure, ...]
    p50_ms: float | None
    p95_ms: float | None
    cases: tuple[CaseResult, ...]
    schema: str = field(default="groundrule.report/1")

    @property
    def all_passed(self) -> bool:
        """Whether every case was run and came back as expected."""
        return all(case.outcome == "passed" for case in self.cases)
