"""The conflicts of a decision: which rules collide, in whose words, and the way out that the guide offers."""

from __future__ import annotations

from collections.abc import Sequence

from rules.compile import walk_leaves
from rules.decision import ConflictFound, Exception_, Options
from rules.engine import CANNOT_SAY, CONFLICT, UNSAID, Component, Engine, Part, Situation, State, View
from rules.model import Conflict, Group, Leaf, WayOut
from rules.reach import answer_of, fires, way_of


def conflicts_found(
    engine: Engine, situation: Situation, state: State, view: View
) -> tuple[ConflictFound, ...]:
    """The conflicts behind the status ``conflict`` or ``decided_by_exception``, in the author's order.

    Named are those of every completion; where completions conflict for different reasons, all of them.
    """
    if view.status in ("decided", "undecided"):
        return ()
    found: list[ConflictFound] = []
    for part in view.parts:
        certain = part.outcomes == (CONFLICT,)
        excepted = any(status == "decided_by_exception" for status, _ in part.outcomes)
        if view.status == ("conflict" if certain else "decided_by_exception") and (certain or excepted):
            found.extend(_of_part(engine, situation, state, view, part))
    return tuple(found)


def _of_part(
    engine: Engine, situation: Situation, state: State, view: View, part: Part
) -> list[ConflictFound]:
    values = sorted(engine.diagrams.values(part.reached))
    component = part.component
    firing = [
        {one.name: sides for one in component.conflicts if (sides := fires(component, one, value))}
        for value in values
    ]
    always = [one for one in component.conflicts if all(one.name in names for names in firing)]
    declared = always or [one for one in component.conflicts if any(one.name in names for names in firing)]
    found, seen = [], set()
    for one in declared:
        sides = next(names[one.name] for names in firing if one.name in names)
        if (one.over, sides[1]) not in seen:
            seen.add((one.over, sides[1]))
            found.append(_declared(engine, situation, state, one, sides, view.required))
    if view.status == "conflict":
        covered = {one.over for one in declared}
        for option in _contested(component, values):
            if option not in covered:
                found.append(_undeclared(engine, state, component, option, view.required))
    return found


def _contested(component: Component, values: Sequence[int]) -> list[str]:
    """The options that some completion both requires and excludes."""
    return sorted(
        {
            option
            for value in values
            for option in component.options(value, True) & component.options(value, False)
        }
    )


def _declared(
    engine: Engine,
    situation: Situation,
    state: State,
    conflict: Conflict,
    sides: tuple[str, str],
    required: Options,
) -> ConflictFound:
    groups = {group.name: group for group in engine.rules.groups}
    leaves = _leaves(engine, state, groups[sides[0]], groups[sides[1]], conflict.over)
    answer = answer_of(engine, situation, conflict.ask) if conflict.ask else ""
    way = way_of(conflict, answer) or next((one for one in conflict.ways if not one.unresolved), None)
    return ConflictFound(
        conflict.name,
        conflict.say,
        sides,
        (leaves[0].id, leaves[1].id),
        tuple(leaf.source for leaf in leaves if leaf.source),
        conflict.over,
        tuple(option for option in required if option != conflict.over),
        conflict.ask,
        _exception(engine, situation, conflict, way),
        way.how if way else "",
        way.source if way else None,
    )


def _exception(engine: Engine, situation: Situation, conflict: Conflict, way: WayOut | None) -> Exception_:
    if conflict.ask is None:
        return "none"
    digit = engine.digit(situation, conflict.ask)
    if digit == UNSAID:
        return "unasked"
    if digit == CANNOT_SAY:
        return "unknown"
    return "refused" if way is None or way.unresolved else "applies"


def _undeclared(
    engine: Engine, state: State, component: Component, option: str, required: Options
) -> ConflictFound:
    """A collision that the rules file does not name, in words that only say what is so."""
    first: dict[bool, Group] = {}
    for group in component.groups:
        for leaf in walk_leaves(engine, group.root, state.known):
            if option in leaf.require:
                first.setdefault(True, group)
            if option in leaf.exclude:
                first.setdefault(False, group)
    leaves = _leaves(engine, state, first[True], first[False], option)
    title = engine.rules.options.get(option, option)
    return ConflictFound(
        f"{first[True].name}_{first[False].name}",
        f"One rule requires {title}, another one excludes it; the rules do not say which prevails.",
        (first[True].name, first[False].name),
        (leaves[0].id, leaves[1].id),
        tuple(leaf.source for leaf in leaves if leaf.source),
        option,
        tuple(one for one in required if one != option),
        None,
        "none",
        "",
        None,
        False,
    )


def _leaves(engine: Engine, state: State, requires: Group, excludes: Group, option: str) -> tuple[Leaf, Leaf]:
    """The first leaves that completions can reach of which one requires and the other excludes ``option``."""
    known = state.known
    one = next(leaf for leaf in walk_leaves(engine, requires.root, known) if option in leaf.require)
    two = next(leaf for leaf in walk_leaves(engine, excludes.root, known) if option in leaf.exclude)
    return one, two
