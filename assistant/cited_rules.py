"""Every quote that a rules file cites, with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator

from rules import Leaf, Node, RuleSet, Source


def cited_sources(rules: RuleSet) -> Iterator[tuple[str, Source]]:
    """(where in the file, what it cites) for facts, leaves, ways out of conflicts and limits."""
    places = [(f"facts.{name}", spec.source) for name, spec in rules.facts.items()]
    for group in rules.groups:
        places += [(f"groups.{leaf.id}", leaf.source) for leaf in _leaves(group.root)]
    for conflict in rules.conflicts:
        places += [(f"conflicts.{conflict.name}.{way.answer}", way.source) for way in conflict.ways]
    places += [(f"limits.{limit.name}", limit.source) for limit in rules.limits]
    yield from ((place, source) for place, source in places if source is not None)


def _leaves(node: Node) -> Iterator[Leaf]:
    if isinstance(node, Leaf):
        yield node
        return
    for branch in node.branches:
        yield from _leaves(branch.node)
