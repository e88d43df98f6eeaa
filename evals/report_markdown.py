"""A report as Markdown: measures in a table, then every failure with its reason."""

from __future__ import annotations

from collections.abc import Iterator

from evals.plain import as_markdown
from evals.render_comparison import gates_markdown
from evals.render_report import asked_words
from evals.report import CaseResult, Measure, Report


def report_markdown(report: Report) -> str:
    """The report as Markdown."""
    told = [*(as_markdown(line) + "  " for line in asked_words(report.run)), ""]
    if (verdict := report.gates) is not None:
        told += [*gates_markdown(verdict), ""]
    told += ["| suite | passed | failed | not run |", "|---|---|---|---|"]
    told += [
        f"| {as_markdown(one.name)} | {one.passed} | {one.failed} | {one.not_run} |" for one in report.suites
    ]
    told += ["", "| measure | share | 95 % interval | of |", "|---|---|---|---|"]
    told += [_row(one) for one in report.measured().values() if one.share is not None]
    if report.p50_ms is not None and report.p95_ms is not None:
        told += ["", f"Time of a turn: p50 {report.p50_ms:.0f} ms, p95 {report.p95_ms:.0f} ms."]
    failed = [case for case in report.cases if case.outcome != "passed"]
    told += ["", f"{len(failed)} of {len(report.cases)} cases did not pass.", ""]
    for case in failed:
        told += _case(case)
    return "\n".join(told).rstrip() + "\n"


def _row(one: Measure) -> str:
    low, high = f"{100 * one.low:.1f}", f"{100 * one.high:.1f}"
    less = " (less is better)" if one.less_is_better else ""
    return f"| {as_markdown(one.name)}{less} | {100 * (one.share or 0):.1f} % | {low} to {high} | {one.of} |"


def _case(case: CaseResult) -> Iterator[str]:
    must = " (must pass)" if case.must_pass else ""
    yield f"- **{as_markdown(f'{case.suite} · {case.case}')}**{must} {as_markdown(case.place)}"
    if case.problem:
        yield f"  - not run: {as_markdown(case.problem)}"
    for failure in case.failures:
        yield f"  - {as_markdown(str(failure))}"
