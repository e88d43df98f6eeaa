"""What of the rules the suites exercise: by the facts of their cases, through the engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from evals.judged_facts import fitting, judged_turns
from evals.suite import Suite
from rules import Ask, Leaf, Node, RuleSet, decide
from rules.load import nodes
from rules.ranges import Range

Kind = Literal["leaf", "conflict", "way out", "limit"]
Key = tuple[Kind, str]


@dataclass(frozen=True, slots=True)
class Exercised:
    """One thing of the rules and how many ``cases`` exercise it.

    ``name`` is a leaf's node, a conflict's name, a conflict with an answer about its exception
    (``flow_on_premise.yes``), or a limit with a state (``document_size.violated``). ``place`` is where it
    stands in the rules file.
    """

    kind: Kind
    name: str
    cases: int
    place: str


def coverage(rules: RuleSet, suites: Sequence[Suite]) -> tuple[Exercised, ...]:
    """Every leaf, conflict, way out and limit state of ``rules`` with the number of cases that exercise it.

    A case exercises what the facts of one of its judged turns lead to; a fact that is not told takes its
    assumption, as in every decision. Raises :class:`rules.TooLargeError`.
    """
    seen: dict[Key, set[tuple[str, str]]] = {}
    for judged in judged_turns(rules, suites):
        # A case that the rules contradict still leads where its facts lead.
        facts = fitting(rules, judged) or (judged.readings[0] if len(judged.readings) == 1 else None)
        for key in _reached(rules, facts) if facts is not None else ():
            seen.setdefault(key, set()).add((judged.suite.name, judged.case.id))
    counts = Counter({key: len(cases) for key, cases in seen.items()})
    return tuple(Exercised(kind, name, counts[kind, name], place) for kind, name, place in _things(rules))


def _things(rules: RuleSet) -> Iterator[tuple[Kind, str, str]]:
    for group in rules.groups:
        for node in nodes(group.root):
            if isinstance(node, Leaf):
                yield "leaf", node.id, f"groups.{node.id}"
    for conflict in rules.conflicts:
        place = f"conflicts.{conflict.name}"
        yield "conflict", conflict.name, place
        for way in conflict.ways:
            yield "way out", f"{conflict.name}.{way.answer}", f"{place}.{way.answer}"
    for limit in rules.limits:
        for state in ("ok", "violated", "check"):
            yield "limit", f"{limit.name}.{state}", f"limits.{limit.name}"


def _reached(rules: RuleSet, facts: Mapping[str, str]) -> Iterator[Key]:
    numbers = {name: _number(rules, name, value) for name, value in facts.items()}
    decision = decide(rules, numbers)
    for group in rules.groups:
        if leaf := _leaf(rules, group.root, facts):
            yield "leaf", leaf.id
    asked = {conflict.name: conflict.ask for conflict in rules.conflicts}
    for found in decision.conflicts:
        yield "conflict", found.name
        answer = facts.get(asked.get(found.name) or "")
        if answer is not None:
            yield "way out", f"{found.name}.{answer}"
    for limit in decision.limits:
        yield "limit", f"{limit.name}.{limit.state}"


def _leaf(rules: RuleSet, node: Node, facts: Mapping[str, str]) -> Leaf | None:
    """The leaf that the facts, or what is assumed without them, lead to."""
    while isinstance(node, Ask):
        answer = facts.get(node.fact, "unknown")
        told = rules.facts[node.fact].assume if answer == "unknown" else answer
        below = [
            branch.node
            for branch in node.branches
            if told is not None and _holds(branch.within, branch.answer, told)
        ]
        if not below:
            return None
        node = below[0]
    return node


def _holds(within: Range | None, answer: str, told: str) -> bool:
    return answer == told if within is None else float(told) in within


def _number(rules: RuleSet, fact: str, value: str) -> str | float:
    return float(value) if rules.facts[fact].numeric and value != "unknown" else value
