"""``groundrule eval diff``: what got better and what got worse between two stored runs, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.errors import ExitCode
from ui.eval_options import GatesOption, MarkdownOption, SuiteOption
from ui.open_assistant import open_pack_alone
from ui.options import JsonOption, PackOption


def eval_diff(
    before: Annotated[
        Path, typer.Argument(metavar="A", help="The earlier run.", exists=True, dir_okay=False)
    ],
    after: Annotated[Path, typer.Argument(metavar="B", help="The later run.", exists=True, dir_okay=False)],
    suite: SuiteOption = None,
    gates: GatesOption = None,
    markdown: MarkdownOption = None,
    json: JsonOption = False,
    pack: PackOption = None,
) -> int:
    """Compare two stored runs, case by case and measure by measure.

    Ends with 1 when a measure is significantly worse or a case that must pass regressed; with gates, when one
    of them does not hold.
    """
    from dataclasses import replace

    from evals import compare_runs, judge_gates, load_suites, read_run, score_run
    from evals.render_comparison import comparison_json, comparison_markdown, render_comparison
    from ui.eval_verdict import pack_gates
    from ui.json_lines import written_whole
    from ui.printable import printable
    from ui.show_json import show_json

    opened = open_pack_alone(pack)
    suites = load_suites(opened, suite or ())
    runs = read_run(before), read_run(after)
    comparison = compare_runs(*runs, suites)
    held = pack_gates(opened, gates, whole=False)
    if held is not None:
        verdict = judge_gates(held, score_run(runs[1], suites), comparison)
        comparison = replace(comparison, gates=verdict)
    if markdown is not None:
        with written_whole(markdown) as file:
            file.write(comparison_markdown(comparison))
        typer.echo(f"wrote {markdown}", err=True)
    if json:
        show_json(comparison_json(comparison))
    else:
        typer.echo(printable(render_comparison(comparison)), nl=False)
    if comparison.gates is not None:
        return ExitCode.OK if comparison.gates.held else ExitCode.FINDINGS
    return ExitCode.FINDINGS if comparison.worse else ExitCode.OK
