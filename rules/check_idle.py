"""Checks for what can never make a difference: questions, facts, groups and options."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from rules.compile import engine_of, tree_diagram
from rules.diagram import OPEN
from rules.engine import Engine, State, View
from rules.errors import Problem
from rules.finding import problem_at
from rules.load import nodes
from rules.model import Ask, Group, Leaf, Node, RuleSet
from rules.reach import look


def check_idle(rules: RuleSet) -> Iterator[Problem]:
    """Questions that cannot change the result, constant groups, options never recommended.

    Raises :class:`TooLargeError`.
    """
    engine = engine_of(rules)
    views = _free_views(engine)
    idle = [node for group in rules.groups for node in _idle_nodes(engine, group)]
    for node in idle:
        message = (
            f"the question {node.fact!r} at node {node.id!r} changes nothing: all answers lead to the same"
        )
        remedy = "put what follows in its place, or mend the branch that should differ"
        yield problem_at(rules, "idle-question", f"groups.{node.id}/ask", message, remedy, "warning")
    yield from _idle_facts(engine, views, {node.fact for node in idle})
    yield from _constant_groups(rules, {node.id for node in idle})
    yield from _never_recommended(rules, views)


def _free_views(engine: Engine) -> list[View]:
    """What can result with nothing known, for each way to answer about the exceptions of conflicts.

    An answer about an exception changes nothing outside its own component, so each component's answers are
    run through by themselves.
    """
    known = (OPEN,) * len(engine.variables)
    chosen: dict[tuple[str, ...], None] = {}
    for component in engine.components:
        own = {conflict.ask for conflict in component.conflicts}
        answers = [
            ("", *engine.rules.facts[name].values) if name in own else ("",) for name in engine.exceptions
        ]
        chosen.update(dict.fromkeys(product(*answers)))
    return [look(engine, State(known, exceptions)) for exceptions in chosen]


def _idle_nodes(engine: Engine, group: Group) -> Iterator[Ask]:
    """The nodes all of whose answers contribute the same in every case; of nested ones the uppermost."""
    kinds: dict[tuple[frozenset[str], ...], int] = {}

    def value(leaf: Leaf) -> int:
        sets = (frozenset(leaf.require), frozenset(leaf.exclude), frozenset(leaf.prefer))
        return kinds.setdefault(sets, len(kinds))

    def below(node: Node) -> Iterator[Ask]:
        if not isinstance(node, Ask):
            return
        if len({tree_diagram(engine, branch.node, value) for branch in node.branches}) == 1:
            yield node
            return
        for branch in node.branches:
            yield from below(branch.node)

    yield from below(group.root)


def _idle_facts(engine: Engine, views: list[View], reported: set[str]) -> Iterator[Problem]:
    """Facts that the trees ask with effect, but whose effect never shows in a result."""
    depends = frozenset().union(
        *(engine.diagrams.support(part.result) for view in views for part in view.parts)
    )
    rules = engine.rules
    asked = {
        node.fact
        for group in rules.groups
        for node in nodes(group.root)
        if isinstance(node, Ask) and group.kind != "preference"
    }
    for place, variable in enumerate(engine.variables):
        name = variable.fact.name
        if name in asked and place not in depends and name not in reported:
            message = f"the fact {name!r} can change no result: other groups settle what it would"
            remedy = "remove the question, or look whether another group requires too much"
            yield problem_at(rules, "idle-question", f"facts.{name}", message, remedy, "warning")


def _constant_groups(rules: RuleSet, idle: set[str]) -> Iterator[Problem]:
    for group in rules.groups:
        if isinstance(group.root, Leaf) or group.root.id in idle:
            message = f"group {group.name!r} says the same in every case"
            remedy = "let it branch on a fact, or move what it says to where it is needed"
            yield problem_at(rules, "constant-group", f"groups.{group.name}", message, remedy, "warning")


def _never_recommended(rules: RuleSet, views: list[View]) -> Iterator[Problem]:
    recommended = {
        option for view in views for part in view.parts for _, options in part.outcomes for option in options
    }
    for option in rules.options:
        if option in recommended:
            continue
        leaf = next(
            (
                node.id
                for group in rules.groups
                for node in nodes(group.root)
                if isinstance(node, Leaf) and node.recommend == option
            ),
            None,
        )
        path = f"options.{option}" if leaf is None else f"groups.{leaf}"
        message = f"the option {option!r} is never recommended"
        remedy = "require it in a leaf that can be reached without a conflict, or remove it"
        yield problem_at(rules, "never-recommended", path, message, remedy, "warning")
