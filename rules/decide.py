"""Decides from facts: one result if all completions of what is missing agree, else the question to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rules.case import read_case
from rules.collide import conflicts_found
from rules.compile import engine_of
from rules.decision import ConflictFound, Decision, LimitFound, Options, Step
from rules.diagram import OPEN
from rules.engine import ANSWERED, Engine, Finding, Situation, State, View
from rules.ids import decision_id, id_text
from rules.model import Ask, Dispute, Group, Leaf, Node, RuleSet
from rules.notes import checked, leanings_of, limits_of, overridden_of, tensions_of
from rules.question import next_question
from rules.ranges import format_number
from rules.reach import answer_of, look, state_of, without


def decide(rules: RuleSet, facts: Mapping[str, str | float]) -> Decision:
    """What follows from ``facts``: known values, ``unknown`` for what nobody could say, nothing for the rest.

    The same rules file and facts give the same decision, whatever their order. Raises :class:`FactError`
    for a fact or a value that the rules do not know, and :class:`TooLargeError`.
    """
    engine = engine_of(rules)
    situation, numbers = read_case(engine, facts)
    finding = engine.findings.get(situation)
    if finding is None:
        with engine.lock:
            finding = _find(engine, situation, frozenset(numbers))
            if len(engine.findings) >= engine.most_kept:
                engine.findings.clear()
                engine.limits.clear()
                for trail in engine.trails:
                    trail.paths.clear()
            engine.findings[situation] = finding
    return _with_numbers(finding, numbers) if numbers else finding.decision


def _with_numbers(finding: Finding, numbers: Mapping[str, float]) -> Decision:
    told = tuple([format_number(numbers[fact]) for fact in finding.told])
    limits = finding.decision.limits
    if limits:
        limits = tuple([checked(one, numbers[one.fact]) if one.fact in numbers else one for one in limits])
    return finding.decision.numbered(decision_id(finding.id_text, told), limits)


def _find(engine: Engine, situation: Situation, numbers: frozenset[str]) -> Finding:
    rules = engine.rules
    state = state_of(engine, situation)
    view = look(engine, state)
    assumed = assumptions_that_matter(engine, situation, state, view)
    steps = trace(engine, situation, state)
    decided = view.status in ("decided", "decided_by_exception")
    conflicts = conflicts_found(engine, situation, state, view)
    limits = _limits(engine, situation, view.options) if decided else ()
    text = id_text(engine, situation)
    decision = Decision(
        id="" if numbers else decision_id(text, ()),
        status=view.status,
        options=view.options,
        how=_how(view, steps, conflicts),
        possible=view.possible,
        possible_count=view.possible_count,
        may_conflict=view.may_conflict and not decided,
        required=view.required,
        assumed=assumed,
        next=next_question(engine, situation, state, view, tuple(assumed)),
        trace=steps,
        tensions=tensions_of(engine, state, view, steps) if decided else (),
        overridden=overridden_of(engine, steps),
        leanings=leanings_of(steps) if view.status == "undecided" else (),
        conflicts=conflicts,
        limits=limits,
        disputed=_disputed(rules, steps, conflicts, limits),
    )
    return Finding(decision, text, tuple(sorted(numbers)))


def assumptions_that_matter(engine: Engine, situation: Situation, state: State, view: View) -> dict[str, str]:
    """The assumptions of facts that could be asked, if dropping them could change status or options.

    Named are those that matter by themselves, and where only several together do, all of these.
    """
    made = {
        variable.fact.name: variable.fact.assume
        for variable in engine.variables
        if variable.fact.assume is not None
        and variable.fact.ask is not None
        and situation[variable.place] < ANSWERED
    }
    if not made:
        return {}
    free = look(engine, without(engine, state, made))
    if free.outcome == view.outcome:
        return {}
    if len(made) == 1:
        return made
    alone = [name for name in made if look(engine, without(engine, state, (name,))).outcome != view.outcome]
    if not alone:
        depends = frozenset().union(*(engine.diagrams.support(part.result) for part in free.parts))
        alone = [name for name in made if engine.position[name] in depends]
    return {name: made[name] for name in engine.rules.facts if name in alone}


def trace(engine: Engine, situation: Situation, state: State) -> tuple[Step, ...]:
    """The nodes passed, group after group, as far as answers and assumptions lead.

    A group is left out when it passes only volunteered facts that nobody mentioned and contributes nothing.
    """
    steps: list[Step] = []
    for trail in engine.trails:
        key = trail.digits(situation)
        path = trail.paths.get(key)
        if path is None:
            path = trail.paths[key] = _path(engine, trail.group, situation, state)
        steps.extend(path)
    return tuple(steps)


def _path(engine: Engine, group: Group, situation: Situation, state: State) -> tuple[Step, ...]:
    """The steps of a group; none when they pass silent assumptions only and lead to nothing."""
    node = group.root
    if isinstance(node, Leaf):
        return (_step(node, "", "", False),)
    steps: list[Step] = []
    spoken = False
    while isinstance(node, Ask):
        position = engine.position[node.fact]
        value = state.known[position]
        if value == OPEN:
            break
        branch = node.branches[engine.branches[node.id][value]]
        said = engine.digit(situation, node.fact) >= ANSWERED
        spoken = spoken or said or engine.variables[position].fact.ask is not None
        steps.append(_step(branch.node, node.fact, branch.answer, not said))
        node = branch.node
    if spoken or (isinstance(node, Leaf) and node.contributes):
        return tuple(steps)
    return ()


def _step(node: Node, fact: str, answer: str, assumed: bool) -> Step:
    if isinstance(node, Ask):
        return Step(node.id, fact, answer, assumed, False, (), (), (), "", "", None)
    sets = (node.require, node.exclude, node.prefer)
    return Step(node.id, fact, answer, assumed, True, *sets, node.how, node.say, node.source)


def _limits(engine: Engine, situation: Situation, options: Options) -> tuple[LimitFound, ...]:
    """The limits that concern ``options``, given what is known or assumed about what they except."""
    if not engine.rules.limits:
        return ()
    key = (options, engine.excepting(situation))
    found = engine.limits.get(key)
    if found is None:
        known = {name: answer for name in engine.domains if (answer := answer_of(engine, situation, name))}
        found = engine.limits[key] = limits_of(engine.rules, options, {**engine.assumed, **known})
    return found


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
    shown = {step.node for step in steps}
    shown.update([name for one in conflicts for name in (one.name, *one.nodes)], [one.name for one in limits])
    return tuple(dispute for dispute in rules.disputed if dispute.node in shown)
