"""``groundrule eval report``: a stored run as a page, as Markdown or as JUnit XML."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.errors import ExitCode
from ui.eval_options import (
    GatesOption,
    HtmlOption,
    JunitOption,
    MarkdownOption,
    RunArgument,
    SuiteOption,
)
from ui.open_assistant import open_pack_alone
from ui.options import JsonOption, PackOption


def eval_report(
    run: RunArgument,
    earlier: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="EARLIER",
            help="Earlier runs, for the page's history.",
            exists=True,
            dir_okay=False,
            show_default=False,
        ),
    ] = None,
    suite: SuiteOption = None,
    gates: GatesOption = None,
    html: HtmlOption = None,
    markdown: MarkdownOption = None,
    junit: JunitOption = None,
    json: JsonOption = False,
    pack: PackOption = None,
) -> int:
    """Write the report on a stored run; without a file to write, print it.

    The page opens from disk, needs no network and holds every case down to its conversation.
    """
    from dataclasses import replace

    from evals import judge_gates, load_suites, read_run, render_report, report_json, score_run
    from ui.eval_verdict import Telling, pack_gates, write_files
    from ui.printable import printable
    from ui.show_json import show_json

    opened = open_pack_alone(pack)
    suites = load_suites(opened, suite or ())
    stored = read_run(run)
    held = pack_gates(opened, gates, whole=not suite and not stored.header.settings.partial)
    report = score_run(stored, suites)
    if held is not None:
        report = replace(report, gates=judge_gates(held, report))
    before = [score_run(read_run(one), suites) for one in earlier or ()]
    telling = Telling(json, html, markdown, junit)
    write_files(report, before, telling)
    if json:
        show_json(report_json(report))
    elif not telling.files:
        typer.echo(printable(render_report(report)), nl=False)
    return ExitCode.OK
