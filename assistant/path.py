"""The rules as trees to look at, with the way that a decision took lit."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import DecisionShown
from assistant.compose_decision import fact_label, option_label, value_label
from rules import Group, Leaf, Node, RuleSet

# What a leaf says that contributes nothing, for each kind of group.
NOTHING = {"need": "needs nothing", "constraint": "rules nothing out", "preference": "leans nowhere"}


@dataclass(frozen=True, slots=True)
class PathNode:
    """A question or a result of the rules.

    ``answer`` is the answer that leads here, empty for a root. ``lit`` says that the decision came through,
    ``open`` that it stopped here for want of an answer.
    """

    node: str
    text: str
    answer: str
    lit: bool
    open: bool
    children: tuple[PathNode, ...]


def decision_path(rules: RuleSet, decision: DecisionShown | None) -> tuple[PathNode, ...]:
    """One tree a group, in the author's order; groups that are never asked about are left out.

    A group of a fact that people only volunteer appears when the decision passed through it.
    """
    passed = _passed(decision)
    return tuple(
        root
        for group, root in zip(rules.groups, rule_trees(rules, decision), strict=True)
        if _asked_about(rules, group) or any(node.split(".")[0] == group.name for node in passed)
    )


def rule_trees(rules: RuleSet, decision: DecisionShown | None) -> tuple[PathNode, ...]:
    """The tree of every group, those that are never asked about too, with the decision's way lit."""
    asked = decision.next.fact if decision and decision.next else ""
    return tuple(_node(rules, group.root, "", _passed(decision), asked) for group in rules.groups)


def _passed(decision: DecisionShown | None) -> set[str]:
    return {step.node for step in decision.trace} if decision else set()


def _asked_about(rules: RuleSet, group: Group) -> bool:
    return isinstance(group.root, Leaf) or rules.facts[group.root.fact].ask is not None


def _node(rules: RuleSet, node: Node, answer: str, passed: set[str], asked: str) -> PathNode:
    lit = node.id in passed or answer == ""
    if isinstance(node, Leaf):
        return PathNode(node.id, leaf_words(rules, node), answer, lit, False, ())
    children = tuple(
        _node(rules, branch.node, value_label(rules, node.fact, branch.answer), passed, asked)
        for branch in node.branches
    )
    open_here = lit and node.fact == asked and not any(child.lit for child in children)
    text = rules.facts[node.fact].ask or fact_label(rules, node.fact)
    return PathNode(node.id, text, answer, lit, open_here, children)


def leaf_words(rules: RuleSet, leaf: Leaf) -> str:
    """What a leaf says, in a few words."""
    if leaf.recommend:
        return leaf.recommend
    told = [
        f"{word} {' + '.join(option_label(rules, option) for option in options)}"
        for word, options in (
            ("needs", leaf.require),
            ("rules out", leaf.exclude),
            ("leans towards", leaf.prefer),
        )
        if options
    ]
    kind = next((group.kind for group in rules.groups if f"{leaf.id}.".startswith(f"{group.name}.")), "need")
    return "; ".join(told) or leaf.say or NOTHING[kind]


def facts_to(rules: RuleSet, node: str) -> dict[str, str] | None:
    """The answers that lead to ``node``, by fact.

    ``None`` where the rules have no such node, and where one of the answers is a range of numbers.
    """
    for group in rules.groups:
        found = _facts_to(group.root, node)
        if found is not None:
            return found
    return None


def _facts_to(at: Node, node: str) -> dict[str, str] | None:
    if at.id == node:
        return {}
    if isinstance(at, Leaf):
        return None
    for branch in at.branches:
        below = _facts_to(branch.node, node)
        if below is not None and branch.within is None:
            return {at.fact: branch.answer, **below}
    return None
