"""Rule sets made up at random from a seed, as YAML: for comparing engines on more than the shipped rules."""

from __future__ import annotations

import json
from random import Random

CHOICES = ("red", "light green", '"blue"')
CUTS = (("<= 5", "> 5"), ("< 3", ">= 3 and <= 9", "> 9"), ("<= 3", "> 3 and < 5", "5", "> 5"))
MOST_DEPTH = 3

Tree = dict[str, object]


def generated_rules(seed: int) -> str:
    """Rules of two to four options, three to six facts of every kind and two to five groups.

    Facts are asked in several groups and even twice on a path, options are required and excluded by several
    groups, and some of the collisions are declared, with and without a way out.
    """
    random = Random(seed)
    options = {
        name: name.upper() for name in ("one", "two words", "thr\"é'e", "status")[: random.randint(2, 4)]
    }
    facts = {name: _fact(random) for name in _names(random)}
    groups: dict[str, Tree] = {}
    for place in range(random.randint(2, 5)):
        kind = random.choices(("need", "constraint", "preference"), (5, 3, 2))[0] if place else "need"
        groups[f"group {place}"] = {"kind": kind, **_node(random, kind, facts, list(options), MOST_DEPTH)}
    conflicts = _conflicts(random, facts, groups, list(options))
    rules = {"rules": f"made {seed}", "options": options, "facts": facts, "groups": groups}
    # JSON is YAML; only the values of ``{rules: …}`` must be texts, which they all are.
    return json.dumps(rules | ({"conflicts": conflicts} if conflicts else {}), ensure_ascii=False, indent=1)


def _names(random: Random) -> list[str]:
    names = ["is it: a?", "b-2", "c.d", "fünf", "true", "7"]
    return names[: random.randint(3, 6)]


def _fact(random: Random) -> Tree:
    kind = random.choices(("yes_no", "values", "number"), (6, 2, 2))[0]
    values = {"yes_no": ("yes", "no"), "values": CHOICES, "number": ("4", "12.5")}[kind]
    fact: Tree = {"values": list(CHOICES)} if kind == "values" else {}
    if kind == "number":
        fact["unit"] = "kg"
    spoken = random.random()
    if spoken < 0.85:
        fact["ask"] = "How is it?"
    if spoken > 0.7:
        fact["assume"] = random.choice(values)
    return fact


def _node(random: Random, kind: str, facts: dict[str, Tree], options: list[str], depth: int) -> Tree:
    if not depth or random.random() < 0.2:
        return _leaf(random, kind, options)
    name = random.choice(list(facts))
    if "unit" in facts[name]:
        answers = random.choice(CUTS)
    else:
        answers = CHOICES if "values" in facts[name] else ("yes", "no")
    below = {answer: _node(random, kind, facts, options, depth - 1) for answer in answers}
    return {"ask": name, **below}


def _leaf(random: Random, kind: str, options: list[str]) -> Tree:
    if random.random() < 0.3:
        return {}
    chosen = random.sample(options, random.choices((1, 2), (3, 1))[0])
    return {{"need": "require", "constraint": "exclude", "preference": "prefer"}[kind]: chosen}


def _conflicts(
    random: Random, facts: dict[str, Tree], groups: dict[str, Tree], options: list[str]
) -> dict[str, Tree]:
    """Up to two, between a need and a constraint; each may have a fact of its own that tells a way out."""
    conflicts: dict[str, Tree] = {}
    by_kind = {
        kind: [name for name, group in groups.items() if group["kind"] == kind]
        for kind in ("need", "constraint")
    }
    for place in range(random.randint(0, 2) if by_kind["constraint"] else 0):
        over, name, way = random.choice(options), f"clash {place}", f"way {place}"
        conflict: Tree = {
            "between": [random.choice(by_kind["need"]), random.choice(by_kind["constraint"])],
            "over": over,
            "say": "They collide.",
        }
        if random.random() < 0.7:
            facts[way] = {"ask": "Is there a way out?", "only_for": name}
            out: Tree = {"allow": [over], "require": random.sample(options, 1)}
            conflict |= {"ask": way, "yes": out, "no": {"unresolved": "true"}}
        conflicts[name] = conflict
    return conflicts
