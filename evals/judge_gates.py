"""A run held against gates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals.compare_runs import Comparison
from evals.gates import Gates, Held, MeasureGate, Verdict
from evals.report import Report
from rules.errors import did_you_mean


def judge_gates(gates: Gates, report: Report, comparison: Comparison | None = None) -> Verdict:
    """How ``report`` stood against every gate.

    ``comparison`` is that with the run that must not be fallen behind; without one nothing is said about
    regressions. A measure that was not measured does not hold its gate.
    """
    return Verdict(tuple(_judged(gates, report, comparison)))


def _judged(gates: Gates, report: Report, comparison: Comparison | None) -> Iterator[Held]:
    if gates.must_pass:
        yield _must_pass(gates, report)
    if gates.all_run:
        apart = [case for case in report.cases if case.outcome == "not_run"]
        named = f": {_names([case.case for case in apart])}" if apart else ""
        yield Held("every case runs", not apart, f"{len(apart)} could not{named}", gates.file)
    for gate in gates.measures:
        yield _bound(gates, gate, report)
    if comparison is not None:
        yield from _regressions(gates, comparison)


def _must_pass(gates: Gates, report: Report) -> Held:
    must = [case for case in report.cases if case.must_pass]
    failed = [case.case for case in must if case.outcome != "passed"]
    failed += [one.case for one in report.flaky if one.must_pass and one.passed < one.repeats]
    told = (
        f"{len(set(failed))} of {len(must)} failed: {_names(failed)}" if failed else f"all {len(must)} passed"
    )
    return Held("must-pass cases", not failed, told, gates.file)


def _bound(gates: Gates, gate: MeasureGate, report: Report) -> Held:
    place = f"{gates.file}:{gate.line}"
    measured = report.measured()
    came = measured.get(gate.measure)
    if came is None or came.share is None:
        told = f"was not measured; {did_you_mean(gate.measure, tuple(measured))}"
        return Held(gate.measure, False, told, place)
    if gate.least is not None:
        value = came.low if gate.by == "interval" else came.share
        held, asked = value >= gate.least, f"at least {_percent(gate.least)}"
    else:
        value = came.high if gate.by == "interval" else came.share
        held, asked = value <= (gate.most or 0.0), f"at most {_percent(gate.most or 0.0)}"
    of = f"the interval ends at {_percent(value)}" if gate.by == "interval" else _percent(value)
    return Held(gate.measure, held, f"{of}, {asked} asked", place)


def _regressions(gates: Gates, comparison: Comparison) -> Iterator[Held]:
    if gates.no_regression == ():
        return
    wanted = gates.no_regression
    known = {one.name: one for one in comparison.differences}
    for name in wanted or ():
        if name not in known:
            told = f"was not measured in both runs; {did_you_mean(name, tuple(known))}"
            yield Held(f"no regression of {name}", False, told, gates.file)
    watched = [one for one in comparison.differences if wanted is None or one.name in wanted]
    worse = [one for one in watched if one.verdict == "worse"]
    for one in worse:
        told = f"{100 * one.difference:+.1f} points [{100 * one.low:+.1f}, {100 * one.high:+.1f}]"
        yield Held(f"no regression of {one.name}", False, told, gates.file)
    if watched and not worse:
        yield Held(
            "no regression", True, f"of {len(watched)} measures none is significantly worse", gates.file
        )


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _names(names: Sequence[str], most: int = 5) -> str:
    shown = list(dict.fromkeys(names))
    more = f" and {len(shown) - most} more" if len(shown) > most else ""
    return f"{', '.join(shown[:most])}{more}"
