"""A report as text for people, and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import TypeAdapter

from evals.report import CaseResult, FactMeasure, Flaky, Measure, Report, SuiteCount
from evals.run import RunHeader

NAME_WIDTH = 34


def render_report(report: Report) -> str:
    """The report in words: counts, measures with their intervals, then every failure with its reason."""
    run = report.run
    lines = [
        *asked_words(run),
        "",
        *_suites(report.suites),
        "",
        *(_measure(one) for one in report.measures),
        *_times(report),
        *_silence(report),
        "",
        *_facts(report.facts),
        *_parts(report),
        *_flaky(report.flaky),
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
    whole = f"{one.right:4}" if isinstance(one.right, int) else f"{one.right:4.1f}"
    return f"{whole} of {one.of:4}  {share:>5} % [{low}, {high}]"


def asked_words(run: RunHeader) -> Iterator[str]:
    """What was asked, how and when."""
    yield f"Pack {run.pack} {run.pack_version} ({run.pack_sha256[:12]}), {run.started}"
    settings = run.settings
    told = [f"via {run.via}"] if run.via else []
    told += [f"with the language model {run.model}" if run.model else "without a language model"]
    told += [f"tags {', '.join(settings.tags)}"] if settings.tags else []
    told += [f"a sample of {settings.sample}, seed {settings.seed}"] if settings.sample is not None else []
    told += [f"each case {settings.repeat} times"] if settings.repeat > 1 else []
    told += [f"index {run.index[:12]}"] if run.index else []
    yield ", ".join([*told, run.machine] if run.machine else told)


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


def _silence(report: Report) -> Iterator[str]:
    if (silence := report.silence) is None:
        return
    at = silence.at
    yield (
        f"{'silence, risk at coverage':{NAME_WIDTH}} {100 * at.risk:.1f} % of the {100 * at.coverage:.1f} % "
        f"answered are not in the guide; area under the curve {silence.area:.3f}, "
        f"ranking {silence.ranking:.3f}"
    )


def _parts(report: Report) -> Iterator[str]:
    if report.parts:
        yield "Failed parts: " + ", ".join(f"{one.part} in {one.cases} cases" for one in report.parts)
        yield ""


def _flaky(flaky: Sequence[Flaky]) -> Iterator[str]:
    for one in flaky:
        yield f"FLAKY {one.suite} · {one.case}  passed {one.passed} of {one.repeats} times"
        yield from (f"    {_line(change)}" for change in one.differs)
    if flaky:
        yield ""


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
        yield f"    failed: {', '.join(case.parts)}"
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
