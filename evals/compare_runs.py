"""Two runs held against each other by the same suites: what got better, what got worse, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from evals.gates import Verdict
from evals.intervals import Cluster, clustered_difference
from evals.measure_facts import observe_facts
from evals.measure_run import observe
from evals.observed import Observed, measure_of
from evals.report import Measure
from evals.run import AnsweredCase, Run, RunHeader
from evals.score_run import first_answers, scored_cases
from evals.scored import ScoredCase
from evals.suite import Suite
from evals.what_changed import what_changed

Change = Literal["regressed", "fixed", "still_failing", "unchanged", "not_compared"]
NOTHING = Cluster(0.0, 0)
NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True)
class ComparedCase:
    """One case in both runs: how its outcome changed, and what of its answer did (``changed``, in words).

    ``before`` and ``after`` hold the reasons of its failures. One that could not be run in both is not
    compared; ``problem`` then says why.
    """

    suite: str
    case: str
    change: Change
    must_pass: bool
    place: str
    said: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    changed: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure in both runs, over the cases that were run in both.

    ``difference`` is ``after`` less ``before``, with its 95 % interval from a bootstrap over cases.
    ``verdict`` is "better" or "worse" where that interval leaves out 0, else "same".
    """

    name: str
    before: Measure
    after: Measure
    difference: float
    low: float
    high: float
    verdict: Literal["better", "worse", "same"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """``after`` against ``before``.

    ``p`` is the exact p of McNemar's test on regressed against fixed cases: how likely so uneven a split, or
    a more uneven one, is by chance. ``reworded`` counts the unchanged cases whose answers differ. ``gates``
    is how ``after`` stood against gates, ``None`` without any.
    """

    before: RunHeader
    after: RunHeader
    regressed: int
    fixed: int
    still_failing: int
    unchanged: int
    not_compared: int
    reworded: int
    p: float
    differences: tuple[Difference, ...]
    cases: tuple[ComparedCase, ...]
    gates: Verdict | None = None
    schema: str = field(default="groundrule.difference/1")

    @property
    def worse(self) -> bool:
        """Whether a measure is significantly worse, or a case that must pass regressed."""
        fell = any(case.change == "regressed" and case.must_pass for case in self.cases)
        return fell or any(one.verdict == "worse" for one in self.differences)


def compare_runs(before: Run, after: Run, suites: Sequence[Suite]) -> Comparison:
    """``after`` held against ``before``, both scored by ``suites`` as they are now."""
    old = {case.key: case for case in scored_cases(before, suites)}
    new = {case.key: case for case in scored_cases(after, suites)}
    answers = first_answers(before), first_answers(after)
    keys = [*old, *(key for key in new if key not in old)]
    cases = tuple(
        _compared(old.get(key), new.get(key), answers[0].get(key), answers[1].get(key)) for key in keys
    )
    counts = Counter(case.change for case in cases)
    both = [key for key, case in zip(keys, cases, strict=True) if case.change != "not_compared"]
    return Comparison(
        before=before.header,
        after=after.header,
        regressed=counts["regressed"],
        fixed=counts["fixed"],
        still_failing=counts["still_failing"],
        unchanged=counts["unchanged"],
        not_compared=counts["not_compared"],
        reworded=sum(case.change == "unchanged" and bool(case.changed) for case in cases),
        p=mcnemar(counts["regressed"], counts["fixed"]),
        differences=tuple(_differences([old[key] for key in both], [new[key] for key in both])),
        cases=cases,
    )


def mcnemar(regressed: int, fixed: int) -> float:
    """The exact two-sided p of McNemar's test; 1 where nothing flipped.

    Method: Q. McNemar, "Note on the sampling error of the difference between correlated proportions or
    percentages", Psychometrika 12 (1947), with the binomial distribution in place of its approximation.
    """
    if not regressed + fixed:
        return 1.0
    from scipy.stats import binomtest  # 0.5 s

    return float(binomtest(fixed, regressed + fixed, 0.5).pvalue)


def _compared(
    old: ScoredCase | None, new: ScoredCase | None, before: AnsweredCase | None, after: AnsweredCase | None
) -> ComparedCase:
    case = new or old
    if case is None:
        raise ValueError("one of the two runs must hold the case")
    problem = _problem(old, new)
    return ComparedCase(
        suite=case.suite.name,
        case=case.case.id,
        change="not_compared" if problem or old is None or new is None else _change(old, new),
        must_pass=case.case.must_pass,
        place=f"{case.suite.file}:{case.case.line}",
        said=tuple(turn.say for turn in case.case.turns),
        before=tuple(map(str, old.failures)) if old else (),
        after=tuple(map(str, new.failures)) if new else (),
        changed=what_changed(before, after) if before and after and not problem else (),
        problem=problem,
    )


def _problem(old: ScoredCase | None, new: ScoredCase | None) -> str:
    """Why a case cannot be compared; empty when it can."""
    for which, one in (("before", old), ("after", new)):
        if one is None:
            return f"{which}: {NOT_ASKED}"
        if one.problem:
            return f"{which}: {one.problem}"
    return ""


def _change(old: ScoredCase, new: ScoredCase) -> Change:
    passed = old.outcome == "passed", new.outcome == "passed"
    named: dict[tuple[bool, bool], Change] = {
        (True, True): "unchanged",
        (True, False): "regressed",
        (False, True): "fixed",
        (False, False): "still_failing",
    }
    return named[passed]


def _differences(old: Sequence[ScoredCase], new: Sequence[ScoredCase]) -> Iterator[Difference]:
    """Every measure that both runs have, over the same cases."""
    before = {one.name: one for one in _observed(old)}
    for after in _observed(new):
        if after.name in before and after.values and before[after.name].values:
            yield _difference(before[after.name], after)


def _observed(cases: Sequence[ScoredCase]) -> Iterator[Observed]:
    yield from observe(cases)
    for fact in observe_facts([case for case in cases if case.case.given is None]):
        yield fact.precision
        yield fact.recall


def _difference(before: Observed, after: Observed) -> Difference:
    old, new = before.clusters(), after.clusters()
    keys = sorted(old.keys() | new.keys())
    low, high = clustered_difference(
        [old.get(key, NOTHING) for key in keys], [new.get(key, NOTHING) for key in keys]
    )
    was, now = measure_of(before), measure_of(after)
    difference = (now.share or 0.0) - (was.share or 0.0)
    rises = low > 0 or high < 0
    better = (low > 0) != after.less_is_better
    verdict: Literal["better", "worse", "same"] = "same" if not rises else "better" if better else "worse"
    return Difference(after.name, was, now, difference, low, high, verdict)
