"""``python -m evals``: run suites, check them, or score a stored run again."""

from __future__ import annotations

import os
import sys
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evals.errors import EvalsError, NoSuiteError

if TYPE_CHECKING:
    from assistant import Pack
    from evals.report import Report


class ExitCode(IntEnum):
    """How a command ended; the numbers are those of the command ``groundrule``."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    INVALID = 3
    SERVICE = 5
    INTERRUPTED = 130


Suites = Annotated[
    list[Path] | None, typer.Argument(help="Suites, or folders of them. Default: the pack's own.")
]
PackFolder = Annotated[
    Path | None,
    typer.Option(
        "--pack", metavar="DIR", envvar="GROUNDRULE_PACK", help="The pack to ask. Default: bundled."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the report as JSON.")]

app = typer.Typer(
    name="evals",
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Known questions, asked and scored.",
    epilog="Exit codes: 0 all passed, 1 failures, 2 usage, 3 suite or pack invalid, 130 interrupted.",
)


@app.command()
def run(
    suites: Suites = None,
    pack: PackFolder = None,
    as_json: AsJson = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Store the answers there, as JSON lines.")
    ] = None,
) -> int:
    """Ask every case and report what came back."""
    from assistant import Assistant  # loads what searches and reads: only where messages are answered
    from evals.answer_suites import of_rules_alone
    from evals.load_suites import load_suites
    from evals.run_suites import run_suites
    from evals.show_progress import show_progress

    # Before the index is prepared: a mistake in a suite should not cost a minute of waiting.
    opened = _pack(pack)
    if of_rules_alone(load_suites(opened, suites or ())):
        return _told(run_suites(opened, suites or (), store=out), as_json=as_json)
    cache = os.environ.get("GROUNDRULE_CACHE", "")
    with show_progress() as progress:
        assistant = Assistant.open(pack, cache=Path(cache).expanduser() if cache else None, progress=progress)
        report = run_suites(assistant, suites or (), store=out, progress=progress)
    return _told(report, as_json=as_json)


@app.command()
def check(suites: Suites = None, pack: PackFolder = None) -> int:
    """Read the suites and tell everything that is wrong with them, without asking anything."""
    from evals.load_suites import load_suites

    for suite in load_suites(_pack(pack), suites or ()):
        typer.echo(f"{suite.file}: {suite.name}, {len(suite.cases)} cases")
    return ExitCode.OK


@app.command()
def score(
    stored: Annotated[Path, typer.Argument(help="A run stored by `run --out`.", exists=True, dir_okay=False)],
    suites: Suites = None,
    pack: PackFolder = None,
    as_json: AsJson = False,
) -> int:
    """Score a stored run again, by the suites as they are now and without answering anything."""
    from evals.load_suites import load_suites
    from evals.score_run import score_run
    from evals.store_run import read_run

    asked = load_suites(_pack(pack), suites or ())
    return _told(score_run(read_run(stored), asked), as_json=as_json)


def _pack(folder: Path | None) -> Pack:
    from assistant import open_pack

    return open_pack(folder)


def _told(report: Report, *, as_json: bool) -> int:
    from evals.render_report import render_report, report_json

    typer.echo(report_json(report) if as_json else render_report(report), nl=False)
    return ExitCode.OK if report.all_passed else ExitCode.FINDINGS


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code; every failure has been told on standard error."""
    from assistant import AssistantError, CorpusError

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        with typer.main.get_command(app).make_context("python -m evals", arguments) as context:
            return int(context.command.invoke(context) or ExitCode.OK)
    except typer.Exit as stop:
        return stop.exit_code
    except NoSuiteError as error:
        return _failed(str(error), ExitCode.USAGE)
    except (EvalsError, AssistantError, CorpusError) as error:
        return _failed(str(error), ExitCode.INVALID)
    except typer.TyperException as error:
        return _failed(error.format_message(), ExitCode.USAGE)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        return _failed(f"{place}{(error.strerror or str(error)).lower()}", ExitCode.SERVICE)
    except (KeyboardInterrupt, typer.Abort):
        return _failed("interrupted", ExitCode.INTERRUPTED)


def _failed(problem: str, code: ExitCode) -> int:
    typer.echo(f"evals: {problem}", err=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
