"""``groundrule pack export``: the rules in the languages of other tools."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.errors import ExitCode, UsageError
from ui.open_assistant import open_rules_alone
from ui.options import PackOption
from ui.pack_tree import FactsArgument

if TYPE_CHECKING:
    from assistant import Pack


class ExportFormat(StrEnum):
    """The languages: two that draw, two that decide."""

    MERMAID = "mermaid"
    DOT = "dot"
    DMN = "dmn"
    JDM = "jdm"


def pack_export(
    form: Annotated[
        ExportFormat,
        typer.Option("--format", help="Mermaid and DOT draw; DMN 1.5 and JDM (zen-engine) decide."),
    ],
    given: FactsArgument = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Where it goes; standard output by default."),
    ] = None,
    pack: PackOption = None,
) -> int:
    """Write the rules as Mermaid, DOT, DMN or JDM."""
    from ui.read_facts import read_facts

    opened = open_rules_alone(pack, "there is nothing to export")
    if given and form in (ExportFormat.DMN, ExportFormat.JDM):
        problem = f"--format {form.value} holds all cases; facts light a way in drawings alone."
        raise UsageError(problem, "leave the facts away, or use --format mermaid or dot")
    text = _text(opened.pack, read_facts(opened.rules, given or (), None), form)
    if out is None:
        from ui.show_text import show_text

        show_text(text)
    else:
        from ui.json_lines import written_whole

        with written_whole(out) as file:
            file.write(text)
    return ExitCode.OK


def _text(pack: Pack, facts: dict[str, str | float], form: ExportFormat) -> str:
    from assistant import draw_rules, rules_as_dmn, rules_as_jdm

    if form is ExportFormat.DMN:
        return rules_as_dmn(pack)
    if form is ExportFormat.JDM:
        return rules_as_jdm(pack)
    from ui.render_dot import dot
    from ui.render_mermaid import mermaid

    drawn = draw_rules(pack, facts)
    return mermaid(drawn) if form is ExportFormat.MERMAID else dot(drawn)
