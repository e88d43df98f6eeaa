"""Which fact to ask next: one that can change the result, and of those the most telling."""

from __future__ import annotations

from math import log2

from rules.compile import walk_leaves
from rules.decision import Question
from rules.diagram import OPEN
from rules.engine import (
    ANSWERED,
    CANNOT_SAY,
    CONFLICT_BIT,
    UNSAID,
    Engine,
    Situation,
    State,
    View,
)
from rules.model import Ask, FactSpec, Leaf, Node, Source
from rules.reach import look, without


def next_question(
    engine: Engine,
    situation: Situation,
    state: State,
    view: View,
    assumed: tuple[str, ...],
) -> Question | None:
    """The fact to ask next, or ``None`` when no answer can change status or options.

    While undecided: a fact that is not known. Decided under assumptions that matter: one of them. In a
    conflict: the fact that its exception depends on. A fact answered with ``unknown`` is not asked again.
    """
    name = None
    if assumed:
        state = without(engine, state, assumed)
        view = look(engine, state)
        candidates = _assumed_facts(engine, situation, view, assumed)
        name = _most_telling(engine, situation, state, view, candidates)
    elif view.status == "undecided":
        name = _most_telling(engine, situation, state, view, matters(engine, situation, view))
    if name is None and view.status == "conflict":
        name = _exception_question(engine, situation, state)
    return question_of(engine, engine.rules.facts[name], state) if name else None


def question_of(engine: Engine, fact: FactSpec, state: State) -> Question:
    """The question of a fact, with the guide's words that make it matter."""
    source = fact.source or _source_below(engine, fact, state)
    return Question(fact.name, fact.ask or "", fact.why or "", fact.values, source, fact.unit)


def _exception_question(engine: Engine, situation: Situation, state: State) -> str | None:
    """The first exception that nobody was asked about and whose answer can change the result."""
    now = look(engine, state).outcome
    for place, name in enumerate(engine.exceptions):
        if engine.digit(situation, name) != UNSAID:
            continue
        for answer in engine.rules.facts[name].values:
            exceptions = (*state.exceptions[:place], answer, *state.exceptions[place + 1 :])
            if look(engine, State(state.known, exceptions)).outcome != now:
                return name
    return None


def _assumed_facts(
    engine: Engine, situation: Situation, view: View, assumed: tuple[str, ...]
) -> frozenset[str]:
    """Those of the facts ``assumed`` to ask: which matter by themselves, else all that can be asked."""
    return matters(engine, situation, view).intersection(assumed) or frozenset(
        name for name in assumed if engine.digit(situation, name) != CANNOT_SAY
    )


def _most_telling(
    engine: Engine, situation: Situation, state: State, view: View, candidates: frozenset[str]
) -> str | None:
    """The fact with the least expected entropy of the result, all completions equally likely.

    On ties a fact of a group that was begun goes first, then the author's order decides.
    """
    if len(candidates) < 2:
        return next(iter(candidates), None)
    least = min(_expected(engine, view, name) for name in candidates)
    tied = {name for name in candidates if _expected(engine, view, name) == least}
    if len(tied) > 1:
        tied = tied & _begun(engine, situation, state) or tied
    return min(tied, key=lambda name: engine.domains[name].place)


def matters(engine: Engine, situation: Situation, view: View) -> frozenset[str]:
    """The facts whose answer can change status or options, given what stays unknown for good.

    Facts answered with ``unknown`` stay open whatever else is answered: their completions are put together
    before looking at what the result depends on.
    """
    if view.status == "conflict":
        return frozenset()
    cannot_say = frozenset(
        [place for place, variable in enumerate(engine.variables) if situation[variable.place] == CANNOT_SAY]
    )
    found = view.mattering.get(cannot_say)
    if found is None:
        found = view.mattering[cannot_say] = _support(engine, view, cannot_say)
    return found


def _support(engine: Engine, view: View, cannot_say: frozenset[int]) -> frozenset[str]:
    merged = [engine.diagrams.merge(part.result, cannot_say) for part in view.parts]
    shown = [engine.diagrams.relabel(diagram, _several_as_one, {}) for diagram in merged]
    stuck = [not any(bits & ~CONFLICT_BIT for bits in engine.diagrams.values(diagram)) for diagram in shown]
    found: set[int] = set()
    for place, diagram in enumerate(shown):
        # Where another component stays undecided whatever is answered, only a certain conflict would show.
        hidden = any(stuck[:place] + stuck[place + 1 :])
        visible = engine.diagrams.relabel(diagram, _conflict_or_not, {}) if hidden else diagram
        found |= engine.diagrams.support(visible)
    facts = (engine.variables[variable].fact for variable in found)
    return frozenset(fact.name for fact in facts if fact.ask is not None)


def _several_as_one(bits: int) -> int:
    """One outcome stays itself; several are all the same: undecided (0)."""
    return bits if bits & (bits - 1) == 0 else 0


def _conflict_or_not(bits: int) -> int:
    return CONFLICT_BIT if bits == CONFLICT_BIT else 0


def _expected(engine: Engine, view: View, name: str) -> float:
    """The expected entropy of the result, in bits, after the answer to the fact ``name``."""
    found = view.entropies.get(name)
    if found is None:
        variable = engine.position[name]
        size = engine.diagrams.sizes[variable]
        known = [OPEN] * len(engine.variables)
        total = 0.0
        for value in range(size):
            known[variable] = value
            total += _entropy(engine, [engine.diagrams.restrict(part.result, known) for part in view.parts])
        found = view.entropies[name] = round(total / size, 9)
    return found


def _entropy(engine: Engine, results: list[int]) -> float:
    """The entropy of the whole result: a conflict of one component is a conflict of all."""
    without_conflict, inner = 1.0, 0.0
    for result in results:
        shares = engine.diagrams.shares(result)
        free = 1.0 - shares.get(CONFLICT_BIT, 0.0)
        without_conflict *= free
        if free > 0:
            inner -= sum(
                share / free * log2(share / free) for bits, share in shares.items() if bits != CONFLICT_BIT
            )
    split = sum(
        -share * log2(share) for share in (without_conflict, 1.0 - without_conflict) if 0.0 < share < 1.0
    )
    return split + without_conflict * inner


def _begun(engine: Engine, situation: Situation, state: State) -> set[str]:
    """The facts that follow in groups of which an answer is known already."""
    found: set[str] = set()
    for group in engine.rules.groups:
        node, answered = group.root, False
        while isinstance(node, Ask) and (value := state.known[engine.position[node.fact]]) != OPEN:
            answered = answered or engine.digit(situation, node.fact) >= ANSWERED
            node = node.branches[engine.branches[node.id][value]].node
        if answered:
            found |= _facts_below(engine, node, state)
    return found


def _facts_below(engine: Engine, node: Node, state: State) -> set[str]:
    if isinstance(node, Leaf):
        return set()
    value = state.known[engine.position[node.fact]]
    if value != OPEN:
        return _facts_below(engine, node.branches[engine.branches[node.id][value]].node, state)
    return {node.fact}.union(*(_facts_below(engine, branch.node, state) for branch in node.branches))


def _source_below(engine: Engine, fact: FactSpec, state: State) -> Source | None:
    """The words of the first leaf below a node that asks ``fact``; of a conflict, of its way out."""
    for conflict in engine.rules.conflicts:
        if conflict.ask == fact.name:
            return next((way.source for way in conflict.ways if way.source), None)
    for group in engine.rules.groups:
        for node in _reachable(engine, group.root, state):
            if node.fact == fact.name:
                leaves = list(walk_leaves(engine, node, state.known))
                cited = [leaf for leaf in leaves if leaf.source]
                best = next((leaf for leaf in cited if leaf.contributes), cited[0] if cited else None)
                if best is not None:
                    return best.source
    return None


def _reachable(engine: Engine, node: Node, state: State) -> list[Ask]:
    if isinstance(node, Leaf):
        return []
    value = state.known[engine.position[node.fact]]
    places = range(len(node.branches)) if value == OPEN else (engine.branches[node.id][value],)
    below = [found for place in places for found in _reachable(engine, node.branches[place].node, state)]
    return [node, *below]
