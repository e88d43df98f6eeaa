"""What would change a decision: the smallest edits of the facts that give another result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, groupby, product

from rules.case import read_case
from rules.compile import engine_of
from rules.decision import Flip
from rules.diagram import OPEN
from rules.engine import Engine, Outcome, State
from rules.model import RuleSet
from rules.ranges import Range
from rules.reach import look, state_of


@dataclass(frozen=True, slots=True)
class Edit:
    """Another answer to one fact: ``place`` is its variable, or behind them its exception."""

    fact: str
    text: str
    place: int
    value: int | str
    piece: Range | None


def flips(rules: RuleSet, facts: Mapping[str, str | float]) -> tuple[Flip, ...]:
    """The smallest changes of ``facts`` that give another status or other options.

    Changes of one fact, and only where there are none, changes of two. Asked facts come first, in the
    author's order; numbers change to ranges. Raises :class:`FactError`.
    """
    engine = engine_of(rules)
    with engine.lock:
        state = state_of(engine, read_case(engine, facts)[0])
        key = (engine.deciding(state.known), state.exceptions)
        found = engine.flips.get(key)
        if found is None:
            if len(engine.flips) >= engine.most_kept:
                engine.flips.clear()
            now = look(engine, state).outcome
            found = engine.flips[key] = smallest(engine, state, lambda outcome: outcome != now, 2)
        return found


def smallest(engine: Engine, state: State, wanted: Callable[[Outcome], bool], most: int) -> tuple[Flip, ...]:
    """The flips of the fewest facts, at most ``most``, whose outcome is ``wanted``."""
    edits = edits_of(engine, state)
    for count in range(1, most + 1):
        found = tuple(_flips_of(engine, state, edits, count, wanted))
        if found:
            return found
    return ()


def edits_of(engine: Engine, state: State) -> list[tuple[Edit, ...]]:
    """For each fact that can matter its other answers; asked facts first, then volunteered ones."""
    free = look(engine, State((OPEN,) * len(engine.variables), state.exceptions))
    depends = frozenset().union(*(engine.diagrams.support(part.result) for part in free.parts))
    facts = sorted(engine.rules.facts.values(), key=lambda fact: fact.ask is None)
    edits = []
    for fact in facts:
        place = engine.position.get(fact.name)
        if place in depends and place is not None:
            variable = engine.variables[place]
            pieces = variable.pieces or (None,) * len(variable.answers)
            choices = enumerate(zip(variable.answers, pieces, strict=True))
            edits.append(
                tuple(
                    Edit(fact.name, text, place, value, piece)
                    for value, (text, piece) in choices
                    if value != state.known[place]
                )
            )
        elif fact.name in engine.exceptions:
            exception = engine.exceptions.index(fact.name)
            edits.append(
                tuple(
                    Edit(fact.name, answer, len(engine.variables) + exception, answer, None)
                    for answer in fact.values
                    if answer != state.exceptions[exception]
                )
            )
    return edits


def edited(engine: Engine, state: State, edits: tuple[Edit, ...]) -> State:
    """``state`` with the answers of ``edits``."""
    known, exceptions = list(state.known), list(state.exceptions)
    for edit in edits:
        if isinstance(edit.value, int):
            known[edit.place] = edit.value
        else:
            exceptions[edit.place - len(engine.variables)] = edit.value
    return State(tuple(known), tuple(exceptions))


def _flips_of(
    engine: Engine, state: State, edits: list[tuple[Edit, ...]], count: int, wanted: Callable[[Outcome], bool]
) -> Iterator[Flip]:
    for chosen in combinations(edits, count):
        tried = [(edit, look(engine, edited(engine, state, edit)).outcome) for edit in product(*chosen)]
        # Neighbouring pieces of a number with one and the same outcome are one range; only the last fact
        # of an edit runs through its pieces without another one changing in between.
        for (others, outcome), run in groupby(tried, key=lambda one: (one[0][:-1], one[1])):
            for edit in _runs([one[0][-1] for one in run]):
                if wanted(outcome):
                    change = {one.fact: one.text for one in others} | {edit.fact: edit.text}
                    yield Flip(change, *outcome)


def _runs(edits: list[Edit]) -> list[Edit]:
    """``edits`` of one fact with neighbouring ranges joined."""
    joined: list[Edit] = []
    for edit in edits:
        last = joined[-1] if joined else None
        if last and last.piece and edit.piece and last.piece.high == edit.piece.low:
            piece = Range(last.piece.low, edit.piece.high)
            joined[-1] = Edit(edit.fact, str(piece), edit.place, edit.value, piece)
        else:
            joined.append(edit)
    return joined
