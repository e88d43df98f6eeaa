"""``groundrule schema``: the JSON Schema of what the command prints and of what a pack holds."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.did_you_mean import did_you_mean
from ui.errors import ExitCode, UsageError


def schema(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="answer, decision, rules, suite, …", show_default=False)
    ] = "",
) -> int:
    """Print a JSON Schema; without a name, list what there is."""
    from evals.schemas import schema_text, schemas

    if not name:
        typer.echo("\n".join(schemas))
    elif name not in schemas:
        problem = f"There is no schema {name!r}{did_you_mean(name, schemas)}."
        raise UsageError(problem, f"groundrule schema NAME, with one of {', '.join(schemas)}")
    else:
        typer.echo(schema_text(name))
    return ExitCode.OK
