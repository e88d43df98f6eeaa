"""``groundrule eval run``: every case of the suites, asked through a door and scored."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.did_you_mean import did_you_mean
from ui.errors import UsageError
from ui.eval_options import (
    AgainstOption,
    GatesOption,
    HtmlOption,
    JunitOption,
    MarkdownOption,
    SuitesArgument,
)
from ui.options import JsonOption, PackOption

if TYPE_CHECKING:
    from assistant import Pack
    from evals import Run, RunSettings, Suite


def eval_run(
    suites: SuitesArgument = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="RUN", help="Store the answers there.", show_default=False),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with an interrupted run into the same --out.")
    ] = False,
    via: Annotated[
        str, typer.Option("--via", metavar="DOOR", help="The door to ask: assistant, http, slack or cli.")
    ] = "assistant",
    url: Annotated[
        str | None,
        typer.Option("--url", help="With --via http, a server that runs already.", show_default=False),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=1, max=64, help="Conversations at a time.")] = 1,
    repeat: Annotated[
        int, typer.Option("--repeat", min=1, max=100, help="Ask each case so often, to find flaky ones.")
    ] = 1,
    tag: Annotated[
        list[str] | None,
        typer.Option("--tag", help="Only cases with this tag; may be given again.", show_default=False),
    ] = None,
    sample: Annotated[
        int | None,
        typer.Option("--sample", min=1, metavar="N", help="Only so many cases.", show_default=False),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Which cases a sample draws.")] = 0,
    gates: GatesOption = None,
    against: AgainstOption = None,
    html: HtmlOption = None,
    markdown: MarkdownOption = None,
    junit: JunitOption = None,
    json: JsonOption = False,
    pack: PackOption = None,
) -> int:
    """Ask every case of the suites and tell what came back.

    Ends with 1 when a gate does not hold; without gates, when a case fails or could not be run. The pack's
    own gates count when all its suites are asked whole.
    """
    from evals import RunSettings, load_suites, read_run
    from ui.eval_verdict import Telling, pack_gates, tell_run
    from ui.open_assistant import open_pack_alone

    _check(via, url, out, resume=resume)
    settings = RunSettings(repeat=repeat, tags=tuple(tag or ()), sample=sample, seed=seed, jobs=jobs)
    # Before anything is opened: a mistake in a suite should not cost a minute of waiting.
    opened = open_pack_alone(pack)
    asked = load_suites(opened, suites or ())
    held = pack_gates(opened, gates, whole=not suites and not settings.partial)
    earlier = read_run(against) if against is not None else None
    run = _asked(opened, asked, settings, via, url, out, resume=resume)
    return tell_run(run, asked, Telling(json, html, markdown, junit), held, earlier)


def _check(via: str, url: str | None, out: Path | None, *, resume: bool) -> None:
    from ui.eval_doors import DOORS

    if via not in DOORS:
        problem = f"There is no door {via!r}{did_you_mean(via, tuple(DOORS))}."
        raise UsageError(problem, f"--via {', '.join(DOORS)}")
    if url is not None and via != "http":
        raise UsageError("--url is the address of an HTTP interface.", "add --via http")
    if resume and out is None:
        raise UsageError("--resume goes on with a stored run.", "name it with --out RUN")


def _asked(
    pack: Pack,
    suites: tuple[Suite, ...],
    settings: RunSettings,
    via: str,
    url: str | None,
    out: Path | None,
    *,
    resume: bool,
) -> Run:
    from evals import Way, answer_and_store, of_rules_alone, select_cases
    from ui.eval_doors import DOORS, Asking
    from ui.show_progress import progress

    with progress("") as told:
        if of_rules_alone(select_cases(suites, settings)):  # no message is read, so no door is opened
            return answer_and_store(pack, suites, Way(settings), out, resume=resume, progress=told)
        with DOORS[via](Asking(pack.root, settings.jobs, url)) as opened:
            way = Way(settings, opened.door, via, opened.model)
            return answer_and_store(opened.behind, suites, way, out, resume=resume, progress=told)
