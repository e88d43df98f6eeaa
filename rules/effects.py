"""What the facts can still do to a decision: what would change it, what cannot, and what numbers do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, product
from math import inf, nextafter, prod

from rules.case import read_case
from rules.compile import engine_of
from rules.decide import decide
from rules.decision import Flip, LimitState, Options, Status
from rules.diagram import OPEN
from rules.engine import (
    ANSWERED,
    CONFLICT,
    UNSAID,
    Component,
    Engine,
    Outcome,
    Part,
    Situation,
    State,
)
from rules.flips import flips
from rules.load import nodes
from rules.model import Ask, Limit, RuleSet
from rules.ranges import FIRST, LAST, Range, cells
from rules.reach import answer_of, judge, look

MOST_WAYS = 5_000


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Numbers with one and the same effect: the result, and for each limit on the fact whether it is kept.

    ``limits`` holds the limits of the rules that concern the result, by name; ``holds`` says that the number
    that is known lies within.
    """

    within: str
    status: Status
    options: Options
    limits: tuple[tuple[str, LimitState], ...]
    holds: bool


@dataclass(frozen=True, slots=True)
class NumberEffect:
    """A number that makes a difference: its ranges from low to high, at least two, which cover the line."""

    fact: str
    unit: str
    ranges: tuple[NumberRange, ...]


@dataclass(frozen=True, slots=True)
class Effects:
    """What the facts can do to a decision.

    ``flips`` are the smallest changes that give another status or other options: of one fact, else of two.
    ``cannot_matter`` are the facts no answer of which can do so, whatever else is answered. ``numbers`` says
    for each number what its ranges do, limits included.
    """

    flips: tuple[Flip, ...]
    cannot_matter: tuple[str, ...]
    numbers: tuple[NumberEffect, ...]


def effects(rules: RuleSet, facts: Mapping[str, str | float]) -> Effects:
    """What other answers than those of ``facts`` would do.

    Raises :class:`FactError` and :class:`TooLargeError`.
    """
    return Effects(flips(rules, facts), cannot_matter(rules, facts), number_effects(rules, facts))


def cannot_matter(rules: RuleSet, facts: Mapping[str, str | float]) -> tuple[str, ...]:
    """The facts no answer of which can change status or options, in the author's order.

    What is known stays, but for the fact itself. What is only assumed of a fact that could be asked may still
    turn out otherwise, and so may what nobody could say; volunteered facts that are unsaid stay so.
    """
    engine = engine_of(rules)
    with engine.lock:
        state = _open_state(engine, read_case(engine, facts)[0])
        return tuple(name for name in rules.facts if not _matters(engine, state, name))


def number_effects(rules: RuleSet, facts: Mapping[str, str | float]) -> tuple[NumberEffect, ...]:
    """For each number that can make a difference its ranges, all other facts being as they are."""
    found = (_number_effect(rules, facts, name) for name, fact in rules.facts.items() if fact.numeric)
    return tuple(effect for effect in found if effect is not None)


def _open_state(engine: Engine, situation: Situation) -> State:
    """What is known, with silence taken for silence: only volunteered facts keep their assumption."""
    known = []
    for variable in engine.variables:
        digit = situation[variable.place]
        silent = digit == UNSAID and variable.fact.ask is None
        known.append(variable.known[digit] if digit >= ANSWERED or silent else OPEN)
    return State(tuple(known), tuple(answer_of(engine, situation, name) for name in engine.exceptions))


def _matters(engine: Engine, state: State, name: str) -> bool:
    """Whether some completion's result depends on the fact ``name``."""
    known, exceptions = list(state.known), list(state.exceptions)
    place = engine.position.get(name)
    if place is not None:
        known[place] = OPEN
    elif name in engine.exceptions:
        exceptions[engine.exceptions.index(name)] = ""
    else:
        return False
    parts = _parts(engine, State(tuple(known), tuple(exceptions)))
    # Where one component is a conflict whatever is answered, nothing shows of the others.
    stuck = [bool(own) and all(part.outcomes == (CONFLICT,) for _, part in own) for own in parts]
    for number, own in enumerate(parts):
        if any(stuck[:number] + stuck[number + 1 :]):
            continue
        if not own and name in _facts(engine.components[number]):
            return True
        if place is None and _exception_matters(engine, own, name):
            return True
        if place is not None and any(place in engine.diagrams.support(part.result) for _, part in own):
            return True
    return False


Answers = Mapping[str, str]


def _parts(engine: Engine, state: State) -> list[list[tuple[Answers, Part]]]:
    """For each component its parts under all answers about its exceptions that are not known.

    None where these are too many to try: then nothing is said not to matter there.
    """
    told = dict(zip(engine.exceptions, state.exceptions, strict=True))
    found = []
    for number, component in enumerate(engine.components):
        names = [name for name in engine.exceptions if any(one.ask == name for one in component.conflicts)]
        choices = [(told[name],) if told[name] else ("", *engine.rules.facts[name].values) for name in names]
        own: list[tuple[Answers, Part]] = []
        if prod(map(len, choices)) > MOST_WAYS:
            choices = [()]
        for chosen in product(*choices):
            answers: Answers = {**told, **dict(zip(names, chosen, strict=True))}
            view = look(engine, State(state.known, tuple(answers[name] for name in engine.exceptions)))
            own.append((answers, view.parts[number]))
        found.append(own)
    return found


def _facts(component: Component) -> set[str]:
    asked = {node.fact for group in component.groups for node in nodes(group.root) if isinstance(node, Ask)}
    return asked | {conflict.ask for conflict in component.conflicts if conflict.ask}


def _exception_matters(engine: Engine, parts: Sequence[tuple[Answers, Part]], name: str) -> bool:
    """Whether two answers about the exception ``name`` give different results, the others being the same."""
    results: dict[frozenset[tuple[str, str]], set[int]] = {}
    outcomes: dict[Outcome, int] = {}
    for answers, part in parts:
        others = frozenset(item for item in answers.items() if item[0] != name)
        results.setdefault(others, set()).add(_result(engine, part, answers, outcomes))
    return any(len(found) > 1 for found in results.values())


def _result(engine: Engine, part: Part, answers: Answers, outcomes: dict[Outcome, int]) -> int:
    """The diagram of a part's outcomes under ``answers``, numbered by ``outcomes``."""

    def number(value: int) -> int:
        return outcomes.setdefault(judge(part.component, value, answers), len(outcomes))

    return engine.diagrams.relabel(part.reached, number, {})


def _number_effect(rules: RuleSet, facts: Mapping[str, str | float], name: str) -> NumberEffect | None:
    fact = rules.facts[name]
    said = read_case(engine_of(rules), facts)[1].get(name)
    found = [
        (piece, _effect(rules, {**facts, name: _number_in(piece)}, name)) for piece in _pieces(rules, name)
    ]
    ranges = []
    for (status, options, limits), run in groupby(found, key=lambda one: one[1]):
        pieces = [piece for piece, _ in run]
        within = Range(pieces[0].low, pieces[-1].high)
        holds = said is not None and said in within
        ranges.append(NumberRange(str(within), status, options, limits, holds))
    return NumberEffect(name, fact.unit or "", tuple(ranges)) if len(ranges) > 1 else None


Effect = tuple[Status, Options, tuple[tuple[str, LimitState], ...]]


def _effect(rules: RuleSet, facts: Mapping[str, str | float], name: str) -> Effect:
    decision = decide(rules, facts)
    limits = tuple((limit.name, limit.state) for limit in decision.limits if limit.fact == name)
    return decision.status, decision.options, limits


def _pieces(rules: RuleSet, name: str) -> tuple[Range, ...]:
    """The line cut wherever a branch or a limit tells numbers of the fact apart."""
    engine = engine_of(rules)
    place = engine.position.get(name)
    cuts = list(engine.variables[place].pieces) if place is not None else []
    for limit in rules.limits:
        if limit.fact == name:
            cuts += _kept(limit)
    return cells(cuts)


def _kept(limit: Limit) -> Iterator[Range]:
    """The numbers that keep a limit, as ranges that end where it does."""
    if limit.maximum is not None:
        yield Range(FIRST, (limit.maximum, 2))
    if limit.minimum is not None:
        yield Range((limit.minimum, 0), LAST)


def _number_in(piece: Range) -> float:
    """A number within ``piece``, a round one where there is one."""
    number = piece.sample()
    if number in piece:
        return number
    # So large that adding one to an end is lost in its digits.
    return nextafter(piece.low[0], inf)
