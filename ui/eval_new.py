"""``groundrule eval new``: cases drafted from kept conversations and from what people thought of answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.errors import ExitCode, UsageError
from ui.options import JsonOption, PackOption

if TYPE_CHECKING:
    from assistant import ConversationStore, Pack
    from evals.draft_case import Draft


def eval_new(
    conversation: Annotated[
        str | None,
        typer.Option("--conversation", metavar="ID", help="A kept conversation.", show_default=False),
    ] = None,
    turn: Annotated[
        int | None,
        typer.Option("--turn", min=1, metavar="N", help="Its turns up to this one.", show_default=False),
    ] = None,
    feedback: Annotated[
        bool, typer.Option("--feedback", help="Every answer of the pack that somebody gave feedback on.")
    ] = False,
    suite: Annotated[
        Path | None,
        typer.Option(
            "--suite",
            metavar="FILE",
            help="Add the cases there instead of printing them.",
            show_default=False,
        ),
    ] = None,
    json: JsonOption = False,
    pack: PackOption = None,
) -> int:
    """Draft cases from kept conversations.

    A case expects what came back, which is right only if you say so: look through it, and give the reason.
    Where feedback called an answer wrong, what must come is left for you to fill in. Cases that the pack's
    suites or FILE hold already are left out.
    """
    from ui.open_assistant import open_pack_alone
    from ui.open_store import open_store

    if (conversation is None) == (not feedback):
        problem = "A case is drafted from a conversation, or from feedback."
        raise UsageError(problem, "groundrule eval new --conversation ID, or --feedback")
    opened, store = open_pack_alone(pack), open_store()
    named = [(conversation, turn)] if conversation is not None else _with_feedback(store, opened)
    known = _known(opened, suite)
    drafts = [draft for draft in _drafts(store, opened, named) if draft.id not in known]
    if suite is not None and drafts:
        from evals.draft_case import add_drafts
        from ui.json_lines import written_whole

        text = add_drafts(suite, f"{opened.id}/{suite.stem}", drafts)
        with written_whole(suite) as file:
            file.write(text)
    _tell(drafts, suite, json=json)
    return ExitCode.OK


def _with_feedback(store: ConversationStore, pack: Pack) -> list[tuple[str, int | None]]:
    """The turns that somebody gave feedback on, the newest first, each once."""
    return list(dict.fromkeys((given.conversation, given.number) for given in store.feedback(pack.id)))


def _drafts(store: ConversationStore, pack: Pack, named: list[tuple[str, int | None]]) -> Iterator[Draft]:
    from evals.draft_case import Opinion, SaidTurn, draft_case

    given = {(one.conversation, one.number): one for one in reversed(store.feedback(pack.id))}
    for conversation, last in named:
        kept = store.turns(conversation, store.owner_of(conversation))
        if last is not None and last > len(kept):
            raise UsageError(f"{conversation!r} has {len(kept)} turns.", f"--turn {len(kept)}")
        if kept[0].answer.pack.id != pack.id:
            problem = f"{conversation!r} is about the pack {kept[0].answer.pack.id!r}, not {pack.id!r}."
            raise UsageError(problem, "name its folder with --pack")
        turns = [SaidTurn(one.said, one.answer, one.how != "change") for one in kept[:last]]
        opinion = given.get((conversation, len(turns)))
        yield draft_case(conversation, turns, Opinion(opinion.verdict, opinion.note) if opinion else None)


def _known(pack: Pack, suite: Path | None) -> set[str]:
    """The ids of the cases that there are; suites with mistakes are read as far as possible."""
    from evals.load_suites import files_below
    from evals.read_suite import read_suite
    from evals.vocabulary import vocabulary

    files = [*files_below(pack.root / "evals"), *([suite] if suite is not None and suite.exists() else [])]
    words = vocabulary(pack.guides, pack.rules)
    read = [read_suite(file, str(file), words)[0] for file in dict.fromkeys(file.resolve() for file in files)]
    return {case.id for one in read if one is not None for case in one.cases}


def _tell(drafts: list[Draft], suite: Path | None, *, json: bool) -> None:
    if json:
        from dataclasses import asdict
        from json import dumps

        from ui.show_json import show_json

        show_json(dumps([asdict(draft) for draft in drafts], ensure_ascii=False))
        return
    if not drafts:
        typer.echo(
            "There is nothing to draft: every such case is in a suite already, or nobody gave feedback."
        )
    for draft in drafts:
        if suite is None:
            typer.echo(draft.text, nl=False)
        else:
            typer.echo(f"{suite}: {draft.id}. {draft.open or 'Look through what it expects.'}")
