"""One page that holds a whole report: figures, plots, and every case down to its conversation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ui.eval_cases import cases_html, flaky_html
from ui.eval_plots import history_plot, risk_plot, time_plot
from ui.eval_tables import facts_table, gates_list, measures_table, outcomes_table, suites_table
from ui.html_tags import tag, text
from ui.one_page import one_page, top
from ui.review_rules import plain

if TYPE_CHECKING:
    from evals import Report

Part = tuple[str, str, str]  # anchor, heading, HTML


def report_html(report: Report, earlier: Sequence[Report] = ()) -> str:
    """The page, the same bytes for the same report; ``earlier`` reports are its history."""
    from evals.render_report import asked_words

    run = report.run
    parts = list(_parts(report, earlier))
    links = (tag("li", tag("a", text(heading), href=f"#{anchor}")) for anchor, heading, _ in parts)
    contents = tag("nav", tag("h2", "Contents", id="contents"), tag("ol", *links), aria_labelledby="contents")
    sections = (
        tag("section", tag("h2", text(heading), id=anchor), html, class_="part", aria_labelledby=anchor)
        for anchor, heading, html in parts
    )
    body = (
        top("Known questions", plain(f"{run.pack}: how good it is"), plain(", ".join(asked_words(run))))
        + tag("div", contents, tag("main", *sections, id="content"), class_="desk")
        + tag("footer", tag("p", text(_versions(report))), class_="end")
    )
    return one_page(plain(f"{run.pack}: report of {run.started}"), body, "review.css", "eval.css")


def _parts(report: Report, earlier: Sequence[Report]) -> Iterator[Part]:
    yield "overview", "At a glance", _overview(report) + suites_table(report)
    if report.gates is not None:
        yield "gates", "Gates", gates_list(report.gates)
    yield "measures", "Measures", measures_table(report.measures)
    if report.facts:
        yield "facts", "Facts read", facts_table(report.facts)
    if report.outcomes is not None:
        yield "outcomes", "Outcomes", outcomes_table(report.outcomes)
    if report.silence is not None:
        yield "silence", "Silence", risk_plot(report.silence)
    if report.turns_ms:
        yield "times", "Times", time_plot(report)
    if earlier:
        runs = sorted((*earlier, report), key=lambda one: one.run.started)
        yield "history", "History", history_plot(runs)
    if report.flaky:
        yield "flaky", "Flaky cases", flaky_html(report.flaky)
    yield "cases", "Cases", cases_html(report)


def _overview(report: Report) -> str:
    outcomes = [case.outcome for case in report.cases]
    counts = [("passed", str(outcomes.count("passed"))), ("failed", str(outcomes.count("failed")))]
    if "not_run" in outcomes:
        counts.append(("not run", str(outcomes.count("not_run"))))
    if report.flaky:
        counts.append(("flaky", str(len(report.flaky))))
    if report.p50_ms is not None and report.p95_ms is not None:
        counts += [
            ("ms, half of the turns", f"{report.p50_ms:.0f}"),
            ("ms, 95 % of them", f"{report.p95_ms:.0f}"),
        ]
    told = tag(
        "dl",
        *(tag("div", tag("dt", text(name)), tag("dd", count)) for name, count in counts),
        class_="counts",
    )
    if not report.parts:
        return told
    failed = ", ".join(f"{one.part} in {one.cases}" for one in report.parts)
    return told + tag("p", text(f"Failed parts, by cases: {failed}."), class_="hint")


def _versions(report: Report) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in report.run.versions.items())
    return plain(f"Pack sha256 {report.run.pack_sha256} · {versions}")
