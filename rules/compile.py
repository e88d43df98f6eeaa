"""Rules made ready for deciding: variables, groups joined into components, one diagram for each.

Groups that share a fact or an option belong to one component. What two components say never meets: their
facts and options are different ones. So each is computed alone, and a rules file with many groups needs
no more work than its largest component.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from operator import itemgetter
from weakref import WeakKeyDictionary

from rules.diagram import OPEN, Diagrams, TooManyNodesError, united
from rules.engine import ANSWERED, CANNOT_SAY, Component, Contribution, Domain, Engine, Trail, Variable
from rules.errors import TooLargeError
from rules.ids import json_by_digit
from rules.load import nodes
from rules.model import UNKNOWN, Ask, FactSpec, Group, Leaf, Node, RuleSet
from rules.ranges import FIRST, LAST, Range, cells

MOST_NODES = 1_000_000
WHOLE_LINE = (Range(FIRST, LAST),)
_ENGINES: WeakKeyDictionary[RuleSet, Engine] = WeakKeyDictionary()


def engine_of(rules: RuleSet) -> Engine:
    """The engine of ``rules``, made on first use. Raises :class:`TooLargeError`.

    An engine that has grown large by the cases it saw is made anew, so that a process which never ends
    keeps its memory.
    """
    engine = _ENGINES.get(rules)
    if engine is None or len(engine.diagrams) > MOST_NODES:
        engine = _ENGINES[rules] = _compile(rules)
        engine.diagrams.most = 4 * MOST_NODES
    return engine


def _compile(rules: RuleSet) -> Engine:
    pieces = _pieces(rules)
    domains = {
        fact.name: _domain(place, fact, pieces.get(fact.name, WHOLE_LINE))
        for place, fact in enumerate(rules.facts.values())
    }
    variables = tuple(_variable(rules.facts[name], domains[name], pieces[name]) for name in pieces)
    position = {variable.fact.name: place for place, variable in enumerate(variables)}
    branches = {
        node.id: _branch_positions(node, variables[position[node.fact]])
        for group in rules.groups
        for node in nodes(group.root)
        if isinstance(node, Ask)
    }
    engine = Engine(
        rules,
        domains,
        tuple(domains[name] for name in sorted(domains)),
        variables,
        position,
        tuple(name for name, fact in rules.facts.items() if fact.only_for is not None),
        Diagrams([len(variable.answers) for variable in variables], MOST_NODES),
        (),
        branches,
        {fact.name: fact.assume for fact in rules.facts.values() if fact.assume is not None},
        tuple(
            Trail(group, _picker(domains[name].place for name in _asked([group]))) for group in rules.groups
        ),
        _picker(position[name] for name in _asked(one for one in rules.groups if one.kind != "preference")),
        _picker({domains[name].place for limit in rules.limits for name in limit.unless}),
    )
    engine.components = tuple(_component(engine, groups) for groups in _joined(rules))
    return engine


def _pieces(rules: RuleSet) -> dict[str, tuple[Range, ...]]:
    """The facts that trees ask, in the order in which they do, each number with the pieces of its line."""
    ranges: dict[str, list[Range]] = {}
    for group in rules.groups:
        for node in nodes(group.root):
            if isinstance(node, Ask):
                found = ranges.setdefault(node.fact, [])
                found.extend(branch.within for branch in node.branches if branch.within)
    return {name: cells(used) if rules.facts[name].numeric else () for name, used in ranges.items()}


def _domain(place: int, fact: FactSpec, pieces: tuple[Range, ...]) -> Domain:
    answers = tuple(map(str, pieces)) if fact.numeric else fact.values
    words = ("", UNKNOWN, *answers)
    digits = {UNKNOWN: CANNOT_SAY}
    if not fact.numeric:
        digits.update({answer: ANSWERED + place for place, answer in enumerate(answers)})
    lows = tuple(piece.low for piece in pieces) if fact.numeric else ()
    return Domain(place, words, digits, lows, json_by_digit(fact, words))


def _variable(fact: FactSpec, domain: Domain, pieces: tuple[Range, ...]) -> Variable:
    answers = domain.words[ANSWERED:]
    if fact.assume is None:
        assumed = OPEN
    elif fact.numeric:
        assumed = next(place for place, piece in enumerate(pieces) if float(fact.assume) in piece)
    else:
        assumed = answers.index(fact.assume)
    return Variable(fact, domain.place, answers, pieces, (assumed, assumed, *range(len(answers))))


def _asked(groups: Iterable[Group]) -> set[str]:
    """The facts that the trees of ``groups`` ask."""
    return {node.fact for group in groups for node in nodes(group.root) if isinstance(node, Ask)}


def _picker(places: Iterable[int]) -> Callable[[tuple[int, ...]], object]:
    """Picks what stands at ``places`` of a tuple; of none, something that is always the same."""
    return itemgetter(*found) if (found := sorted(places)) else itemgetter(slice(0, 0))


def _branch_positions(node: Ask, variable: Variable) -> tuple[int, ...]:
    """For each answer or piece of the variable the branch that it takes."""
    if variable.pieces:
        return tuple(
            next(
                place
                for place, branch in enumerate(node.branches)
                if branch.within and branch.within.low <= piece.low and piece.high <= branch.within.high
            )
            for piece in variable.pieces
        )
    by_answer = {branch.answer: place for place, branch in enumerate(node.branches)}
    return tuple(by_answer[answer] for answer in variable.answers)


def _joined(rules: RuleSet) -> list[tuple[Group, ...]]:
    """The need and constraint groups, those together that share a fact, an option or a conflict."""
    parts: list[tuple[list[Group], set[str]]] = []
    links = {
        name: {f"conflict {one.name}" for one in rules.conflicts if name in one.between}
        for name in _names(rules)
    }
    for group in rules.groups:
        if group.kind == "preference":
            continue
        words = links[group.name] | _words(group, rules)
        own: tuple[list[Group], set[str]] = ([group], words)
        apart = []
        for part in parts:
            if part[1] & words:
                own = (part[0] + own[0], part[1] | own[1])
            else:
                apart.append(part)
        parts = [*apart, own]
    order = {group.name: place for place, group in enumerate(rules.groups)}
    joined = [tuple(sorted(groups, key=lambda one: order[one.name])) for groups, _ in parts]
    return sorted(joined, key=lambda groups: order[groups[0].name])


def _names(rules: RuleSet) -> list[str]:
    return [group.name for group in rules.groups]


def _words(group: Group, rules: RuleSet) -> set[str]:
    words = set()
    for node in nodes(group.root):
        if isinstance(node, Ask):
            words.add(f"fact {node.fact}")
        else:
            words.update(f"option {option}" for option in (*node.require, *node.exclude))
    for conflict in rules.conflicts:
        if group.name in conflict.between:
            words.update(f"option {option}" for way in conflict.ways for option in (*way.require, *way.allow))
    return words


def _component(engine: Engine, groups: tuple[Group, ...]) -> Component:
    names = {group.name for group in groups}
    conflicts = tuple(one for one in engine.rules.conflicts if names.issuperset(one.between))
    bits: dict[Contribution, int] = {}
    named = {
        (group, option)
        for one in conflicts
        for group in one.between
        for option in (one.over, *(allowed for way in one.ways for allowed in way.allow))
    }

    def leaf(group: Group, node: Leaf) -> int:
        value = 0
        for required, options in ((True, node.require), (False, node.exclude)):
            for option in options:
                key = (required, option, group.name if (group.name, option) in named else "")
                value |= 1 << bits.setdefault(key, len(bits))
        return value

    try:
        parts = [tree_diagram(engine, group.root, partial(leaf, group)) for group in groups]
        diagram = united(engine.diagrams, parts)
    except (TooManyNodesError, RecursionError) as error:
        raise TooLargeError((group.name for group in groups), MOST_NODES) from error
    asked = {one.ask for one in conflicts}
    exceptions = tuple(place for place, name in enumerate(engine.exceptions) if name in asked)
    return Component(groups, conflicts, exceptions, tuple(bits), diagram)


def tree_diagram(engine: Engine, node: Node, value_of: Callable[[Leaf], int]) -> int:
    """The diagram of a tree whose leaves have the values that ``value_of`` gives them."""
    if isinstance(node, Leaf):
        return engine.diagrams.end(value_of(node))
    below = [tree_diagram(engine, branch.node, value_of) for branch in node.branches]
    kids = [below[place] for place in engine.branches[node.id]]
    return engine.diagrams.case(engine.position[node.fact], kids)


def walk_leaves(engine: Engine, node: Node, known: Sequence[int]) -> Iterator[Leaf]:
    """The leaves below ``node`` that completions of ``known`` can reach."""
    if isinstance(node, Leaf):
        yield node
        return
    value = known[engine.position[node.fact]]
    places: Iterable[int] = range(len(node.branches)) if value == OPEN else (engine.branches[node.id][value],)
    for place in places:
        yield from walk_leaves(engine, node.branches[place].node, known)
