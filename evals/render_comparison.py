"""A comparison of two runs as text for people, as JSON for programs, and as Markdown for a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import TypeAdapter

from evals.compare_runs import NOT_ASKED, ComparedCase, Comparison, Difference
from evals.gates import Verdict
from evals.plain import as_markdown
from evals.render_report import NAME_WIDTH, asked_words

WORDS = {"regressed": "REGRESSED", "fixed": "FIXED", "still_failing": "STILL FAILING"}
MOST_SHOWN = 25  # cases of one kind in a comment; all are in the report


def render_comparison(comparison: Comparison) -> str:
    """The comparison in words: counts, measures that both runs have, then every flip with what changed."""
    lines = [
        *(f"A: {line}" for line in asked_words(comparison.before)),
        *(f"B: {line}" for line in asked_words(comparison.after)),
        "",
        counted(comparison),
        f"McNemar's exact p: {comparison.p:.3f}",
        "",
        *(_difference(one) for one in comparison.differences),
        "",
    ]
    for change, word in WORDS.items():
        for case in _of(comparison, change):
            lines += [f"{word} {case.suite} · {case.case}{_must(case)}  {case.place}", *_why(case), ""]
    for case in _of(comparison, "not_compared"):
        if not case.problem.endswith(NOT_ASKED):  # a sample leaves hundreds out, and means to
            lines.append(f"NOT COMPARED {case.suite} · {case.case}  {case.place}: {case.problem}")
    if (verdict := comparison.gates) is not None:
        lines += ["", *gate_lines(verdict)]
    return "\n".join(lines).rstrip() + "\n"


def comparison_json(comparison: Comparison) -> str:
    """The comparison as one JSON document."""
    return TypeAdapter(Comparison).dump_json(comparison, by_alias=True, indent=1).decode()


def comparison_markdown(comparison: Comparison) -> str:
    """The comparison as Markdown of at most some thousand words, as a comment on a pull request."""
    told = [f"**{as_markdown(counted(comparison))}** McNemar's exact p: {comparison.p:.3f}", ""]
    if (verdict := comparison.gates) is not None:
        told += [*gates_markdown(verdict), ""]
    changed = [one for one in comparison.differences if one.verdict != "same" or one.difference]
    if changed:
        told += ["| measure | before | after | difference |", "|---|---|---|---|"]
        told += [_row(one) for one in sorted(changed, key=lambda one: one.verdict == "same")]
        told += [""]
    for change in ("regressed", "fixed"):
        told += _folded(change, _of(comparison, change))
    return "\n".join(told).rstrip() + "\n"


def counted(comparison: Comparison) -> str:
    """How many cases flipped, and how many did not."""
    apart = f", {comparison.not_compared} not compared" if comparison.not_compared else ""
    return (
        f"{comparison.regressed} regressed, {comparison.fixed} fixed, "
        f"{comparison.still_failing} still failing, {comparison.unchanged} unchanged "
        f"({comparison.reworded} with another answer){apart}."
    )


def gate_lines(verdict: Verdict) -> Iterator[str]:
    """Each gate on a line, those that did not hold first."""
    for gate in sorted(verdict.gates, key=lambda gate: gate.held):
        yield f"{'held' if gate.held else 'NOT HELD':8}  {gate.place}: {gate.name}: {gate.told}"


def gates_markdown(verdict: Verdict) -> Iterator[str]:
    """The gates that did not hold, or one line that all did."""
    failed = [gate for gate in verdict.gates if not gate.held]
    if not failed:
        yield f"All {len(verdict.gates)} gates held."
    for gate in failed:
        told = as_markdown(f"{gate.name}: {gate.told} ({gate.place})")
        yield f"- **Gate not held:** {told}"


def _of(comparison: Comparison, change: str) -> list[ComparedCase]:
    found = [case for case in comparison.cases if case.change == change]
    return sorted(found, key=lambda case: not case.must_pass)


def _must(case: ComparedCase) -> str:
    return "  (must pass)" if case.must_pass else ""


def _why(case: ComparedCase) -> Iterator[str]:
    yield from (f"    changed: {change}" for change in case.changed)
    shown = case.before if case.change == "fixed" else case.after
    label = "was" if case.change == "fixed" else "now"
    yield from (f"    {label}: {' '.join(failure.split())}" for failure in shown)


def _points(one: Difference) -> str:
    return f"{100 * one.difference:+.1f} points [{100 * one.low:+.1f}, {100 * one.high:+.1f}]"


def _difference(one: Difference) -> str:
    was, now = (f"{100 * (side.share or 0):5.1f} %" for side in (one.before, one.after))
    verdict = f"  {one.verdict.upper()}" if one.verdict != "same" else ""
    return f"{one.name:{NAME_WIDTH}} {was} → {now}  {_points(one)}{verdict}"


def _row(one: Difference) -> str:
    was, now = (f"{100 * (side.share or 0):.1f} % of {side.of}" for side in (one.before, one.after))
    verdict = f" **{one.verdict}**" if one.verdict != "same" else ""
    return f"| {as_markdown(one.name)} | {was} | {now} | {_points(one)}{verdict} |"


def _folded(change: str, cases: Sequence[ComparedCase]) -> Iterator[str]:
    if not cases:
        return
    yield f"<details><summary>{len(cases)} {change}</summary>"
    yield ""
    for case in cases[:MOST_SHOWN]:
        yield f"- **{as_markdown(f'{case.suite} · {case.case}')}**{_must(case)} ({as_markdown(case.place)})"
        yield from (f"  - {as_markdown(line.strip())}" for line in _why(case))
    if len(cases) > MOST_SHOWN:
        yield f"- and {len(cases) - MOST_SHOWN} more"
    yield ""
    yield "</details>"
    yield ""
