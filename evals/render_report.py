"""A report as text for people, and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import TypeAdapter

from evals.report import CaseResult, FactMeasure, Measure, Report, SuiteCount

NAME_WIDTH = 34


def render_report(report: Report) -> str:
    """The report in words: counts, measures with their intervals, then every failure with its reason."""
    run = report.run
    lines = [
        f"Pack {run.pack} {run.pack_version} ({run.pack_sha256[:12]}), {run.started}",
        "",
        *_suites(report.suites),
        "",
        *(_measure(one) for one in report.measures),
        *_times(report),
        "",
        *_facts(report.facts),
        *_cases(report.cases),
    ]
    return "\n".join(lines).rstrip() + "\n"


def report_json(report: Report) -> str:
    """The report as one JSON document."""
    return TypeAdapter(Report).dump_json(report, by_alias=True, indent=1).decode()


def share_words(one: Measure) -> str:
    """A share with what it was taken from: ``"45 of 50  90.0 % [78.6, 95.7]"``."""
    if one.share is None:
        return "nothing judged"
    share, low, high = (f"{100 * value:.1f}" for value in (one.share, one.low, one.high))
    return f"{one.right:4} of {one.of:4}  {share:>5} % [{low}, {high}]"


def _suites(suites: Sequence[SuiteCount]) -> Iterator[str]:
    for suite in suites:
        apart = f", {suite.not_run} not run" if suite.not_run else ""
        yield f"{suite.name:{NAME_WIDTH}} passed {share_words(suite.share)}{apart}"


def _measure(one: Measure) -> str:
    better = "  (less is better)" if one.less_is_better else ""
    return f"{one.name:{NAME_WIDTH}} {share_words(one)}{better}"


def _times(report: Report) -> Iterator[str]:
    if report.p50_ms is not None and report.p95_ms is not None:
        yield f"{'time of a turn':{NAME_WIDTH}} p50 {report.p50_ms:.0f} ms, p95 {report.p95_ms:.0f} ms"


def _facts(facts: Sequence[FactMeasure]) -> Iterator[str]:
    if not facts:
        return
    yield f"{'Facts read':{NAME_WIDTH}} precision{'':25} recall"
    for fact in facts:
        named = "all facts" if fact.fact == "all" else f"{fact.fact} = {fact.value}"
        yield f"{named:{NAME_WIDTH}} {share_words(fact.precision):34} {share_words(fact.recall)}"
    yield ""


def _cases(cases: Sequence[CaseResult]) -> Iterator[str]:
    failed = [case for case in cases if case.outcome == "failed"]
    apart = [case for case in cases if case.outcome == "not_run"]
    if not failed and not apart:
        yield f"All {len(cases)} cases passed."
    for case in sorted(failed, key=lambda case: not case.must_pass):
        yield f"FAILED {case.suite} · {case.case}{'  (must pass)' if case.must_pass else ''}  {case.place}"
        yield from _conversation(case)
        yield f"    because: {case.why}"
        yield ""
    for case in apart:
        yield f"NOT RUN {case.suite} · {case.case}  {case.place}: {case.problem}"


def _conversation(case: CaseResult) -> Iterator[str]:
    for number, said in enumerate(case.said, 1):
        yield f"    {number}> {_line(said)}"
        for failure in case.failures:
            if failure.turn == number:
                yield f"       {failure.what}: expected {failure.expected}; came {_line(failure.came, 400)}"


def _line(text: str, most: int = 200) -> str:
    """``text`` on one line, every character of it one that a terminal can show."""
    line = " ".join(text.split())
    shown = line if len(line) <= most else line[: most - 1] + "…"
    return "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in shown
    )
