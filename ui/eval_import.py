"""``groundrule eval import``: questions kept for another tool, as a suite."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.errors import ExitCode, UsageError
from ui.say import say


def eval_import(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="promptfoo (.yaml), or questions as JSON lines (.jsonl).")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="SUITE", help="Where the suite goes.")],
) -> int:
    """Turn another tool's questions into a suite; what a suite cannot hold is told by its line."""
    from evals.import_suite import import_suite, write_suite

    if out.exists():
        raise UsageError(f"{out} exists.", "name another --out; nothing was written")
    imported = import_suite(file)
    for problem in imported.problems:
        typer.echo(str(problem), err=True)
    if not imported.cases:
        raise UsageError(f"{file} holds no case that a suite can hold.", "see what is told above")
    write_suite(imported, out, file.name)
    say(f"{out}: {len(imported.cases)} cases, {len(imported.problems)} problems")
    return ExitCode.FINDINGS if imported.problems else ExitCode.OK
