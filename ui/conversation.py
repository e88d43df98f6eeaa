"""``groundrule conversation``: the conversations that are kept, to look at, to delete and to back up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.errors import ExitCode
from ui.options import JsonOption, PackOption

if TYPE_CHECKING:
    from assistant import KeptTurn

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A file that does not exist yet.")]
IdArgument = Annotated[str, typer.Argument(metavar="ID", help="As `groundrule conversation list` shows it.")]


def list_(json: JsonOption = False) -> int:
    """List the kept conversations, the newest first."""
    from ui.open_store import open_store
    from ui.say import say

    kept = open_store().owned()
    if json:
        from dataclasses import asdict
        from json import dumps

        from ui.show_json import show_json

        show_json(dumps([asdict(one) for one in kept], ensure_ascii=False))
        return ExitCode.OK
    for one in kept:
        count = "1 turn" if one.turns == 1 else f"{one.turns} turns"
        say(f"{one.id}  {one.last[:16].replace('T', ' ')}  {count}, {one.pack}")
    if not kept:
        say('Nothing is kept yet. groundrule ask --conversation NAME "…" begins a conversation.', "dim")
    return ExitCode.OK


def show(conversation: IdArgument, json: JsonOption = False) -> int:
    """Print a kept conversation."""
    from ui.open_store import open_store

    for turn in open_store().turns(conversation):
        _show(turn, as_json=json)
    return ExitCode.OK


def export(
    conversation: IdArgument,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Where it goes; a name in .html makes it a page."),
    ] = None,
    pack: PackOption = None,
) -> int:
    """Print a kept conversation as a decision record.

    It holds facts, path, quotes, versions and id.
    """
    from ui.json_lines import written_whole
    from ui.open_assistant import open_pack_alone
    from ui.open_store import open_store
    from ui.record_of import record_of
    from ui.render_record import record_html, record_markdown

    turns = open_store().turns(conversation)
    record = record_of(conversation, turns, open_pack_alone(pack))
    if out is None:
        typer.echo(record_markdown(record), nl=False)
        return ExitCode.OK
    with written_whole(out) as file:
        file.write(record_html(record) if out.suffix == ".html" else record_markdown(record))
    return ExitCode.OK


def forget(conversation: IdArgument) -> int:
    """Delete a kept conversation for good."""
    from ui.open_store import open_store
    from ui.say import say

    open_store().forget(conversation)
    say(f"Forgotten: {conversation}.")
    return ExitCode.OK


def backup(file: FileArgument) -> int:
    """Copy the whole store into a new file, while it is used.

    To restore it, name it: GROUNDRULE_STORE=sqlite:///FILE. A store in PostgreSQL is copied with pg_dump.
    """
    from ui.open_store import open_store
    from ui.say import say

    open_store().back_up(file)
    say(f"Written: {file}. To go on from it: GROUNDRULE_STORE=sqlite:///{file.absolute()}")
    return ExitCode.OK


def _show(turn: KeptTurn, *, as_json: bool) -> None:
    if as_json:
        from json import dumps, loads

        from ui.show_json import show_json

        told = {
            "turn": turn.number,
            "at": turn.at,
            "how": turn.how,
            "said": turn.said,
            "answer": loads(turn.answer.to_json()),
        }
        show_json(dumps(told, ensure_ascii=False))
        return
    from ui.render_terminal import show_answer
    from ui.say import say

    say(f"> {turn.said}", "bold", hang=2)
    say()
    show_answer(turn.answer)
    say()
