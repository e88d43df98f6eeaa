"""Evals: stored runs of known questions, what failed in one, and what came out otherwise in another."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from evals import EvalsError, compare_runs, load_suites, read_run, score_run
from ui.html_tags import lines, tag, text
from ui.page_address import Address, write_address
from ui.page_document import document
from ui.page_top import Place
from ui.page_words import Words
from ui.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from evals import Measure, Report
    from evals.compare_runs import Comparison
    from evals.report import CaseResult

COMMAND: Final = "groundrule eval run --out {folder}/RUN.jsonl"
MOST_RUNS: Final = 50
MOST_CASES: Final = 200  # of one kind that are shown


@dataclass(frozen=True, slots=True)
class _Shown:
    """The page in the making: where it is, its words, and the facts that cases are given."""

    place: Place
    words: Words
    given: Mapping[tuple[str, str], Mapping[str, str]]


def evals_page(folder: Path, address: Address, place: Place, words: Words) -> str:
    """The page on the run of ``folder`` that the address names as ``run``, the newest by default.

    ``other`` in the address is the run to compare it with.
    """
    told = words.evals
    intro, _, rest = told.intro.partition("{command}")
    command = tag("code", text(COMMAND.format(folder=folder)))
    lead = tag("p", text(intro), command, text(rest), class_="lead")
    files = _files(folder)
    if not files:
        return document(place, told.title, words, lead, tag("p", text(told.none), class_="notice"))
    names = list(files)
    name = address.asked.get("run", "")
    name = name if name in files else names[0]
    other = address.asked.get("other", "")
    try:
        run = read_run(files[name])
        asked = {suite.name for suite in run.header.suites}
        suites = [suite for suite in load_suites(place.pack) if suite.name in asked]
        report = score_run(run, suites)
        compared = other in files and other != name
        difference = compare_runs(read_run(files[other]), run, suites) if compared else None
    except (EvalsError, OSError) as error:
        problem = tag("p", text(told.unread.format(problem=printable(str(error)))), class_="notice")
        return document(place, told.title, words, lead, _chooser(names, name, other, place, words), problem)
    given = {
        (suite.name, case.id): {fact: str(value) for fact, value in case.given.items()}
        for suite in suites
        for case in suite.cases
        if case.given is not None
    }
    shown = _Shown(place, words, given)
    return document(
        place,
        told.title,
        words,
        lead,
        _chooser(names, name, other, place, words),
        _head(report, words),
        _difference(shown, difference, report) if difference is not None else "",
        tag("div", _cases(shown, report), _measures(report.measures, words), class_="side-by-side"),
    )


def _files(folder: Path) -> dict[str, Path]:
    """The stored runs by name, the newest first."""
    found = [path for path in folder.glob("*.jsonl") if path.is_file()]
    newest = sorted(found, key=lambda path: (path.stat().st_mtime, path.name), reverse=True)
    return {path.name: path for path in newest[:MOST_RUNS]}


def _chooser(names: Sequence[str], name: str, other: str, place: Place, words: Words) -> str:
    told = words.evals
    return tag(
        "form",
        tag("input", type="hidden", name="pack", value=place.pack.id),
        tag("label", text(told.run), " ", _select("run", names, name)),
        tag("label", text(told.compare), " ", _select("other", ["", *names], other)),
        tag("button", text(told.compare_go), type="submit", class_="primary"),
        method="get",
        action="/evals",
        class_="chooser-row",
    )


def _select(name: str, values: Iterable[str], chosen: str) -> str:
    options = (
        tag(
            "option",
            text(printable(value) or "–"),
            value=value,
            **({"selected": ""} if value == chosen else {}),
        )
        for value in values
    )
    return tag("select", *options, name=name)


def _head(report: Report, words: Words) -> str:
    told = words.evals
    passed = sum(case.outcome == "passed" for case in report.cases)
    ran = sum(case.outcome != "not_run" for case in report.cases)
    rows = (
        (told.passed, f"{passed} / {ran}"),
        (told.guide, f"{report.run.pack} {report.run.pack_version}"),
        (told.started, report.run.started[:16].replace("T", " ")),
    )
    cells = (tag("div", tag("dt", text(name)), tag("dd", text(printable(value)))) for name, value in rows)
    return tag("dl", *cells, class_="counts")


def _measures(measures: Sequence[Measure], words: Words) -> str:
    told = words.evals
    heads = (tag("th", text(name), scope="col") for name in (told.measure, told.value, told.interval))
    rows = (
        tag(
            "tr",
            tag("th", text(one.meaning), scope="row"),
            tag("td", f"{100 * one.share:.0f} %"),
            tag("td", f"{100 * one.low:.0f}–{100 * one.high:.0f} %"),
        )
        for one in measures
        if one.share is not None
    )
    table = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows), class_="measures")
    title = tag("h3", text(told.measures), id="measures-title")
    return tag("section", title, table, aria_labelledby="measures-title")


def _difference(shown: _Shown, comparison: Comparison, report: Report) -> str:
    """What came out otherwise than in the run before, case by case, and how likely that is by chance."""
    told = shown.words.evals
    held = {(case.suite, case.case): case for case in report.cases}
    worse, better = (
        [held[case.suite, case.case] for case in comparison.cases if case.change == change]
        for change in ("regressed", "fixed")
    )
    if not better and not worse:
        return tag("p", text(told.same), class_="notice")
    return tag(
        "section",
        _listed(shown, told.worse, worse),
        _listed(shown, told.better, better),
        tag("p", text(told.chance.format(p=f"{comparison.p:.2g}")), class_="hint"),
        class_="difference",
    )


def _cases(shown: _Shown, report: Report) -> str:
    told = shown.words.evals
    failed = [case for case in report.cases if case.outcome == "failed"]
    not_run = [case for case in report.cases if case.outcome == "not_run"]
    inner = _listed(shown, told.failures, failed) or tag("p", text(told.no_failures), class_="notice")
    return tag("div", inner, _listed(shown, told.not_run, not_run))


def _listed(shown: _Shown, title: str, cases: Sequence[CaseResult]) -> str:
    if not cases:
        return ""
    entries = (_case(shown, case) for case in cases[:MOST_CASES])
    return tag("h3", text(title.format(count=len(cases)))) + tag("ul", *entries, class_="cases")


def _case(shown: _Shown, case: CaseResult) -> str:
    name = printable(f"{case.suite}/{case.case}")
    reasons = [case.problem] if case.problem else [str(failure) for failure in case.failures]
    told = shown.words.evals
    link = tag("a", text(told.asked), href=_in_ask(shown, case), aria_label=told.asked_of.format(case=name))
    return tag(
        "li",
        tag("p", tag("b", text(name)), " ", link, class_="case-name"),
        *(tag("p", lines(printable(said)), class_="case-said") for said in case.said if said),
        tag("ul", *(tag("li", lines(printable(reason))) for reason in reasons)),
        tag("p", text(printable(case.place)), class_="place"),
    )


def _in_ask(shown: _Shown, case: CaseResult) -> str:
    """Ask with the case's facts, or with its first message in the box."""
    given = shown.given.get((case.suite, case.case))
    if given is not None:
        return write_address(shown.place.pack, given)
    return write_address(shown.place.pack, {}, say=next(iter(case.said), ""))
