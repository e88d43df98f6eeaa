"""The facts that a case is about, so that the rules alone can say whether its expectation can come true."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from evals.ask_rules import Difference, ask_rules, rule_differences
from evals.suite import ANY, NONE, Case, CaseTurn, Expectation, Suite
from rules import Ask, RuleSet
from rules.load import nodes

MOST_READINGS = 5_000
"""More ways to read the facts that are marked ``any`` than these are not tried: nothing is said then."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One turn of a case whose facts are told.

    ``readings`` are the facts, in as many ways as those marked ``any`` can be read; what is expected must
    come from one of them.
    """

    suite: Suite
    case: Case
    number: int
    turn: CaseTurn
    expected: Expectation
    readings: tuple[Mapping[str, str], ...]


def judged_turns(rules: RuleSet, suites: Sequence[Suite]) -> Iterator[Judged]:
    """Every turn whose facts are listed completely and of whose decision something is expected.

    A case with ``given`` facts lists them all. A message does in a suite with ``complete_facts``, once it
    lists any. Of the facts that are neither listed nor among these, those that are asked, and the numbers
    whose limits are expected, may be anything; what people only volunteer counts as not said. Suppositions
    are about other facts than those that stand, and are left out.
    """
    for suite in suites:
        for case in suite.cases:
            for number, turn in enumerate(case.turns, 1):
                expected = turn.expect
                if expected is None or not _judges_rules(expected):
                    continue
                facts = case.given if case.given is not None else _listed(rules, suite, expected)
                readings = () if facts is None else _readings(rules, facts)
                if readings:
                    yield Judged(suite, case, number, turn, expected, readings)


def differences(rules: RuleSet, judged: Judged) -> tuple[Difference, ...]:
    """How the decision differs from what is expected, by the nearest reading; empty if one fits."""
    best: tuple[Difference, ...] | None = None
    for facts in judged.readings:
        found = tuple(rule_differences(judged.expected, ask_rules(rules, facts)))
        if not found:
            return ()
        if best is None or len(found) < len(best):
            best = found
    return best or ()


def fitting(rules: RuleSet, judged: Judged) -> Mapping[str, str] | None:
    """The first reading from which what is expected comes, if one does."""
    return next(
        (
            facts
            for facts in judged.readings
            if not any(rule_differences(judged.expected, ask_rules(rules, facts)))
        ),
        None,
    )


def _judges_rules(expected: Expectation) -> bool:
    if expected.hypothetical or expected.refused or expected.decision is False or "what_if" in expected.kinds:
        return False
    return bool(
        expected.statuses
        or expected.options is not None
        or expected.asks
        or expected.limits
        or expected.conflicts
        or expected.assumed
        or any(one is not None for one in (expected.tensions, expected.overridden, expected.leanings))
    )


def _listed(rules: RuleSet, suite: Suite, expected: Expectation) -> Mapping[str, str] | None:
    """The facts of a message, ``any`` where the suite leaves one open; ``None`` where they are not told."""
    if not suite.complete_facts or not expected.facts:
        return None
    asked = {
        node.fact
        for group in rules.groups
        if group.kind != "preference"
        for node in nodes(group.root)
        if isinstance(node, Ask) and rules.facts[node.fact].ask is not None
    }
    asked |= {conflict.ask for conflict in rules.conflicts if conflict.ask}
    asked |= {limit.fact for limit in rules.limits if limit.name in expected.limits}
    return dict.fromkeys(asked - set(suite.complete_facts), ANY) | dict(expected.facts)


def _readings(rules: RuleSet, facts: Mapping[str, str]) -> tuple[Mapping[str, str], ...]:
    known = {name: value for name, value in facts.items() if value not in (ANY, NONE)}
    free = {name: (NONE, *_values(rules, name)) for name, value in facts.items() if value == ANY}
    if prod(len(values) for values in free.values()) > MOST_READINGS:
        return ()
    return tuple(
        known | {name: value for name, value in zip(free, chosen, strict=True) if value != NONE}
        for chosen in product(*free.values())
    )


def _values(rules: RuleSet, fact: str) -> tuple[str, ...]:
    """The values that make a difference: those of the fact, or numbers on both sides of every bound."""
    spec = rules.facts[fact]
    if not spec.numeric:
        return (*spec.values, "unknown")
    numbers = {
        bound + step
        for limit in rules.limits
        if limit.fact == fact
        for bound in (limit.maximum, limit.minimum)
        if bound is not None
        for step in (-1.0, 0.0, 1.0)
    }
    numbers |= {
        branch.within.sample()
        for group in rules.groups
        for node in nodes(group.root)
        if isinstance(node, Ask) and node.fact == fact
        for branch in node.branches
        if branch.within is not None
    }
    return (*(repr(number) for number in sorted(numbers)), "unknown")
