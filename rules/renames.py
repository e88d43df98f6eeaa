"""Names that changed between two versions of rules while what they stand for stayed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace

from rules.model import Ask, Branch, Conflict, FactSpec, Group, Leaf, Limit, Node, RuleSet, WayOut

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Renames:
    """For each kind of thing the old name by the new one, of those alone that were renamed."""

    options: Names
    facts: Names
    groups: Names
    conflicts: Names
    limits: Names


def find_renames(old: RuleSet, new: RuleSet) -> Renames:
    """What was renamed: it is gone under one name and new under another, and otherwise says the same.

    The same are options with one title; facts with one question, label and values; groups that lead from the
    same answers to the same options; conflicts of the same groups over the same option; limits with the same
    numbers. Where several things are alike, none counts as renamed.
    """
    none: Names = {}
    options = _pairs(
        {name: title.casefold() for name, title in old.options.items()},
        {name: title.casefold() for name, title in new.options.items()},
    )
    facts = _pairs(
        {name: _fact_key(fact) for name, fact in old.facts.items()},
        {name: _fact_key(fact) for name, fact in new.facts.items()},
    )
    known = renamed(new, Renames(options, facts, none, none, none))
    groups = _pairs(
        {group.name: _group_key(group) for group in old.groups},
        {group.name: _group_key(group) for group in known.groups},
    )
    known = renamed(known, Renames(none, none, groups, none, none))
    conflicts = _pairs(
        {one.name: _conflict_key(one) for one in old.conflicts},
        {one.name: _conflict_key(one) for one in known.conflicts},
    )
    limits = _pairs(
        {one.name: _limit_key(one) for one in old.limits}, {one.name: _limit_key(one) for one in known.limits}
    )
    return Renames(options, facts, groups, conflicts, limits)


def renamed(rules: RuleSet, names: Renames) -> RuleSet:
    """``rules`` with everything under its old name."""
    groups = tuple(_group(group, names) for group in rules.groups)
    facts = {
        names.facts.get(name, name): replace(
            fact,
            name=names.facts.get(name, name),
            only_for=None if fact.only_for is None else names.conflicts.get(fact.only_for, fact.only_for),
        )
        for name, fact in rules.facts.items()
    }
    return replace(
        rules,
        options={names.options.get(name, name): title for name, title in rules.options.items()},
        facts=facts,
        groups=groups,
        conflicts=tuple(_conflict(one, names) for one in rules.conflicts),
        limits=tuple(_limit(one, names) for one in rules.limits),
        disputed=tuple(replace(one, node=_node_id(one.node, names)) for one in rules.disputed),
    )


def _pairs(old: Mapping[str, Hashable], new: Mapping[str, Hashable]) -> dict[str, str]:
    """The old name by the new one, where exactly one thing that went is like exactly one that came."""
    gone = {name: key for name, key in old.items() if name not in new and key is not None}
    come = {name: key for name, key in new.items() if name not in old and key is not None}
    once, twice = Counter(gone.values()), Counter(come.values())
    by_key = {key: name for name, key in gone.items()}
    return {name: by_key[key] for name, key in come.items() if once[key] == 1 and twice[key] == 1}


def _group(group: Group, names: Renames) -> Group:
    return Group(names.groups.get(group.name, group.name), group.kind, _node(group.root, names))


def _node(node: Node, names: Renames) -> Node:
    own = _node_id(node.id, names)
    if isinstance(node, Ask):
        branches = tuple(Branch(one.answer, one.within, _node(one.node, names)) for one in node.branches)
        return Ask(own, names.facts.get(node.fact, node.fact), branches)
    return replace(
        node,
        id=own,
        require=_options(node.require, names),
        exclude=_options(node.exclude, names),
        prefer=_options(node.prefer, names),
    )


def _node_id(name: str, names: Renames) -> str:
    """A node's id below the old name of its group; of a conflict or limit its old name."""
    group, dot, rest = name.partition(".")
    if dot or group in names.groups:
        return f"{names.groups.get(group, group)}{dot}{rest}"
    return names.conflicts.get(name, names.limits.get(name, name))


def _options(options: tuple[str, ...], names: Renames) -> tuple[str, ...]:
    return tuple(names.options.get(option, option) for option in options)


def _conflict(conflict: Conflict, names: Renames) -> Conflict:
    one, two = conflict.between
    ways: tuple[WayOut, ...] = tuple(
        replace(way, require=_options(way.require, names), allow=_options(way.allow, names))
        for way in conflict.ways
    )
    return replace(
        conflict,
        name=names.conflicts.get(conflict.name, conflict.name),
        between=(names.groups.get(one, one), names.groups.get(two, two)),
        over=names.options.get(conflict.over, conflict.over),
        ask=None if conflict.ask is None else names.facts.get(conflict.ask, conflict.ask),
        ways=ways,
    )


def _limit(limit: Limit, names: Renames) -> Limit:
    return replace(
        limit,
        name=names.limits.get(limit.name, limit.name),
        applies=_options(limit.applies, names),
        unless={names.facts.get(fact, fact): answers for fact, answers in limit.unless.items()},
        fact=names.facts.get(limit.fact, limit.fact),
    )


def _fact_key(fact: FactSpec) -> Hashable:
    """What a fact is, whatever its name; ``None`` when it says too little to be known again."""
    meanings = tuple(sorted(fact.meanings.items()))
    if not (fact.ask or fact.label or meanings):
        return None
    return fact.ask, fact.label, fact.values, fact.unit, meanings


def _group_key(group: Group) -> Hashable:
    def key(node: Node) -> Hashable:
        if isinstance(node, Leaf):
            return frozenset(node.require), frozenset(node.exclude), frozenset(node.prefer)
        return node.fact, frozenset((one.answer, key(one.node)) for one in node.branches)

    return group.kind, key(group.root)


def _conflict_key(conflict: Conflict) -> Hashable:
    return frozenset(conflict.between), conflict.over


def _limit_key(limit: Limit) -> Hashable:
    unless = frozenset((fact, frozenset(answers)) for fact, answers in limit.unless.items())
    return frozenset(limit.applies), unless, limit.fact, limit.maximum, limit.minimum
