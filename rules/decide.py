"""Decides from facts: one result if all completions of what is missing agree, else the question to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rules.case import UNKNOWN, Case, read_case
from rules.collide import conflicts_found
from rules.compile import engine_of
from rules.decision import ConflictFound, Decision, LimitFound, Step
from rules.diagram import OPEN
from rules.engine import MOST_KEPT, Engine, State, View
from rules.ids import decision_id
from rules.model import Ask, Dispute, Group, Leaf, RuleSet
from rules.notes import leanings_of, limits_of, overridden_of, tensions_of
from rules.question import next_question
from rules.reach import look, possible_sets, required_always, state_of, without


def decide(rules: RuleSet, facts: Mapping[str, str | float]) -> Decision:
    """What follows from ``facts``: known values, ``unknown`` for what nobody could say, nothing for the rest.

    The same rules file and facts give the same decision, whatever their order. Raises :class:`FactError`
    for a fact or a value that the rules do not know, and :class:`TooLargeError`.
    """
    engine = engine_of(rules)
    try:
        key = frozenset(facts.items())
        found = engine.decisions.get(key)
    except TypeError:  # a value that cannot be a key is no value of a fact either
        read_case(rules, facts)
        raise
    if found is None:
        with engine.lock:
            found = _decide(engine, read_case(rules, facts))
            if len(engine.decisions) >= MOST_KEPT:
                engine.decisions.clear()
            engine.decisions[key] = found
    return found


def _decide(engine: Engine, case: Case) -> Decision:
    rules = engine.rules
    view = look(engine, state_of(engine, case))
    assumed = assumptions_that_matter(engine, case, view)
    steps = trace(engine, case, view.state)
    required = required_always(engine, view)
    possible, count = possible_sets(view)
    decided = view.status in ("decided", "decided_by_exception")
    conflicts = conflicts_found(engine, case, view, required)
    limits = limits_of(rules, case, view.options, _answers(engine, case)) if decided else ()
    return Decision(
        id=decision_id(rules, case),
        status=view.status,
        options=view.options,
        how=_how(view, steps, conflicts),
        possible=possible,
        possible_count=count,
        may_conflict=view.may_conflict and not decided,
        required=required,
        assumed=assumed,
        next=next_question(engine, case, view, tuple(assumed)),
        trace=steps,
        tensions=tensions_of(engine, view, steps) if decided else (),
        overridden=overridden_of(engine, steps),
        leanings=leanings_of(steps) if view.status == "undecided" else (),
        conflicts=conflicts,
        limits=limits,
        disputed=_disputed(rules, steps, conflicts, limits),
    )


def assumptions_that_matter(engine: Engine, case: Case, view: View) -> dict[str, str]:
    """The assumptions of facts that could be asked, if dropping them could change status or options.

    Named are those that matter by themselves, and where only several together do, all of these.
    """
    made = {
        variable.fact.name: variable.fact.assume
        for variable in engine.variables
        if variable.fact.assume is not None
        and variable.fact.ask is not None
        and case.answers.get(variable.fact.name, UNKNOWN) == UNKNOWN
    }
    if not made:
        return {}
    free = look(engine, without(engine, view.state, made))
    if free.outcome == view.outcome:
        return {}
    if len(made) == 1:
        return made
    alone = [
        name for name in made if look(engine, without(engine, view.state, (name,))).outcome != view.outcome
    ]
    if not alone:
        depends = frozenset().union(*(engine.diagrams.support(part.result) for part in free.parts))
        alone = [name for name in made if engine.position[name] in depends]
    return {name: made[name] for name in engine.rules.facts if name in alone}


def trace(engine: Engine, case: Case, state: State) -> tuple[Step, ...]:
    """The nodes passed, group after group, as far as answers and assumptions lead.

    A group is left out when it passes only volunteered facts that nobody mentioned and contributes nothing.
    """
    said = {name for name, answer in case.answers.items() if answer != UNKNOWN}
    known = [(value, name in said) for value, name in zip(state.known, engine.position, strict=True)]
    steps: list[Step] = []
    for group, places in zip(engine.rules.groups, engine.asked, strict=True):
        key = (group.name, tuple([known[place] for place in places]))
        path = engine.paths.get(key)
        if path is None:
            if len(engine.paths) >= MOST_KEPT:
                engine.paths.clear()
            path = engine.paths[key] = _path(engine, group, said, state)
        steps.extend(path)
    return tuple(steps)


def _path(engine: Engine, group: Group, said: set[str], state: State) -> tuple[Step, ...]:
    """The steps of a group; none when they pass silent assumptions only and lead to nothing."""
    node = group.root
    if isinstance(node, Leaf):
        return (_step(node, "", "", False),)
    steps: list[Step] = []
    spoken = False
    while isinstance(node, Ask):
        variable = engine.variables[engine.position[node.fact]]
        value = state.known[engine.position[node.fact]]
        if value == OPEN:
            break
        branch = node.branches[engine.branches[node.id][value]]
        spoken = spoken or node.fact in said or variable.fact.ask is not None
        steps.append(_step(branch.node, node.fact, branch.answer, node.fact not in said))
        node = branch.node
    if spoken or (isinstance(node, Leaf) and node.contributes):
        return tuple(steps)
    return ()


def _step(node: Ask | Leaf, fact: str, answer: str, assumed: bool) -> Step:
    if isinstance(node, Ask):
        return Step(node.id, fact, answer, assumed, False, (), (), (), "", "", None)
    sets = (node.require, node.exclude, node.prefer)
    return Step(node.id, fact, answer, assumed, True, *sets, node.how, node.say, node.source)


def _answers(engine: Engine, case: Case) -> dict[str, str]:
    """What is known or assumed, as answers."""
    known = {name: answer for name, answer in case.answers.items() if answer != UNKNOWN}
    return {**engine.assumed, **known}


def _how(view: View, steps: Sequence[Step], conflicts: Sequence[ConflictFound]) -> str:
    """How the options are used, in the rules' words: by the exception, else by the leaves passed."""
    if view.status == "decided_by_exception":
        words = [one.how for one in conflicts if one.how]
    elif view.status == "decided":
        words = [step.how for step in steps if step.how and not step.prefer]
    else:
        words = []
    return "; ".join(dict.fromkeys(words))


def _disputed(
    rules: RuleSet, steps: Sequence[Step], conflicts: Sequence[ConflictFound], limits: Sequence[LimitFound]
) -> tuple[Dispute, ...]:
    """The disputes about what this decision passes or shows."""
    if not rules.disputed:
        return ()
    shown = {step.node for step in steps} | {one.name for one in conflicts} | {one.name for one in limits}
    shown.update(node for one in conflicts for node in one.nodes)
    return tuple(dispute for dispute in rules.disputed if dispute.node in shown)
