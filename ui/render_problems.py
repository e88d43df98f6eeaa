"""Problems of a pack for people: place, what is wrong, the line with a caret, and what to do."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from ui.printable import printable
from ui.say import is_dumb, say, terminal_width

if TYPE_CHECKING:
    from evals import Problem

COLOURS = {"error": "red", "warning": "yellow"}
BEFORE = 30  # characters shown before the place when its line is too long for the terminal


def show_problems(problems: Sequence[Problem], *, err: bool = False) -> None:
    """Every problem, then how many there are; with ``err`` on standard error."""
    for problem in problems:
        kind = _coloured(f"{problem.severity}[{problem.code}]", COLOURS[problem.severity])
        typer.echo(f"{printable(problem.place)}: {kind}: {printable(problem.message)}", err=err)
        for line in _source(problem):
            typer.echo(f"    {line}", err=err)
        say(f"Next: {problem.remedy}", indent=2, hang=2, err=err)
        typer.echo(err=err)
    typer.echo(counted(problems), err=err)


def counted(problems: Sequence[Problem]) -> str:
    """``2 errors, 1 warning``."""
    counts = [(sum(one.severity == severity for one in problems), severity) for severity in COLOURS]
    told = [f"{count} {what}{'' if count == 1 else 's'}" for count, what in counts if count]
    return ", ".join(told) or "No problems."


def _source(problem: Problem) -> tuple[str, ...]:
    """The line and a caret below the place; of a line that the terminal would break, the part around it."""
    if not problem.source.strip():
        return ()
    text = printable(problem.source.rstrip()).replace("\t", " ")
    column = max(0, problem.column - 1)
    width = terminal_width() - 4
    if sys.stdout.isatty() and len(text) > width:
        start = max(0, min(column - BEFORE, len(text) - width))
        text, column = text[start : start + width], column - start
    return text, " " * column + "^"


def _coloured(text: str, colour: str) -> str:
    if sys.stdout.isatty() and not is_dumb() and not os.environ.get("NO_COLOR"):
        return typer.style(text, fg=colour, bold=True)
    return text
