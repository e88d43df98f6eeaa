"""What the completions of a state give: its results, and the status and options that follow."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import islice, product
from math import prod

from rules.case import UNKNOWN, Case
from rules.decision import Options, Status
from rules.diagram import OPEN
from rules.engine import CONFLICT, MOST_KEPT, Component, Engine, Outcome, Part, State, Table, View
from rules.model import Conflict, WayOut

MOST_POSSIBLE = 1_000


def state_of(engine: Engine, case: Case) -> State:
    """The state of a case: what it knows, and for the rest what the facts assume."""
    answers = case.answers
    known = []
    for variable in engine.variables:
        answer = answers.get(variable.fact.name, UNKNOWN)
        if answer == UNKNOWN:
            known.append(variable.assumed)
        else:
            known.append(variable.index(answer, case.numbers.get(variable.fact.name)))
    return State(tuple(known), tuple([answers.get(name) for name in engine.exceptions]))


def without(engine: Engine, state: State, facts: Iterable[str]) -> State:
    """``state`` with nothing known or assumed about ``facts``."""
    known = list(state.known)
    for fact in facts:
        known[engine.position[fact]] = OPEN
    return State(tuple(known), state.exceptions)


def look(engine: Engine, state: State) -> View:
    """What the completions of ``state`` give."""
    found = engine.views.get(state)
    if found is not None:
        return found
    parts = tuple(_part(engine, place, state) for place in range(len(engine.components)))
    view = View(state, parts, *_together(parts))
    if len(engine.views) >= MOST_KEPT:
        engine.views.clear()
    engine.views[state] = view
    return view


def _together(parts: tuple[Part, ...]) -> Outcome:
    """The outcome of all components: one certain conflict is a conflict, else all must be decided."""
    if any(part.outcomes == (CONFLICT,) for part in parts):
        return CONFLICT
    if any(len(part.outcomes) > 1 for part in parts):
        return "undecided", ()
    excepted = any(part.outcomes[0][0] == "decided_by_exception" for part in parts)
    status: Status = "decided_by_exception" if excepted else "decided"
    return status, tuple(sorted({option for part in parts for option in part.outcomes[0][1]}))


def _part(engine: Engine, place: int, state: State) -> Part:
    component = engine.components[place]
    ways = _ways(engine, component, state)
    key = (place, tuple(ways.items()))
    table = engine.tables.get(key)
    if table is None:
        table = engine.tables[key] = Table(cache(lambda value: judge(component, value, ways)))
    reached = engine.diagrams.restrict(component.diagram, state.known)
    result = engine.diagrams.relabel(reached, table.rename, table.memo)
    bits = 0
    for value in engine.diagrams.values(result):
        bits |= value
    return Part(component, table, reached, result, table.of_bits(bits))


def _ways(engine: Engine, component: Component, state: State) -> dict[str, str]:
    """The answer about the exception of each of the component's conflicts, where it was given."""
    answers = dict(zip(engine.exceptions, state.exceptions, strict=True))
    found = {one.name: answers.get(one.ask) for one in component.conflicts if one.ask}
    return {name: answer for name, answer in found.items() if answer is not None and answer != UNKNOWN}


def judge(component: Component, value: int, ways: dict[str, str]) -> Outcome:
    """The outcome of one completion: what is required, unless it is excluded as well.

    An exception that applies lifts the exclusions of the conflict's own groups and may require more.
    """
    required = set(component.options(value, True))
    excluded = {
        (option, group)
        for option in component.options(value, False)
        for group in component.groups_that(value, False, option)
    }
    excepted = False
    for conflict in component.conflicts:
        way = way_of(conflict, ways.get(conflict.name))
        if way is None or way.unresolved or fires(component, conflict, value) is None:
            continue
        excepted = True
        required.update(way.require)
        excluded -= {(option, group) for option in way.allow for group in conflict.between}
    if required & {option for option, _ in excluded}:
        return CONFLICT
    return ("decided_by_exception" if excepted else "decided"), tuple(sorted(required))


def way_of(conflict: Conflict, answer: str | None) -> WayOut | None:
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


def possible_sets(view: View) -> tuple[tuple[Options, ...], int]:
    """The sets of options that completions without conflict give, sorted, and how many there are.

    Where there are very many, only the first of them are given.
    """
    if view.status == "conflict":
        return (), 0
    sets = [part.open_sets for part in view.parts]
    count = prod(len(each) for each in sets)
    chosen = islice(product(*sets), MOST_POSSIBLE)
    return tuple(sorted(tuple(sorted({name for names in one for name in names})) for one in chosen)), count


def required_always(engine: Engine, view: View) -> Options:
    """The options that every completion requires."""
    always: set[str] = set()
    for part in view.parts:
        values = engine.diagrams.values(part.reached)
        always.update(frozenset.intersection(*(part.component.options(value, True) for value in values)))
    return tuple(sorted(always))
