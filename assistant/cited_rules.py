"""Every quote that a rules file cites, with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Leaf, Node, RuleSet, Source


def cited_sources(rules: RuleSet) -> Iterator[tuple[str, Source]]:
    """(where in the file, what it cites) for facts, leaves, ways out of conflicts and limits."""
    for name, spec in rules.facts.items():
        if spec.source:
            yield f"facts.{name}", spec.source
    for group in rules.groups:
        for leaf in _leaves(group.root):
            if leaf.source:
                yield f"groups.{leaf.id}", leaf.source
    for conflict in rules.conflicts:
        for way in conflict.ways:
            if way.source:
                yield f"conflicts.{conflict.name}.{way.answer}", way.source
    for limit in rules.limits:
        if limit.source:
            yield f"limits.{limit.name}", limit.source


def _leaves(node: Node) -> Iterator[Leaf]:
    if isinstance(node, Leaf):
        yield node
        return
    for branch in node.branches:
        yield from _leaves(branch.node)
