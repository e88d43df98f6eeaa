"""Every case of a report down to its conversation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ui.html_tags import lines, tag, text
from ui.review_rules import plain

if TYPE_CHECKING:
    from evals import CaseResult, Report
    from evals.report import Flaky

WORDS = {"failed": "Failed", "not_run": "Could not be run", "passed": "Passed"}


def cases_html(report: Report) -> str:
    """The cases by how they ended, those that may never fail first; passed ones are folded away."""
    shown = []
    for outcome, words in WORDS.items():
        cases = [case for case in report.cases if case.outcome == outcome]
        if not cases:
            continue
        inside = "".join(_case(case) for case in sorted(cases, key=lambda case: not case.must_pass))
        if outcome == "passed":
            shown.append(tag("details", tag("summary", f"{words}: {len(cases)}"), inside, class_="fold"))
        else:
            shown.append(tag("h3", f"{words}: {len(cases)}") + inside)
    return "".join(shown)


def flaky_html(flaky: Sequence[Flaky]) -> str:
    """The cases that were not answered the same each time."""
    entries = (
        tag(
            "li",
            tag("p", text(plain(f"{one.suite} · {one.case}: passed {one.passed} of {one.repeats} times"))),
            *(tag("p", text(plain(change)), class_="hint") for change in one.differs),
        )
        for one in flaky
    )
    return tag("ul", *entries, class_="findings")


def _case(case: CaseResult) -> str:
    name = tag("b", text(plain(case.case)))
    marks = "".join(tag("span", text(part), class_="kind") for part in case.parts)
    must = tag("span", "must pass", class_="kind constraint") if case.must_pass else ""
    summary = tag("summary", name, " ", must, marks, tag("span", text(plain(case.suite)), class_="place"))
    told = tag("p", text(plain(f"Why: {case.why}")), class_="hint")
    problem = tag("p", text(plain(case.problem)), class_="uncited") if case.problem else ""
    foot = tag("p", text(plain(f"{case.place} · {case.ms:.0f} ms{_tags(case)}")), class_="place")
    return tag("details", summary, told, problem, *_conversation(case), foot, class_=f"case {case.outcome}")


def _tags(case: CaseResult) -> str:
    return f" · {', '.join(case.tags)}" if case.tags else ""


def _conversation(case: CaseResult) -> Iterator[str]:
    for number, said in enumerate(case.said, 1):
        yield tag("p", lines(plain(said)), class_="said")
        if number <= len(case.replied):
            yield tag("p", lines(plain(case.replied[number - 1])), class_="replied")
        failures = [failure for failure in case.failures if failure.turn == number]
        if failures:
            yield tag(
                "dl",
                *(
                    tag(
                        "div",
                        tag("dt", text(plain(failure.what))),
                        tag("dd", text(plain(f"expected {failure.expected}"))),
                        tag("dd", text(plain(f"came {failure.came}"))),
                    )
                    for failure in failures
                ),
                class_="differs",
            )
