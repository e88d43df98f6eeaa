"""``groundrule decide``: facts in, decision out, without any text to read or index to load."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.errors import ExitCode, UsageError
from ui.open_assistant import open_pack_alone, open_rules_alone
from ui.options import AsOfOption, JsonOption, PackOption, day_of

if TYPE_CHECKING:
    from assistant import Pack


def complete_fact(incomplete: str) -> list[str]:
    """The facts of the rules, and after ``=`` their values; for the shell."""
    rules = open_pack_alone(None).rules
    name, equals, _ = incomplete.partition("=")
    if rules is None:
        return []
    if equals and name in rules.facts:
        return [f"{name}={value}" for value in (*rules.facts[name].values, "unknown")]
    return [f"{fact}=" for fact in rules.facts if fact.startswith(incomplete)]


def decide(
    given: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FACT=VALUE …",
            help="What is known, like human_interaction=yes; =unknown for what nobody can say.",
            autocompletion=complete_fact,
            show_default=False,
        ),
    ] = None,
    facts: Annotated[
        Path | None,
        typer.Option("--facts", metavar="FILE.json", help="More facts: an object of names and values."),
    ] = None,
    as_of: AsOfOption = None,
    cases: Annotated[
        Path | None,
        typer.Option(
            "--batch",
            metavar="IN.jsonl",
            help='Decide each line, {"id": "…", "facts": {"human_interaction": "yes"}} or the facts alone.',
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="OUT.jsonl",
            help='With --batch: what --json prints, under its line\'s "id", else its number, or an "error".',
        ),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the facts and their values instead.")] = False,
    json: JsonOption = False,
    pack: PackOption = None,
) -> int:
    """Decide from given facts: one case, or a file of them."""
    from ui.read_facts import read_facts

    _check_batch(cases, out, alone=not (given or facts or list_))
    day = day_of(as_of)
    opened = open_rules_alone(pack, "there is nothing to decide")
    if list_:
        from ui.list_facts import list_facts

        list_facts(opened.rules, as_json=json)
        return ExitCode.OK
    decides = opened.pack
    if day is not None:
        from assistant import pack_as_of

        decides = pack_as_of(decides, day)
    if cases is not None and out is not None:
        from ui.decide_batch import decide_batch

        return decide_batch(decides, cases, out)
    return _decide(decides, read_facts(opened.rules, given or (), facts), as_json=json)


def _check_batch(cases: Path | None, out: Path | None, *, alone: bool) -> None:
    if (cases is None) != (out is None):
        missing = "--out OUT.jsonl" if out is None else "--batch IN.jsonl"
        problem = "A batch needs a file to read and a file to write."
        raise UsageError(problem, f"add {missing}, or leave both away to decide one case")
    if cases is not None and not alone:
        problem = "A batch takes its facts from its lines alone."
        raise UsageError(problem, "write the facts into each line, without FACT=VALUE, --facts and --list")


def _decide(pack: Pack, known: dict[str, str | float], *, as_json: bool) -> int:
    from assistant import decide_facts

    result = decide_facts(pack, known)
    if as_json:
        from ui.show_json import show_json

        show_json(result.to_json())
    else:
        from ui.render_decision import show_decision

        show_decision(result, pack)
    return ExitCode.UNDECIDED if result.decision.status == "undecided" else ExitCode.OK
