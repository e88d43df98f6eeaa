"""``groundrule eval simulate``: users with hidden facts, and the questions that it takes to find them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.errors import ExitCode
from ui.open_assistant import open_assistant, open_pack_alone
from ui.options import PackOption


def eval_simulate(
    guides: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="GUIDE",
            help="Guides, or folders of them, whose drawn trees are asked; the pack's rules by default.",
            show_default=False,
        ),
    ] = None,
    draws: Annotated[int, typer.Option("--draws", min=0, help="Openings that tell some facts at once.")] = 20,
    seed: Annotated[int, typer.Option("--seed", help="Which openings are drawn.")] = 0,
    words: Annotated[bool, typer.Option("--words", help="Answer in words, through the whole walk.")] = False,
    pack: PackOption = None,
) -> int:
    """Count the questions until it is decided, beside the fewest that could do."""
    from evals.render_simulation import render_simulation
    from evals.simulate import by_rules, by_words, simulate
    from evals.simulated_rules import drawn_rules, rules_of
    from ui.show_text import show_text

    if guides:
        sets = list(drawn_rules(guides))
    elif words:
        assistant = open_assistant(pack)
        sets = [(name, rules, by_words(assistant)) for name, rules in rules_of(assistant.pack)]
    else:
        sets = [(name, rules, by_rules(rules)) for name, rules in rules_of(open_pack_alone(pack))]
    for unsure in (False, True):
        show_text(render_simulation(simulate(sets, unsure=unsure, draws=draws, seed=seed)))
    return ExitCode.OK
