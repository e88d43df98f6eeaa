"""``groundrule pack coverage``: what the suites exercise of the rules, and the rules cite of the guide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from ui.errors import ExitCode
from ui.open_assistant import open_pack_alone
from ui.options import JsonOption, PackOption

if TYPE_CHECKING:
    from evals.coverage_report import CoverageReport, MutationShown

PLURALS = {"leaf": "leaves", "conflict": "conflicts", "way out": "ways out", "limit": "states of limits"}


def pack_coverage(
    mutate: Annotated[
        bool,
        typer.Option("--mutate", help="Break the rules in every way, one at a time: does a case notice?"),
    ] = False,
    json: JsonOption = False,
    pack: PackOption = None,
) -> int:
    """Tell what the suites exercise and what the rules cite.

    Named are leaves, conflicts and limits that no case exercises, and sections that no rule cites. With
    --mutate it ends with 1 when a mistake in the rules would go unnoticed.
    """
    from evals.coverage_report import coverage_report
    from ui.show_progress import progress

    opened = open_pack_alone(pack)
    with progress("") as told:
        report = coverage_report(opened, mutate=mutate, progress=told)
    if json:
        from ui.show_json import show_json

        show_json(report.to_json())
    else:
        _show(report)
    return ExitCode.FINDINGS if report.mutation and report.mutation.survivors else ExitCode.OK


def _show(report: CoverageReport) -> None:
    from ui.say import say

    suites = "1 suite exercises" if report.suites == 1 else f"{report.suites} suites exercise"
    say(f"{report.pack}: what {suites}", "bold")
    for kind, plural in PLURALS.items():
        of_kind = [one for one in report.exercised if one.kind == kind]
        missed = [one for one in of_kind if not one.cases]
        if of_kind:
            say(f"{len(of_kind) - len(missed)} of {len(of_kind)} {plural}", indent=2)
        for one in missed:
            say(f"{report.rules_file}:{one.line}: no case exercises {one.name}", indent=4, hang=2)
    cited = report.sections - len(report.uncited_sections)
    missing = "; not cited:" if report.uncited_sections else ""
    say(f"{cited} of {report.sections} sections of the guide are cited by a rule{missing}", "bold")
    for section in report.uncited_sections:
        say(section, "dim", indent=4)
    for line in _mutation(report.mutation, report.rules_file) if report.mutation else ():
        say(line, hang=2)


def _mutation(tried: MutationShown, file: str) -> Iterator[str]:
    same = f", {tried.equivalent} of them decide the same" if tried.equivalent else ""
    yield f"{tried.mutants} mistakes tried{same}; {len(tried.survivors)} go unnoticed"
    for one in tried.survivors:
        unsure = "" if one.compared else " (too many cases to tell whether it decides anything otherwise)"
        yield f"  {file}:{one.line}: {one.what}{unsure}"
