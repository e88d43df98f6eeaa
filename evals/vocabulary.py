"""The names that a suite may use: those of the pack it asks, and those of every answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from assistant import Answer, DecisionShown, LimitShown
from corpus import Guide
from rules import Leaf, RuleSet
from rules.load import nodes

KINDS: tuple[str, ...] = get_args(Answer.model_fields["kind"].annotation)
STATUSES: tuple[str, ...] = get_args(DecisionShown.model_fields["status"].annotation)
LIMIT_STATES: tuple[str, ...] = get_args(LimitShown.model_fields["state"].annotation)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``facts`` maps a fact to its values (none for a number); the rest are ids and names of the pack.

    ``preferences`` are the leaves of the groups of that kind.
    """

    facts: Mapping[str, tuple[str, ...]]
    options: tuple[str, ...]
    limits: tuple[str, ...]
    conflicts: tuple[str, ...]
    sections: tuple[str, ...]
    preferences: tuple[str, ...]


def vocabulary(guides: Sequence[Guide], rules: RuleSet | None) -> Vocabulary:
    """The names of a pack; one without rules has sections alone."""
    sections = tuple(section.id for guide in guides for section in guide.sections)
    if rules is None:
        return Vocabulary({}, (), (), (), sections, ())
    return Vocabulary(
        {name: spec.values for name, spec in rules.facts.items()},
        tuple(rules.options),
        tuple(limit.name for limit in rules.limits),
        tuple(conflict.name for conflict in rules.conflicts),
        sections,
        tuple(
            node.id
            for group in rules.groups
            if group.kind == "preference"
            for node in nodes(group.root)
            if isinstance(node, Leaf)
        ),
    )
