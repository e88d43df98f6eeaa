"""``groundrule eval external``: research sets, put to the parts of the product that they are about."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.errors import ExitCode
from ui.options import JsonOption


def eval_external(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The folder that holds the sets, a folder each.")
    ],
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME", help="Only this set; may be given again.", show_default=False),
    ] = None,
    sample: Annotated[
        int | None,
        typer.Option("--sample", min=1, metavar="N", help="Only so many rows of each.", show_default=False),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Which rows a sample draws.")] = 0,
    json: JsonOption = False,
) -> int:
    """Run research sets through the parts that they are about, beside measured and published figures."""
    from assistant import cache_folder
    from evals.external import Setting, measure_external
    from evals.external_rows import Sample
    from evals.render_external import external_json, render_external
    from ui.show_progress import progress
    from ui.show_text import show_text

    with progress("Measuring.") as report:
        setting = Setting(Sample(sample, seed), cache_folder(), report)
        told = measure_external(folder, sets or (), setting)
    show_text(external_json(told) if json else render_external(told))
    return ExitCode.OK
