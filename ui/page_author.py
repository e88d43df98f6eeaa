"""Author: what whoever keeps a pack needs to know, read from its files as they are now."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import PackError, TooLargeError, open_pack
from assistant.drift import drift_problems, drift_report, read_locked_pack
from evals.check_report import check
from evals.coverage_report import coverage_report
from evals.errors import SuiteError
from ui.html_tags import lines, tag, text
from ui.page_address import write_address
from ui.page_document import document
from ui.page_packs import files_stamp
from ui.page_site import PageSite
from ui.page_top import Place
from ui.page_words import Words
from ui.printable import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant import Pack, Problem
    from evals.coverage_report import CoverageReport

MOST_LISTED = 300  # problems, and sections, that are shown
MOST_GAPS = 100


def author_page(site: PageSite, place: Place, words: Words) -> str:
    """The page about the pack of ``place``; its files are checked anew."""
    told, pack = words.author, place.pack
    return document(
        place,
        told.title,
        words,
        tag("p", text(told.intro.format(root=printable(str(pack.root)))), class_="lead"),
        _state(site, pack, words),
        tag(
            "div",
            tag("div", _checks(pack, words), _drift(pack, words), _coverage(place, words)),
            tag("div", _gaps(site, place, words)),
            class_="side-by-side",
        ),
    )


def _section(name: str, title: str, *inner: str) -> str:
    heading = tag("h3", text(title), id=f"{name}-title")
    return tag("section", heading, *inner, aria_labelledby=f"{name}-title", class_="panel")


def _state(site: PageSite, pack: Pack, words: Words) -> str:
    told = words.author
    serving = told.serving.format(version=pack.version or "–", hash=pack.sha256[:12])
    problem = site.packs.problem(pack.id)
    return tag(
        "div",
        tag("p", text(serving)),
        tag("p", text(told.reloading), class_="notice") if site.packs.reading(pack.id) else "",
        tag("div", tag("p", text(told.broken)), tag("pre", text(printable(problem))), class_="notice bad")
        if problem
        else "",
        class_="state-of-pack",
    )


def _checks(pack: Pack, words: Words) -> str:
    told = words.author
    return _section("checks", told.checks, _problems(_found(pack), told.checks_ok, words))


def _found(pack: Pack) -> tuple[Problem, ...]:
    return _checked(pack.root, files_stamp(pack.root))


@lru_cache(maxsize=16)  # by how the files look: a check takes seconds
def _checked(root: Path, _stamp: tuple[int, int]) -> tuple[Problem, ...]:
    try:
        return check(root)[1]
    except PackError as error:
        return error.problems


@lru_cache(maxsize=16)
def _covered(root: Path, _stamp: tuple[int, int]) -> CoverageReport | None:
    try:
        pack = open_pack(root)
        return coverage_report(pack) if pack.rules is not None else None
    except (SuiteError, PackError, TooLargeError):  # what is wrong is among what the checks found
        return None


def _problems(problems: Sequence[Problem], well: str, words: Words) -> str:
    if not problems:
        return tag("p", text(well), class_="verdict decided")
    told = words.author
    entries = (
        tag(
            "li",
            tag("p", tag("b", text(told.severities[one.severity])), " ", text(printable(one.message))),
            tag("p", text(told.remedy.format(remedy=printable(one.remedy))), class_="hint"),
            tag("p", text(printable(one.place)), " ", tag("code", text(one.code)), class_="place"),
            class_=one.severity,
        )
        for one in problems[:MOST_LISTED]
    )
    return tag("ul", *entries, class_="findings")


def _drift(pack: Pack, words: Words) -> str:
    told = words.author
    try:
        locked = read_locked_pack(pack.root)
    except PackError as error:
        return _section("drift", told.drift, _problems(error.problems, "", words))
    if locked.lock is None:
        before, _, after = told.drift_none.partition("{command}")
        none = tag("p", text(before), tag("code", "groundrule pack lock"), text(after))
        return _section("drift", told.drift, none)
    found = drift_problems(drift_report(locked))
    return _section("drift", told.drift, _problems(found, told.drift_ok, words))


def _coverage(place: Place, words: Words) -> str:
    told, pack = words.author, place.pack
    report = _covered(pack.root, files_stamp(pack.root))
    if report is None:
        return ""
    missed = [one for one in report.exercised if not one.cases]
    tried = told.coverage_told.format(tried=len(report.exercised) - len(missed), all=len(report.exercised))
    uncited = told.uncited_told.format(count=len(report.uncited_sections), all=report.sections)
    untried = (tag("li", text(f"{one.kind} "), tag("code", text(one.name))) for one in missed)
    sections = (
        tag("li", tag("a", text(one), href=f"{write_address(pack, {}, '/explore', section=one)}#found"))
        for one in report.uncited_sections[:MOST_LISTED]
    )
    return _section(
        "coverage",
        told.coverage,
        tag("p", text(tried)),
        tag("p", text(told.untried), class_="hint") + tag("ul", *untried) if missed else "",
        tag("details", tag("summary", text(uncited)), tag("ul", *sections), class_="rest"),
    )


def _gaps(site: PageSite, place: Place, words: Words) -> str:
    told = words.author
    entries = [
        tag(
            "li",
            tag("p", lines(printable(turn.said[:2_000]))),
            tag(
                "p",
                text(told.reported.format(verdict=words.verdicts[given.verdict]) if given else told.silent),
                text(f": “{printable(given.note)}”") if given and given.note else "",
                class_="hint",
            ),
            tag("p", text(turn.at[:16].replace("T", " ")), class_="place"),
        )
        for turn, given in site.store.to_review(place.pack.id, MOST_GAPS)
    ]
    inner = tag("ul", *entries, class_="gaps") if entries else tag("p", text(told.gaps_none))
    return _section("gaps", told.gaps, tag("p", text(told.gaps_intro), class_="hint"), inner)
