"""The rules as they are in force on one day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rules.model import Ask, Branch, Leaf, Node, RuleSet


def as_of(rules: RuleSet, day: date) -> RuleSet:
    """The rules in force on ``day``: leaves that do not hold then contribute nothing and cite nothing.

    A decision from them has an id of its own, which names the day. Without this function every leaf holds,
    whatever its dates, so that the same facts always give the same decision.
    """
    groups = tuple(replace(group, root=_in_force(group.root, day)) for group in rules.groups)
    return replace(rules, groups=groups, day=day)


def _in_force(node: Node, day: date) -> Node:
    if isinstance(node, Ask):
        branches = (Branch(one.answer, one.within, _in_force(one.node, day)) for one in node.branches)
        return Ask(node.id, node.fact, tuple(branches))
    if (node.since and day < node.since) or (node.until and day > node.until):
        return Leaf(node.id, (), (), (), "", "", "", None, node.since, node.until)
    return node
