"""What stands otherwise in two versions of rules, thing by thing and key by key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from rules.load import nodes
from rules.model import Ask, Conflict, FactSpec, Leaf, Limit, RuleSet, Source, WayOut
from rules.ranges import format_number
from rules.renames import Renames

ChangeKind = Literal["added", "removed", "renamed", "changed"]
Thing = Literal["rules", "option", "fact", "group", "node", "conflict", "limit", "dispute"]
Keys = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: the ``thing`` with its ``name`` was added, removed or renamed, or a key of it changed.

    ``before`` and ``after`` are what the key says, in words; of a renamed thing its names. The name is that
    of the older version where both have the thing. A node that asks has the key ``ask``, a leaf those of its
    options, words and citation.
    """

    thing: Thing
    name: str
    kind: ChangeKind
    key: str = ""
    before: str = ""
    after: str = ""


def differences(old: RuleSet, new: RuleSet, names: Renames) -> tuple[Change, ...]:
    """Every difference between ``old`` and ``new``, whose things have been given their old ``names``.

    The nodes of a group that only one version has are not listed.
    """
    before, after = _things(old), _things(new)
    own = {group.name for group in old.groups} & {group.name for group in new.groups}
    changes = list(_renamed(names))
    for thing, name in dict.fromkeys((*before, *after)):
        if thing == "node" and name.partition(".")[0] not in own:
            continue
        was, now = before.get((thing, name)), after.get((thing, name))
        if was is None or now is None:
            changes.append(Change(thing, name, "added" if was is None else "removed"))
            continue
        for key in dict.fromkeys((*was, *now)):
            if was.get(key, "") != now.get(key, ""):
                changes.append(Change(thing, name, "changed", key, was.get(key, ""), now.get(key, "")))
    return tuple(changes)


def _renamed(names: Renames) -> Iterator[Change]:
    kinds: tuple[tuple[Thing, Mapping[str, str]], ...] = (
        ("option", names.options),
        ("fact", names.facts),
        ("group", names.groups),
        ("conflict", names.conflicts),
        ("limit", names.limits),
    )
    for thing, pairs in kinds:
        for new, old in pairs.items():
            yield Change(thing, old, "renamed", "", old, new)


def _things(rules: RuleSet) -> dict[tuple[Thing, str], Keys]:
    """Everything that a rules file says, as texts by kind, name and key."""
    found: dict[tuple[Thing, str], Keys] = {
        ("rules", "rules"): {"name": rules.name, "version": rules.version, "guide": rules.guide}
    }
    found |= {("option", name): {"title": title} for name, title in rules.options.items()}
    found |= {("fact", name): _fact(fact) for name, fact in rules.facts.items()}
    for group in rules.groups:
        found["group", group.name] = {"kind": group.kind}
        for node in nodes(group.root):
            found["node", node.id] = {"ask": node.fact} if isinstance(node, Ask) else _leaf(node)
    found |= {("conflict", one.name): _conflict(one) for one in rules.conflicts}
    found |= {("limit", one.name): _limit(one) for one in rules.limits}
    for one in rules.disputed:
        found["dispute", f"{one.node} by {one.by}"] = {"seen": one.seen, "note": one.note}
    return found


def _fact(fact: FactSpec) -> Keys:
    told = {
        "label": fact.label or "",
        "ask": fact.ask or "",
        "why": fact.why or "",
        "values": ", ".join(fact.values),
        "assume": fact.assume or "",
        "unit": fact.unit or "",
        "only_for": fact.only_for or "",
    }
    return told | {f"meaning of {value}": text for value, text in fact.meanings.items()} | _cited(fact.source)


def _leaf(leaf: Leaf) -> Keys:
    told = {
        "require": "" if leaf.recommend else _set(leaf.require),
        "recommend": leaf.recommend,
        "exclude": _set(leaf.exclude),
        "prefer": _set(leaf.prefer),
        "how": leaf.how,
        "say": leaf.say,
        "since": str(leaf.since or ""),
        "until": str(leaf.until or ""),
    }
    return told | _cited(leaf.source)


def _conflict(conflict: Conflict) -> Keys:
    told = {
        "between": _set(conflict.between),
        "over": conflict.over,
        "say": conflict.say,
        "ask": conflict.ask or "",
    }
    for way in conflict.ways:
        told |= {f"{way.answer}: {key}": text for key, text in _way(way).items()}
    return told


def _way(way: WayOut) -> Keys:
    told = {
        "require": _set(way.require),
        "allow": _set(way.allow),
        "how": way.how,
        "unresolved": "true" if way.unresolved else "",
    }
    return told | _cited(way.source)


def _limit(limit: Limit) -> Keys:
    unless = sorted(f"{fact}: {_set(answers)}" for fact, answers in limit.unless.items())
    told = {
        "for": _set(limit.applies),
        "unless": "; ".join(unless),
        "fact": limit.fact,
        "max": "" if limit.maximum is None else format_number(limit.maximum),
        "min": "" if limit.minimum is None else format_number(limit.minimum),
        "unit": limit.unit,
        "scope": limit.scope,
        "remedy": limit.remedy,
    }
    return told | _cited(limit.source)


def _cited(source: Source | None) -> dict[str, str]:
    return {"cite": source.cite, "quote": source.quote} if source else {}


def _set(names: tuple[str, ...]) -> str:
    return ", ".join(sorted(names))
