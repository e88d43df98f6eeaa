"""What a scored run is told as: words or JSON, files, the gates, and the exit code that follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ui.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from assistant import Pack
    from evals import Report, Run, Suite
    from evals.gates import Gates


@dataclass(frozen=True, slots=True)
class Telling:
    """How a report is told: as JSON or in words, and the files that it is written to."""

    json: bool = False
    html: Path | None = None
    markdown: Path | None = None
    junit: Path | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that are written."""
        return tuple(path for path in (self.html, self.markdown, self.junit) if path is not None)


def pack_gates(pack: Pack, named: Path | None, *, whole: bool) -> Gates | None:
    """The gates to hold a run against: those ``named``, or the pack's own if its suites are asked ``whole``.

    Raises :class:`evals.GatesError`, and :class:`UsageError` for a file that is not there.
    """
    from assistant.file_names import path_from_here
    from evals.read_gates import FILE, read_gates

    if named is not None and not named.is_file():
        raise UsageError(f"{named}: there is no such file.", "name a file of gates")
    own = pack.root / "evals" / FILE
    path = named or (own if whole and own.is_file() else None)
    return read_gates(Path(path_from_here(path))) if path else None


def tell_run(
    run: Run, suites: Sequence[Suite], telling: Telling, gates: Gates | None, against: Run | None = None
) -> int:
    """Tells the report on ``run`` and returns the exit code.

    With gates it is theirs alone: a case may fail as long as they hold. Without any, every case must pass.
    """
    from dataclasses import replace

    from evals import compare_runs, judge_gates, score_run

    report = score_run(run, suites)
    comparison = compare_runs(against, run, suites) if against is not None else None
    if gates is not None:
        report = replace(report, gates=judge_gates(gates, report, comparison))
    write_files(report, (), telling)
    _show(report, telling)
    if comparison is not None and not telling.json:
        from evals.render_comparison import counted

        typer.echo(f"Against the run of {comparison.before.started}: {counted(comparison)}")
    if report.gates is not None:
        return ExitCode.OK if report.gates.held else ExitCode.FINDINGS
    return ExitCode.OK if report.all_passed else ExitCode.FINDINGS


def write_files(report: Report, earlier: Sequence[Report], telling: Telling) -> None:
    """Writes the files asked for, each whole or not at all; ``earlier`` reports are the page's history."""
    from ui.json_lines import written_whole

    if telling.html is not None:
        from ui.render_eval import report_html

        with written_whole(telling.html) as file:
            file.write(report_html(report, earlier))
    if telling.markdown is not None:
        from evals.report_markdown import report_markdown

        with written_whole(telling.markdown) as file:
            file.write(report_markdown(report))
    if telling.junit is not None:
        from evals.report_junit import report_junit

        with written_whole(telling.junit) as file:
            file.write(report_junit(report).decode("utf-8"))
    for path in telling.files:
        typer.echo(f"wrote {path}", err=True)


def _show(report: Report, telling: Telling) -> None:
    from evals.render_comparison import gate_lines
    from evals.render_report import render_report, report_json
    from ui.printable import printable

    if telling.json:
        from ui.show_json import show_json

        show_json(report_json(report))
        return
    typer.echo(printable(render_report(report)), nl=False)
    for line in gate_lines(report.gates) if report.gates is not None else ():
        typer.echo(printable(line))
