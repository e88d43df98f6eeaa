"""The options that the commands about suites share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

SuitesArgument = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="SUITE", help="Suites, or folders of them; the pack's own by default.", show_default=False
    ),
]
SuiteOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--suite",
        metavar="SUITE",
        help="Suites, or folders of them, to score by; the pack's own by default.",
        show_default=False,
    ),
]
RunArgument = Annotated[
    Path,
    typer.Argument(metavar="RUN", help="A run stored by eval run --out.", exists=True, dir_okay=False),
]
GatesOption = Annotated[
    Path | None,
    typer.Option(
        "--gates",
        metavar="FILE",
        help="What the run must reach; evals/gates.yaml of the pack by default.",
        show_default=False,
    ),
]
AgainstOption = Annotated[
    Path | None,
    typer.Option(
        "--against",
        metavar="RUN",
        help="An earlier run, which must not be fallen behind.",
        exists=True,
        dir_okay=False,
        show_default=False,
    ),
]
HtmlOption = Annotated[
    Path | None,
    typer.Option("--html", metavar="FILE", help="Write the report as one page.", show_default=False),
]
MarkdownOption = Annotated[
    Path | None,
    typer.Option("--markdown", metavar="FILE", help="Write it as Markdown.", show_default=False),
]
JunitOption = Annotated[
    Path | None,
    typer.Option("--junit", metavar="FILE", help="Write it as JUnit XML.", show_default=False),
]
