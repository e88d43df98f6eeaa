"""What the completions of a state give: its results, and the status and options that follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import islice, product
from math import prod

from rules.decision import Options, Status
from rules.diagram import OPEN
from rules.engine import (
    ANSWERED,
    CONFLICT,
    Component,
    Engine,
    Outcome,
    Part,
    Situation,
    State,
    Table,
    View,
)
from rules.model import Conflict, WayOut

MOST_POSSIBLE = 1_000


def state_of(engine: Engine, situation: Situation) -> State:
    """The state in a situation: what is known, and for the rest what the facts assume."""
    known = tuple([variable.known[situation[variable.place]] for variable in engine.variables])
    return State(known, tuple([answer_of(engine, situation, name) for name in engine.exceptions]))


def answer_of(engine: Engine, situation: Situation, fact: str) -> str:
    """The answer to ``fact``, empty where none was given."""
    domain = engine.domains[fact]
    digit = situation[domain.place]
    return domain.words[digit] if digit >= ANSWERED else ""


def without(engine: Engine, state: State, facts: Iterable[str]) -> State:
    """``state`` with nothing known or assumed about ``facts``."""
    known = list(state.known)
    for fact in facts:
        known[engine.position[fact]] = OPEN
    return State(tuple(known), state.exceptions)


def look(engine: Engine, state: State) -> View:
    """What the completions of ``state`` give."""
    key = (engine.deciding(state.known), state.exceptions)
    view = engine.seen.get(key)
    if view is None:
        if len(engine.seen) >= engine.most_kept:
            for store in (engine.seen, engine.views, engine.tables):
                store.clear()
        parts = tuple(_part(engine, place, state) for place in range(len(engine.components)))
        view = engine.views.get(parts)
        if view is None:
            view = engine.views[parts] = _view(engine, parts)
        engine.seen[key] = view
    return view


def _part(engine: Engine, place: int, state: State) -> Part:
    component = engine.components[place]
    answers = tuple([state.exceptions[exception] for exception in component.exceptions])
    table = engine.tables.get((place, answers))
    if table is None:
        table = engine.tables[place, answers] = _table(engine, component, answers)
    reached = engine.diagrams.restrict(component.diagram, state.known)
    part = table.parts.get(reached)
    if part is None:
        result = engine.diagrams.relabel(reached, table.rename, table.memo)
        bits = 0
        for value in engine.diagrams.values(result):
            bits |= value
        part = table.parts[reached] = Part(component, reached, result, table.of_bits(bits))
    return part


def _table(engine: Engine, component: Component, answers: tuple[str, ...]) -> Table:
    asked = (engine.exceptions[place] for place in component.exceptions)
    told = dict(zip(asked, answers, strict=True))
    return Table(cache(lambda value: judge(component, value, told)))


def _view(engine: Engine, parts: tuple[Part, ...]) -> View:
    status, options = _together(parts)
    return View(
        parts,
        status,
        options,
        *_possible_sets(status, parts),
        any(CONFLICT in part.outcomes for part in parts),
        _required_always(engine, parts),
    )


def _together(parts: tuple[Part, ...]) -> Outcome:
    """The outcome of all components: one certain conflict is a conflict, else all must be decided."""
    if any(part.outcomes == (CONFLICT,) for part in parts):
        return CONFLICT
    if any(len(part.outcomes) > 1 for part in parts):
        return "undecided", ()
    excepted = any(part.outcomes[0][0] == "decided_by_exception" for part in parts)
    status: Status = "decided_by_exception" if excepted else "decided"
    return status, tuple(sorted({option for part in parts for option in part.outcomes[0][1]}))


def _possible_sets(status: Status, parts: tuple[Part, ...]) -> tuple[tuple[Options, ...], int]:
    """The sets of options that completions without conflict give, sorted, and how many there are.

    Where there are very many, only the first of them are given.
    """
    if status == "conflict":
        return (), 0
    sets = [part.open_sets for part in parts]
    count = prod(len(each) for each in sets)
    chosen = islice(product(*sets), MOST_POSSIBLE)
    return tuple(sorted(tuple(sorted({name for names in one for name in names})) for one in chosen)), count


def _required_always(engine: Engine, parts: tuple[Part, ...]) -> Options:
    """The options that every completion requires."""
    always: set[str] = set()
    for part in parts:
        values = engine.diagrams.values(part.reached)
        always.update(frozenset.intersection(*(part.component.options(value, True) for value in values)))
    return tuple(sorted(always))


def judge(component: Component, value: int, answers: Mapping[str, str]) -> Outcome:
    """The outcome of one completion: what is required, unless it is excluded as well.

    ``answers`` are those about the exceptions of the component's conflicts. An exception that applies lifts
    the exclusions of the conflict's own groups and may require more.
    """
    required = set(component.options(value, True))
    excluded = {
        (option, group)
        for option in component.options(value, False)
        for group in component.groups_that(value, False, option)
    }
    excepted = False
    for conflict in component.conflicts:
        way = way_of(conflict, answers[conflict.ask]) if conflict.ask else None
        if way is None or way.unresolved or fires(component, conflict, value) is None:
            continue
        excepted = True
        required.update(way.require)
        excluded -= {(option, group) for option in way.allow for group in conflict.between}
    if required & {option for option, _ in excluded}:
        return CONFLICT
    return ("decided_by_exception" if excepted else "decided"), tuple(sorted(required))


def way_of(conflict: Conflict, answer: str) -> WayOut | None:
    """What the conflict says follows from ``answer`` about its exception."""
    return next((way for way in conflict.ways if way.answer == answer), None)


def fires(component: Component, conflict: Conflict, value: int) -> tuple[str, str] | None:
    """The group that requires and the one that excludes what the conflict is over, when both do."""
    require = component.groups_that(value, True, conflict.over)
    exclude = component.groups_that(value, False, conflict.over)
    for one, two in (conflict.between, conflict.between[::-1]):
        if one in require and two in exclude:
            return one, two
    return None
