"""The rules as a JDM graph, the JSON that zen-engine and the GoRules editor read.

Each need and constraint group becomes a decision table, one row for each leaf; an expression node unites
what the rows require and exclude and tells status and options. A JDM decides complete cases only: whoever
evaluates it gives every fact (an assumption where one is made, ``unasked`` for an exception).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from rules.model import Group, Leaf, RuleSet
from rules.ranges import Range
from rules.rows import Cells, range_test, rows

Json = dict[str, object]
_KEY = re.compile(r"""\"[^"]*"|'[^']*'|\b(applies_\d+_\d+|required_\d+|excluded_\d+|status)\b""")


def to_jdm(rules: RuleSet) -> Json:
    """The graph of ``rules`` as JSON values. Its result has ``status`` and ``options``."""
    groups = [group for group in rules.groups if group.kind != "preference"]
    fields = field_names(rules)
    names = ["facts", *(f"group {group.name}" for group in groups), "result", "end"]
    nodes = [
        {"id": "facts", "name": "facts", "type": "inputNode", "position": _position(0)},
        *(_table(place, group, fields) for place, group in enumerate(groups)),
        _result(rules, groups, fields),
        {"id": "end", "name": "decision", "type": "outputNode", "position": _position(len(names))},
    ]
    edges = [
        {"id": f"{one} to {two}", "type": "edge", "sourceId": one, "targetId": two}
        for one, two in pairwise(names)
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


def field_names(rules: RuleSet) -> dict[str, str]:
    """For each fact the name of its field in the graph: letters, digits and underscores, all different."""
    fields: dict[str, str] = {}
    for name in rules.facts:
        field = "fact_" + (re.sub(r"\W", "_", name, flags=re.ASCII) or "_")
        while field in fields.values():
            field += "_"
        fields[name] = field
    return fields


def _position(step: int) -> Json:
    return {"x": 240 * step, "y": 0}


def _table(place: int, group: Group, fields: Mapping[str, str]) -> Json:
    reached = list(rows(group.root))
    facts = sorted({name for cells, _ in reached for name in cells})
    return {
        "id": f"group {group.name}",
        "name": group.name,
        "type": "decisionTableNode",
        "position": _position(place + 1),
        "content": {
            "hitPolicy": "first",
            "passThrough": True,
            "executionMode": "single",
            "inputs": [{"id": f"in {name}", "name": name, "field": fields[name]} for name in facts],
            "outputs": [
                {"id": kind, "name": kind, "field": f"{kind}_{place}"} for kind in ("require", "exclude")
            ],
            "rules": [_row(cells, leaf, facts) for cells, leaf in reached],
        },
    }


def _row(cells: Cells, leaf: Leaf, facts: list[str]) -> Json:
    row: Json = {"_id": leaf.id, "_description": leaf.say}
    row |= {f"in {name}": _condition(cells[name]) if name in cells else "" for name in facts}
    row |= {"require": _list(leaf.require), "exclude": _list(leaf.exclude)}
    return row


def _condition(cell: str | Range) -> str:
    """What a cell of a decision table asks of its field."""
    return _text(cell) if isinstance(cell, str) else range_test(cell)


def _result(rules: RuleSet, groups: list[Group], fields: Mapping[str, str]) -> Json:
    keys: dict[str, str] = {}
    places = {group.name: place for place, group in enumerate(groups)}
    for number, conflict in enumerate(rules.conflicts):
        one, two = (places[name] for name in conflict.between)
        over = _text(conflict.over)
        sides = (f"{over} in require_{a} and {over} in exclude_{b}" for a, b in ((one, two), (two, one)))
        fires = " or ".join(f"({side})" for side in sides)
        for way_number, way in enumerate(conflict.ways):
            if not way.unresolved and conflict.ask:
                answered = f"{fields[conflict.ask]} == {_text(way.answer)}"
                keys[f"applies_{number}_{way_number}"] = f"({fires}) and {answered}"
    applied = list(keys)
    options = _every_option(rules)
    for place, option in enumerate(options):
        required, excluded = _sides(rules, groups, option, applied)
        keys[f"required_{place}"] = " or ".join(required) or "false"
        keys[f"excluded_{place}"] = " or ".join(excluded) or "false"
    contested = " or ".join(f"(required_{n} and excluded_{n})" for n in range(len(options))) or "false"
    decided = f'({" or ".join(applied)}) ? "decided_by_exception" : "decided"' if applied else '"decided"'
    keys["status"] = f'({contested}) ? "conflict" : ({decided})'
    chosen = " or ".join(f"(required_{n} and # == {_text(option)})" for n, option in enumerate(options))
    every = _list(sorted(options))
    keys["options"] = f'status == "conflict" ? [] : filter({every}, {chosen or "false"})'
    return {
        "id": "result",
        "name": "result",
        "type": "expressionNode",
        "position": _position(len(groups) + 1),
        "content": {
            "passThrough": False,
            "executionMode": "single",
            "expressions": [{"id": key, "key": key, "value": _inlined(key, keys)} for key in keys],
        },
    }


def _every_option(rules: RuleSet) -> list[str]:
    """The declared options, and the guide's own words where leaves recommend those."""
    said = (leaf.require for group in rules.groups for _, leaf in rows(group.root))
    return list(dict.fromkeys([*rules.options, *(option for options in said for option in options)]))


def _text(words: str) -> str:
    """``words`` as a text of the ZEN language, which knows no escapes but has two kinds of quotes."""
    if '"' not in words:
        return f'"{words}"'
    if "'" not in words:
        return f"'{words}'"
    return "(" + """ + '"' + """.join(f'"{part}"' for part in words.split('"')) + ")"


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, texts))}]"


def _inlined(key: str, keys: Mapping[str, str]) -> str:
    """Keys of the same node are read through ``$``; what stands in quotes is no key."""
    return _KEY.sub(lambda found: f"$.{found[1]}" if found[1] else found[0], keys[key])


def _sides(
    rules: RuleSet, groups: list[Group], option: str, applied: list[str]
) -> tuple[list[str], list[str]]:
    """The conditions under which ``option`` is required, and those under which it is excluded."""
    name = _text(option)
    required = [f"({name} in require_{place})" for place in range(len(groups))]
    lifted: dict[str, list[str]] = {group.name: [] for group in groups}
    for number, conflict in enumerate(rules.conflicts):
        for way_number, way in enumerate(conflict.ways):
            key = f"applies_{number}_{way_number}"
            if key not in applied:
                continue
            if option in way.require:
                required.append(key)
            if option in way.allow:
                for group in conflict.between:
                    lifted[group].append(f"not {key}")
    excluded = [
        "(" + " and ".join([f"{name} in exclude_{place}", *lifted[group.name]]) + ")"
        for place, group in enumerate(groups)
    ]
    return required, excluded
