"""``groundrule pack tree``: the rules as trees in the terminal, the way that facts lead marked."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from ui.decide import complete_fact
from ui.errors import ExitCode
from ui.open_assistant import open_rules_alone
from ui.options import JsonOption, PackOption

if TYPE_CHECKING:
    from assistant import RulesDrawn

FactsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FACT=VALUE …",
        help="What is known, like human_interaction=yes: its way is lit.",
        autocompletion=complete_fact,
        show_default=False,
    ),
]


class TreeFormat(StrEnum):
    """How the trees are written."""

    TEXT = "text"
    MERMAID = "mermaid"
    DOT = "dot"
    JSON = "json"


def pack_tree(
    given: FactsArgument = None,
    form: Annotated[
        TreeFormat, typer.Option("--format", help="How the trees are written.")
    ] = TreeFormat.TEXT,
    json: JsonOption = False,
    pack: PackOption = None,
) -> int:
    """Show the rules as trees, the way of given facts lit."""
    from assistant import draw_rules
    from ui.read_facts import read_facts

    opened = open_rules_alone(pack, "there is no tree to show")
    drawn = draw_rules(opened.pack, read_facts(opened.rules, given or (), None))
    _show(drawn, TreeFormat.JSON if json else form)
    return ExitCode.OK


def _show(drawn: RulesDrawn, form: TreeFormat) -> None:
    if form is TreeFormat.JSON:
        from ui.show_json import show_json

        show_json(drawn.to_json())
    elif form is TreeFormat.TEXT:
        _show_text(drawn)
    else:
        from ui.render_dot import dot
        from ui.render_mermaid import mermaid
        from ui.show_text import show_text

        show_text(mermaid(drawn) if form is TreeFormat.MERMAID else dot(drawn))


def _show_text(drawn: RulesDrawn) -> None:
    from ui.render_tree import tree_lines
    from ui.say import is_dumb, terminal_width

    terminal = sys.stdout.isatty()
    for line, emphasised in tree_lines(drawn, terminal_width() if terminal else None):
        bold = emphasised and terminal and not is_dumb()
        typer.echo(typer.style(line, bold=True) if bold else line)
