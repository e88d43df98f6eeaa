"""``groundrule pack new``: a pack that works, as a start for one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.errors import ExitCode
from ui.options import JsonOption

if TYPE_CHECKING:
    from ui.make_pack import MadePack


def pack_new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name of the pack and of its folder.")],
    folder: Annotated[
        Path,
        typer.Option(
            "--dir", metavar="DIR", help="Where its folder goes; here by default.", show_default=False
        ),
    ] = Path(),
    guide: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="GUIDE.md", help="A guide of yours; the tree that it draws becomes rules."
        ),
    ] = None,
    json: JsonOption = False,
) -> int:
    """Make a new pack: an example to change, or one of your guide.

    It answers and decides at once. Ends with 1 when something that the guide draws was not understood; it
    is told with its line and left out.
    """
    from ui.make_pack import make_pack

    made = make_pack(name, folder, guide)
    _show_json(made) if json else _show(made)
    return ExitCode.FINDINGS if made.problems else ExitCode.OK


def _show_json(made: MadePack) -> None:
    from json import dumps

    from ui.show_json import show_json

    told = {
        "pack": str(made.folder),
        "files": made.files,
        "rules": made.rules,
        "problems": [{"line": line, "message": message} for line, message in made.problems],
        "left_out": made.left_out,
    }
    show_json(dumps(told, ensure_ascii=False))


def _show(made: MadePack) -> None:
    from shlex import quote

    from ui.say import say

    say(f"Made {made.folder}", "bold")
    for file in made.files:
        say(file, indent=2)
    for line, message in made.problems:
        say(f"{made.guide}:{line}: {message}; it was left out", indent=2, hang=2)
    for rules in made.left_out:
        say(
            f"The guide gives a second set of rules, {rules}, which was left out: a pack has one. "
            f"`groundrule pack import {quote(str(made.guide))} --out DIR` writes both.",
            hang=2,
        )
    if not made.rules:
        say("The guide draws no tree that could be read: no rules; the pack answers and does not recommend.")
    say()
    where = quote(str(made.folder))
    say(f"Next: groundrule ask --pack {where} {quote(made.example)}")
    if made.rules:
        say(f"      groundrule pack tree --pack {where}")
    say(f"      {made.folder / 'README.md'} says what to edit")
