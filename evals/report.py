"""The values of a report: what was measured, and every case with the reasons of its failures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from evals.gates import Verdict
from evals.intervals import wilson
from evals.name_part import Part
from evals.run import RunHeader
from evals.score_turn import Failure

Outcome = Literal["passed", "failed", "not_run"]


@dataclass(frozen=True, slots=True)
class Measure:
    """``right`` of ``of`` judged ones, as a share with its 95 % interval.

    ``right`` is a sum of values from 0 to 1, which need not be whole. ``share`` is ``None`` where nothing was
    judged. ``less_is_better`` marks the measures of what goes wrong.
    """

    name: str
    meaning: str
    right: float
    of: int
    share: float | None
    low: float
    high: float
    less_is_better: bool = False


def measure(name: str, meaning: str, right: int, of: int, *, less_is_better: bool = False) -> Measure:
    """The measure of ``right`` out of ``of`` independent ones, with Wilson's interval."""
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
    ``problem`` why it could not be run. ``why`` is the author's reason for what was expected. ``parts`` are
    the parts of the product that failed, ``ms`` is the time of all its turns in milliseconds.
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
    parts: tuple[Part, ...]
    ms: float


@dataclass(frozen=True, slots=True)
class Flaky:
    """A case that was asked ``repeats`` times and not answered the same: it passed ``passed`` times.

    ``differs`` says what came otherwise, in words, first by first.
    """

    suite: str
    case: str
    must_pass: bool
    passed: int
    repeats: int
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """Were questions answered from ``bound`` on, the share of all questions that would be (``coverage``), and
    of those answered the share that the guide does not answer (``risk``)."""

    coverage: float
    risk: float
    bound: float


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """Silence at every bound: ``points`` by rising coverage, and the one ``at`` which the pack answers.

    ``area`` is that under the curve (less is better), ``ranking`` the chance that a question that the guide
    answers is taken to be surer than one that it does not. ``of`` is the number of questions.
    """

    points: tuple[RiskPoint, ...]
    at: RiskPoint
    area: float
    ranking: float
    of: int


@dataclass(frozen=True, slots=True)
class Confusion:
    """``counts[i][j]`` cases were expected to end as ``labels[i]`` and ended as ``labels[j]``."""

    labels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class PartCount:
    """In how many failed cases a part of the product failed; a case may count for several."""

    part: Part
    cases: int


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
    """One scored run.

    ``turns_ms`` are the times of single turns in milliseconds, rising, ``p50_ms`` and ``p95_ms`` of these;
    ``None`` when no turn was answered. ``outcomes`` and
    ``silence`` are ``None`` where nothing was judged of that. ``flaky`` are cases of a run with repeats; its
    measures are those of the first time. ``gates`` is how it stood against gates, ``None`` without any.
    """

    run: RunHeader
    suites: tuple[SuiteCount, ...]
    measures: tuple[Measure, ...]
    facts: tuple[FactMeasure, ...]
    p50_ms: float | None
    p95_ms: float | None
    turns_ms: tuple[float, ...]
    cases: tuple[CaseResult, ...]
    parts: tuple[PartCount, ...] = ()
    outcomes: Confusion | None = None
    silence: RiskCoverage | None = None
    flaky: tuple[Flaky, ...] = ()
    gates: Verdict | None = None
    schema: str = field(default="groundrule.report/1")

    @property
    def all_passed(self) -> bool:
        """Whether every case was run and came back as expected."""
        return all(case.outcome == "passed" for case in self.cases)

    def measured(self) -> dict[str, Measure]:
        """Every measure by its name, precision and recall of facts among them."""
        facts = [one for fact in self.facts for one in (fact.precision, fact.recall)]
        return {one.name: one for one in (*self.measures, *facts)}
