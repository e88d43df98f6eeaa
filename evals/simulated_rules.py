"""The rules that simulated users are put to: those of a pack, or of the trees that guides draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant import Pack
from assistant.import_guide import import_guides
from evals.errors import OutsideError
from evals.simulate import Asked, by_rules
from rules import RulesError, RuleSet, parse_rules


def rules_of(pack: Pack) -> tuple[tuple[str, RuleSet], ...]:
    """The rules of ``pack`` with its id. Raises :class:`OutsideError` for a pack without rules."""
    if pack.rules is None:
        raise OutsideError(str(pack.root), "the pack has no rules", "name a pack with a folder `rules`")
    return ((pack.id, pack.rules),)


def drawn_rules(paths: Sequence[Path]) -> tuple[tuple[str, RuleSet, Asked], ...]:
    """The rules of every tree in the guides at ``paths``, or in folders there, that can be imported."""
    found = tuple(_found(paths))
    if not found:
        place = ", ".join(str(path) for path in paths)
        raise OutsideError(place, "no guide there draws a tree", "name guides with a drawn decision tree")
    return found


def _found(paths: Sequence[Path]) -> Iterator[tuple[str, RuleSet, Asked]]:
    files = [file for path in paths for file in (sorted(path.rglob("*.md")) if path.is_dir() else [path])]
    for guide in import_guides(files):
        for made in guide.rules:
            try:
                rules = parse_rules(made.text, made.name)
            except RulesError:  # what is drawn so cannot be asked; `pack import` and `pack check` tell why
                continue
            yield f"{guide.id}: {made.name}", rules, by_rules(rules)
