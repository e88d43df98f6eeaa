"""``groundrule explain``: why a decision, why not another, what if, and what would change it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.decide import complete_fact
from ui.errors import ExitCode, UsageError
from ui.open_assistant import open_pack_alone, open_rules_alone
from ui.options import AsOfOption, JsonOption, PackOption, day_of

if TYPE_CHECKING:
    from assistant import RuleSet


def complete_option(incomplete: str) -> list[str]:
    """The options of the rules; for the shell."""
    rules = open_pack_alone(None).rules
    return [option for option in rules.options if option.startswith(incomplete)] if rules else []


def explain(
    given: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FACT=VALUE …",
            help="What is known, like human_interaction=yes; =unknown for what nobody can say.",
            autocompletion=complete_fact,
            show_default=False,
        ),
    ] = None,
    why: Annotated[
        bool, typer.Option("--why", help="The rules passed and their words; this when nothing is asked.")
    ] = False,
    why_not: Annotated[
        list[str] | None,
        typer.Option(
            "--why-not",
            metavar="OPTION",
            help="What blocks an option, and what would lead to it.",
            autocompletion=complete_option,
        ),
    ] = None,
    what_if: Annotated[
        list[str] | None,
        typer.Option(
            "--what-if",
            metavar="FACT=VALUE",
            help="Before and after of a supposed fact; give several to suppose them together.",
            autocompletion=complete_fact,
        ),
    ] = None,
    what_changes: Annotated[
        bool,
        typer.Option("--what-changes", help="The smallest changes, number ranges, and what cannot matter."),
    ] = False,
    facts: Annotated[
        Path | None,
        typer.Option("--facts", metavar="FILE.json", help="More facts: an object of names and values."),
    ] = None,
    as_of: AsOfOption = None,
    json: JsonOption = False,
    pack: PackOption = None,
) -> int:
    """Explain the decision on given facts.

    What a code of `groundrule pack check` means, `groundrule pack explain CODE` says.
    """
    from assistant import pack_as_of
    from assistant.explanations import Asked, explain_facts
    from ui.read_facts import read_facts

    day = day_of(as_of)
    opened = open_rules_alone(pack, "there is nothing to explain")
    known = read_facts(opened.rules, given or (), facts)
    supposed = read_facts(opened.rules, what_if or (), None)
    options = _options(opened.rules, why_not or ())
    nothing = not (why or options or supposed or what_changes)
    explained = pack_as_of(opened.pack, day) if day else opened.pack
    result = explain_facts(explained, known, Asked(why or nothing, options, supposed, what_changes))
    if json:
        from ui.show_json import show_json

        show_json(result.to_json())
    else:
        from ui.show_explanation import show_explanation

        show_explanation(result, opened.rules)
    return ExitCode.OK


def _options(rules: RuleSet, given: Sequence[str]) -> tuple[str, ...]:
    from ui.did_you_mean import did_you_mean

    unknown = [option for option in given if option not in rules.options]
    if unknown:
        told = "\n".join(
            f"the rules know no option {option!r}{did_you_mean(option, rules.options)}" for option in unknown
        )
        raise UsageError(told, f"--why-not with one of {', '.join(rules.options)}")
    return tuple(dict.fromkeys(given))
