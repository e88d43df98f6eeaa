"""Two versions of rules over the same completions: their results side by side, in one store of diagrams."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from rules.compile import MOST_NODES, engine_of
from rules.decision import Options, Status
from rules.diagram import Diagrams, TooManyNodesError, united
from rules.engine import CONFLICT, Component, Engine, Outcome, Variable
from rules.errors import TooLargeError
from rules.load import nodes
from rules.model import Ask, FactSpec, Group, Leaf, Node, RuleSet
from rules.ranges import Range, cells
from rules.reach import judge

MOST_WAYS = 10_000


@dataclass(frozen=True, slots=True)
class JointFact:
    """A fact of the completions: its answers (of a number the ranges), and where each version has them.

    ``old`` and ``new`` hold for each answer its position among the answers of that version, and are ``None``
    for a version that does not read the fact. ``left_out`` are the answers that only one of two versions
    knows, which no completion has, with that version: ``old`` or ``new``.
    """

    name: str
    answers: tuple[str, ...]
    old: tuple[int, ...] | None
    new: tuple[int, ...] | None
    left_out: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One version: its engine, and for each fact that it reads its joint fact and where its answers are."""

    engine: Engine
    facts: Mapping[str, tuple[int, tuple[int, ...]]]


@dataclass(frozen=True, slots=True)
class Block:
    """Groups of both versions that share facts or options, and nothing with any others.

    The ends of ``diagram`` number ``results``: the outcome in the old and in the new version. ``facts`` are
    the positions of the joint facts that the groups read.
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    facts: tuple[int, ...]
    diagram: int
    results: tuple[tuple[Outcome, Outcome], ...]


@dataclass(frozen=True, slots=True)
class Joint:
    """Both versions over the completions of ``facts``; the variables of ``diagrams`` are their positions."""

    facts: tuple[JointFact, ...]
    diagrams: Diagrams
    old: Side
    new: Side
    blocks: tuple[Block, ...]


def join(old: RuleSet, new: RuleSet) -> Joint:
    """Both versions side by side. Raises :class:`TooLargeError`."""
    engines = engine_of(old), engine_of(new)
    facts = tuple(_joint_facts(*map(_readers, engines)))
    diagrams = Diagrams([len(fact.answers) for fact in facts], MOST_NODES)
    sides = (
        Side(engines[0], {one.name: (n, one.old) for n, one in enumerate(facts) if one.old is not None}),
        Side(engines[1], {one.name: (n, one.new) for n, one in enumerate(facts) if one.new is not None}),
    )
    blocks = tuple(_block(diagrams, sides, members) for members in _connected(sides))
    return Joint(facts, diagrams, *sides, blocks)


Reader = Variable | FactSpec


def _readers(engine: Engine) -> dict[str, Reader]:
    """What reads each fact: a variable of the trees, or an exception of a conflict."""
    found: dict[str, Reader] = {variable.fact.name: variable for variable in engine.variables}
    asked = {conflict.ask for conflict in engine.rules.conflicts}
    found.update({name: engine.rules.facts[name] for name in engine.exceptions if name in asked})
    return {name: found[name] for name in engine.rules.facts if name in found}


def _joint_facts(old: Mapping[str, Reader], new: Mapping[str, Reader]) -> Iterator[JointFact]:
    for name in dict.fromkeys((*old, *new)):
        one, two = old.get(name), new.get(name)
        if one is not None and two is not None and (both := _shared(name, one, two)):
            yield both
            continue
        # Of another kind in the two versions, a fact is two: nothing that one can be told fits the other.
        for side, reader in (("old", one), ("new", two)):
            if reader is not None:
                answers = _answers(reader)
                places = tuple(range(len(answers)))
                yield JointFact(name, answers, *((places, None) if side == "old" else (None, places)))


def _answers(reader: Reader) -> tuple[str, ...]:
    return reader.answers if isinstance(reader, Variable) else reader.values


def _shared(name: str, old: Reader, new: Reader) -> JointFact | None:
    """A fact as both versions can be told it, or ``None`` when there is no answer that both know."""
    pieces = [reader.pieces if isinstance(reader, Variable) else () for reader in (old, new)]
    if all(pieces):
        line = cells([*pieces[0], *pieces[1]])
        places = [
            tuple(next(n for n, piece in enumerate(side) if _within(cell, piece)) for cell in line)
            for side in pieces
        ]
        return JointFact(name, tuple(map(str, line)), places[0], places[1])
    was, now = _answers(old), _answers(new)
    answers = tuple(answer for answer in was if answer in now)
    if any(pieces) or not answers:
        return None
    left = [(one, "old") for one in was if one not in now] + [(one, "new") for one in now if one not in was]
    return JointFact(
        name, answers, tuple(map(was.index, answers)), tuple(map(now.index, answers)), tuple(left)
    )


def _within(cell: Range, piece: Range) -> bool:
    return piece.low <= cell.low and cell.high <= piece.high


def _connected(sides: tuple[Side, Side]) -> list[tuple[tuple[int, Component], ...]]:
    """The components of both versions, those together that share a fact or an option."""
    parts: list[tuple[list[tuple[int, Component]], set[str]]] = []
    for number, side in enumerate(sides):
        for component in side.engine.components:
            words = {f"fact {side.facts[name][0]}" for name in _facts(component)}
            words |= {f"option {option}" for option in _options(component)}
            own, apart = ([(number, component)], words), []
            for part in parts:
                if part[1] & words:
                    own = (part[0] + own[0], part[1] | own[1])
                else:
                    apart.append(part)
            parts = [*apart, own]
    return [tuple(members) for members, _ in parts]


def _facts(component: Component) -> list[str]:
    asked = [node.fact for group in component.groups for node in nodes(group.root) if isinstance(node, Ask)]
    return list(dict.fromkeys([*asked, *(one.ask for one in component.conflicts if one.ask)]))


def _options(component: Component) -> set[str]:
    ways = (way for conflict in component.conflicts for way in conflict.ways)
    return {option for _, option, _ in component.contributions} | {o for way in ways for o in way.require}


def _block(diagrams: Diagrams, sides: tuple[Side, Side], members: Sequence[tuple[int, Component]]) -> Block:
    bits: dict[tuple[int, int, Outcome], int] = {}
    names = [[group.name for at, one in members if at == n for group in one.groups] for n in (0, 1)]
    try:
        parts = [
            _outcomes(diagrams, sides[number], component, number, place, bits)
            for place, (number, component) in enumerate(members)
        ]
        told = list(bits)
        results: dict[tuple[Outcome, Outcome], int] = {}

        def pair(value: int) -> int:
            found = []
            while value:
                found.append(told[(value & -value).bit_length() - 1])
                value &= value - 1
            both = tuple(_together(outcome for side, _, outcome in found if side == n) for n in (0, 1))
            return results.setdefault((both[0], both[1]), len(results))

        diagram = diagrams.relabel(united(diagrams, parts), pair, {})
    except (TooManyNodesError, RecursionError) as error:
        raise TooLargeError(dict.fromkeys(names[0] + names[1]), MOST_NODES) from error
    facts = {sides[number].facts[name][0] for number, component in members for name in _facts(component)}
    return Block(tuple(names[0]), tuple(names[1]), tuple(sorted(facts)), diagram, tuple(results))


def _outcomes(
    diagrams: Diagrams,
    side: Side,
    component: Component,
    number: int,
    place: int,
    bits: dict[tuple[int, int, Outcome], int],
) -> int:
    """The diagram of a component's outcomes, each a bit of its own, over its facts and exceptions."""
    reached = united(
        diagrams, (_tree(diagrams, side, component, group, group.root) for group in component.groups)
    )
    asked = list(dict.fromkeys(one.ask for one in component.conflicts if one.ask))
    if prod(len(side.facts[name][1]) for name in asked) > MOST_WAYS:
        raise TooLargeError((group.name for group in component.groups), MOST_WAYS)

    def under(rest: Sequence[str], answers: Mapping[str, str]) -> int:
        if rest:
            fact, places = side.facts[rest[0]]
            values = side.engine.rules.facts[rest[0]].values
            return diagrams.case(fact, [under(rest[1:], {**answers, rest[0]: values[n]}) for n in places])

        def bit(value: int) -> int:
            return 1 << bits.setdefault((number, place, judge(component, value, answers)), len(bits))

        return diagrams.relabel(reached, bit, {})

    return under(asked, {})


def _tree(diagrams: Diagrams, side: Side, component: Component, group: Group, node: Node) -> int:
    """The diagram of what a tree contributes, in the bits of its component."""
    if isinstance(node, Leaf):
        places = {contribution: n for n, contribution in enumerate(component.contributions)}
        value = 0
        for required, options in ((True, node.require), (False, node.exclude)):
            for option in options:
                own = (required, option, group.name)
                value |= 1 << places[own if own in places else (required, option, "")]
        return diagrams.end(value)
    below = [_tree(diagrams, side, component, group, branch.node) for branch in node.branches]
    fact, places_of = side.facts[node.fact]
    taken = side.engine.branches[node.id]
    return diagrams.case(fact, [below[taken[n]] for n in places_of])


def _together(outcomes: Iterable[Outcome]) -> Outcome:
    """The outcome of several components in one complete case."""
    found = list(outcomes)
    if CONFLICT in found:
        return CONFLICT
    status: Status = "decided"
    if any(one[0] == "decided_by_exception" for one in found):
        status = "decided_by_exception"
    options: Options = tuple(sorted({option for _, options in found for option in options}))
    return status, options
