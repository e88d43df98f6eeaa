"""The facts that a pack decides by, for whoever wants to state them."""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING

import typer

from ui.printable import printable

if TYPE_CHECKING:
    from assistant import RuleSet


def list_facts(rules: RuleSet, *, as_json: bool) -> None:
    """Each fact with its values or unit, its question, and what is assumed while nobody says."""
    if as_json:
        told = [
            {"fact": s.name, "values": s.values, "unit": s.unit, "ask": s.ask, "assume": s.assume}
            for s in rules.facts.values()
        ]
        typer.echo(dumps(told, ensure_ascii=False))
        return
    for spec in rules.facts.values():
        values = f"a number of {spec.unit}" if spec.unit else " | ".join(spec.values)
        typer.echo(f"{spec.name} = {values}" + (f"   (assumed: {spec.assume})" if spec.assume else ""))
        if spec.ask:
            typer.echo(f"    {printable(spec.ask)}")
