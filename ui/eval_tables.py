"""The tables of a report: measures, facts, outcomes and gates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ui.html_tags import tag, text
from ui.review_rules import plain

if TYPE_CHECKING:
    from evals import Measure, Report, Verdict
    from evals.report import Confusion, FactMeasure

SHADES = 4  # of a cell in the table of outcomes, by its share of the row


def suites_table(report: Report) -> str:
    """How many cases of each suite passed, failed, or could not be run."""
    rows = (
        (one.name, str(one.passed), str(one.failed), str(one.not_run), _share(one.share))
        for one in report.suites
    )
    return _table("Suites", ("suite", "passed", "failed", "not run", "share passed [95 %]"), rows)


def measures_table(measures: Sequence[Measure]) -> str:
    """Every measure with its interval, what it was taken from and what it means."""
    rows = (
        (
            one.name + (" (less is better)" if one.less_is_better else ""),
            _share(one),
            str(one.of),
            one.meaning,
        )
        for one in measures
    )
    return _table("Measures", ("measure", "share [95 %]", "of", "meaning"), rows)


def facts_table(facts: Sequence[FactMeasure]) -> str:
    """Precision and recall of every value of every fact."""
    rows = (
        (
            "all facts" if one.fact == "all" else f"{one.fact} = {one.value}",
            f"{_share(one.precision)} of {one.precision.of}",
            f"{_share(one.recall)} of {one.recall.of}",
        )
        for one in facts
    )
    return _table("Facts read", ("fact", "precision [95 %]", "recall [95 %]"), rows)


def outcomes_table(outcomes: Confusion) -> str:
    """Which outcome came where another was expected; a cell is the darker the more of its row it holds."""
    head = tag("tr", tag("th", "expected ↓ came →", scope="col"), *(_head(name) for name in outcomes.labels))
    rows = []
    for place, (label, counts) in enumerate(zip(outcomes.labels, outcomes.counts, strict=True)):
        cells = (
            tag("td", str(count) if count else "·", class_=_shade(count, sum(counts), right=at == place))
            for at, count in enumerate(counts)
        )
        rows.append(tag("tr", tag("th", text(plain(label)), scope="row"), *cells))
    return _wide("Outcomes", tag("table", tag("thead", head), tag("tbody", *rows), class_="outcomes"))


def gates_list(verdict: Verdict) -> str:
    """Every gate, those that did not hold first."""
    missed = sum(not gate.held for gate in verdict.gates)
    told = f"{missed} of {len(verdict.gates)} gates did not hold." if missed else "Every gate held."
    rows = (
        ("held" if gate.held else "not held", gate.name, gate.told, gate.place)
        for gate in sorted(verdict.gates, key=lambda gate: gate.held)
    )
    return tag("p", text(told), class_=f"verdict {'bad' if missed else 'ok'}") + _table(
        "Gates", ("", "gate", "", "where"), rows
    )


def _head(name: str) -> str:
    return tag("th", text(plain(name)), scope="col") if name else tag("td")


def _shade(count: int, of: int, *, right: bool) -> str:
    shade = -(-SHADES * count // of) if of else 0
    return f"{'right' if right else 'wrong'} s{shade}" if count else ""


def _share(one: Measure) -> str:
    if one.share is None:
        return "nothing judged"
    return f"{100 * one.share:.1f} % [{100 * one.low:.1f}, {100 * one.high:.1f}]"


def _table(name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = tag("tr", *(_head(one) for one in heads))
    body = (
        tag("tr", tag("th", text(plain(first)), scope="row"), *(tag("td", text(plain(one))) for one in rest))
        for first, *rest in rows
    )
    return _wide(name, tag("table", tag("thead", head), tag("tbody", *body), class_="figures"))


def _wide(name: str, table: str) -> str:
    # A table that is wider than a small screen is scrolled, by the keyboard as well.
    return tag("div", table, class_="wide", role="region", aria_label=f"{name}, a table", tabindex="0")
