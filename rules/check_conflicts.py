"""Checks collisions: those that can happen and are not declared, those declared that cannot happen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import prod

from rules.compile import engine_of, tree_diagram
from rules.diagram import OPEN, united
from rules.engine import UNSAID, Engine
from rules.errors import Problem
from rules.finding import problem_at
from rules.load import nodes
from rules.model import Conflict, Group, Leaf, RuleSet

Side = tuple[str, str]


def check_conflicts(rules: RuleSet) -> Iterator[Problem]:
    """Undeclared collisions with a case that shows them, and conflicts that never fire.

    Raises :class:`TooLargeError`.
    """
    engine = engine_of(rules)
    for option in rules.options:
        for requires in _groups_with(rules, option, required=True):
            for excludes in _groups_with(rules, option, required=False):
                yield from _undeclared(engine, requires, excludes, option)
    for conflict in rules.conflicts:
        yield from _never_fires(engine, conflict)


def _groups_with(rules: RuleSet, option: str, *, required: bool) -> list[Group]:
    return [
        group
        for group in rules.groups
        for leaves in [[node for node in nodes(group.root) if isinstance(node, Leaf)]]
        if any(option in (leaf.require if required else leaf.exclude) for leaf in leaves)
    ]


def _undeclared(engine: Engine, requires: Group, excludes: Group, option: str) -> Iterator[Problem]:
    """The pair's collision in cases in which no declared conflict over the option fires."""
    declared = [one for one in engine.rules.conflicts if one.over == option]
    pairs = [(requires.name, excludes.name)]
    pairs += [pair for one in declared for pair in (one.between, one.between[::-1])]
    if pairs[0] in pairs[1:]:
        return
    diagram = _sides(engine, option, pairs)
    wanted = _fires_alone(len(pairs))
    spoken = engine.diagrams.restrict(diagram, _volunteered(engine))
    shown = spoken if engine.diagrams.witness(spoken, wanted) is not None else diagram
    witness = engine.diagrams.witness(shown, wanted)
    if witness is None:
        return
    case = {
        engine.variables[place].fact.name: engine.variables[place].answers[value]
        for place, value in witness.items()
    }
    place = next(
        node.id for node in nodes(excludes.root) if isinstance(node, Leaf) and option in node.exclude
    )
    example = ", ".join(f"{name}: {answer}" for name, answer in case.items()) or "in every case"
    yield problem_at(
        engine.rules,
        "undeclared-conflict",
        f"groups.{place}",
        f"{requires.name!r} requires and {excludes.name!r} excludes {option!r} in "
        f"{_count(engine, shown, wanted, witness)} cases, and no conflict declares it; for example {example}",
        f"add a conflict 'between: [{requires.name}, {excludes.name}]', 'over: {option}'",
    )


def _never_fires(engine: Engine, conflict: Conflict) -> Iterator[Problem]:
    pairs = [conflict.between, conflict.between[::-1]]
    diagram = _sides(engine, conflict.over, pairs)
    if engine.diagrams.witness(diagram, lambda value: _both(value, 0) or _both(value, 1)) is None:
        one, two = conflict.between
        yield problem_at(
            engine.rules,
            "idle-conflict",
            f"conflicts.{conflict.name}",
            f"conflict {conflict.name!r} never fires: in no case does one of {one!r} and {two!r} require "
            f"{conflict.over!r} while the other excludes it",
            "look whether 'between' and 'over' name the right groups and option, or remove the conflict",
        )


def _sides(engine: Engine, option: str, pairs: Sequence[Side]) -> int:
    """For each pair two bits: the first group requires ``option``, the second excludes it."""
    groups = {group.name: group for group in engine.rules.groups}
    trees = []
    for place, (requires, excludes) in enumerate(pairs):
        for shift, name, required in ((0, requires, True), (1, excludes, False)):
            bit = 1 << 2 * place + shift
            trees.append(tree_diagram(engine, groups[name].root, _marker(option, required, bit)))
    return united(engine.diagrams, trees)


def _marker(option: str, required: bool, bit: int) -> Callable[[Leaf], int]:
    return lambda leaf: bit if option in (leaf.require if required else leaf.exclude) else 0


def _both(value: int, place: int) -> bool:
    return value >> 2 * place & 3 == 3


def _fires_alone(pairs: int) -> Callable[[int], bool]:
    return lambda value: _both(value, 0) and not any(_both(value, place) for place in range(1, pairs))


def _volunteered(engine: Engine) -> list[int]:
    """Every volunteered fact at its assumption, the others open."""
    return [variable.known[UNSAID] if variable.fact.ask is None else OPEN for variable in engine.variables]


def _count(engine: Engine, diagram: int, wanted: Callable[[int], bool], witness: Mapping[int, int]) -> str:
    """``6 of 24``: of the complete cases of what is asked, and of what the witness says besides."""
    total = prod(
        len(variable.answers)
        for place, variable in enumerate(engine.variables)
        if variable.fact.ask is not None or place in witness
    )
    share = engine.diagrams.part(diagram, wanted)
    return f"{round(share * total):,} of {total:,}"
