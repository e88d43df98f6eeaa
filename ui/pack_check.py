"""``groundrule pack check``: everything that is wrong with a pack, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ui.errors import ExitCode, UsageError
from ui.options import JsonOption, PackOption

if TYPE_CHECKING:
    from evals import Problem


def pack_check(
    json: JsonOption = False,
    github: Annotated[
        bool, typer.Option("--github", help="Print annotations for a GitHub workflow, one a line.")
    ] = False,
    pack: PackOption = None,
) -> int:
    """Tell everything that is wrong with a pack.

    Each problem comes with its place, its code and what to do. Ends with 1 when there are errors;
    warnings alone end with 0.
    """
    from evals.check_report import check
    from ui.settings import Settings

    if json and github:
        raise UsageError("--json and --github exclude each other.", "groundrule pack check --json")
    report, problems = check(pack or Settings.from_environment().pack)
    if json:
        from ui.show_json import show_json

        show_json(report.to_json())
    elif github:
        for problem in problems:
            typer.echo(annotation(problem))
    else:
        from ui.render_problems import show_problems

        show_problems(problems)
    return ExitCode.FINDINGS if report.errors else ExitCode.OK


def annotation(problem: Problem) -> str:
    """A problem as a workflow command of GitHub Actions (``::error file=…,line=…,col=…,title=…::…``)."""
    place = {"file": problem.file}
    if problem.line:
        place |= {"line": str(problem.line), "col": str(problem.column)}
    told = ",".join(f"{name}={_property(value)}" for name, value in {**place, "title": problem.code}.items())
    return f"::{problem.severity} {told}::{_data(f'{problem.message}; {problem.remedy}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
