"""``groundrule pack suggest`` and ``pack accept``: questions drafted by a language model, for an author."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.errors import ConfigurationError, ExitCode, UsageError
from ui.options import PackOption


def pack_suggest(
    guide: Annotated[
        str | None,
        typer.Option("--guide", metavar="ID", help="Only for this guide.", show_default=False),
    ] = None,
    most: Annotated[int, typer.Option("--passages", min=1, help="At most so many passages a guide.")] = 40,
    asks: Annotated[int, typer.Option("--asks", min=1, max=40, help="Questions a passage answers.")] = 12,
    near: Annotated[int, typer.Option("--near", min=0, max=20, help="Near misses a passage.")] = 4,
    pack: PackOption = None,
) -> int:
    """Draft questions for passages that have none.

    A language model writes them. The drafts lie beside the guides and are used by nothing. Look through
    them, delete what is wrong, then run groundrule pack accept.
    """
    from dataclasses import replace

    from assistant.draft_pack import bare_passages, draft_of, draft_questions
    from ui.open_assistant import open_pack_alone
    from ui.open_model import model_of
    from ui.settings import Settings
    from ui.show_progress import progress

    model = model_of(Settings.from_environment())
    if model is None:
        problem = "Drafting needs a language model."
        raise ConfigurationError(problem, "set GROUNDRULE_MODEL_URL and GROUNDRULE_MODEL")
    opened = open_pack_alone(pack)
    if guide is not None and guide not in {one.id for one in opened.guides}:
        raise UsageError(f"There is no guide {guide!r}.", f"one of {', '.join(g.id for g in opened.guides)}")
    failed = 0
    for bare in bare_passages(opened, guide):
        if (waiting := draft_of(bare.guide)) is not None:
            typer.echo(f"{waiting}: a draft waits there; groundrule pack accept takes it over.", err=True)
            continue
        some = replace(bare, passages=bare.passages[:most])
        with progress("") as report:
            for drafted in draft_questions(model, some, asks, near):
                report(drafted.done, drafted.total, f"Drafting {bare.guide.id}")
                if drafted.problem:
                    failed += 1
                    typer.echo(f"{bare.guide.id}: {model.name} {drafted.problem}.", err=True)
        written = draft_of(bare.guide)
        typer.echo(f"wrote {written}" if written else f"{bare.guide.id}: nothing could be drafted")
    return ExitCode.FINDINGS if failed else ExitCode.OK


def pack_accept(pack: PackOption = None) -> int:
    """Take the drafts of `pack suggest` over into the pack."""
    from assistant.draft_pack import accept_drafts
    from ui.open_assistant import open_pack_alone

    count = 0
    for accepted in accept_drafts(open_pack_alone(pack)):
        count += 1
        typer.echo(f"{accepted.guide}: {accepted.questions} new questions")
    if not count:
        typer.echo("There is no draft. groundrule pack suggest writes some.")
    return ExitCode.OK
