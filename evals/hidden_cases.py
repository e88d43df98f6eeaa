"""Cases that a simulated user may have: every combination of the answers that the rules can ask for."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from rules import Ask, FactSpec, RuleSet, decide
from rules.load import nodes
from rules.model import UNKNOWN
from rules.ranges import cells, format_number

MOST_CASES = 1_000
TOLD = 0.3  # chance that a fact is told before anything is asked

Case = Mapping[str, str]
Outcome = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Hidden:
    """``cases`` with what the rules make of each when everything is told, in the same order.

    ``answers`` are those that each fact can be asked for and answered with; ``opening`` is what the user
    tells at the start, the same in all of these cases.
    """

    opening: Case
    answers: Mapping[str, tuple[str, ...]]
    cases: tuple[Case, ...]
    outcomes: tuple[Outcome, ...]


def hidden_cases(rules: RuleSet, *, unsure: bool, draws: int = 0, seed: int = 0) -> tuple[Hidden, ...]:
    """Every case, first without a word told at the start, then with ``draws`` drawn openings.

    An opening tells some of the facts, also such as nobody is asked for. ``unsure`` users may have no answer
    to a question. Empty where the cases are more than :data:`MOST_CASES`, or nothing is asked.
    """
    answers = {name: _answers(rules, spec) for name, spec in rules.facts.items() if spec.ask is not None}
    answers = {name: values for name, values in answers.items() if values}
    if not answers or prod(len(values) + unsure for values in answers.values()) > MOST_CASES:
        return ()
    unasked = {
        name: tuple(value for value in spec.values if value != spec.assume)
        for name, spec in rules.facts.items()
        if spec.ask is None and spec.values
    }
    openings = [{}, *_drawn(answers | unasked, draws, seed)]
    return tuple(_hidden(rules, answers, opening, unsure=unsure) for opening in openings)


def _drawn(facts: Mapping[str, Sequence[str]], draws: int, seed: int) -> Iterator[Case]:
    chance = random.Random(seed)  # noqa: S311  # no secret: the same seed must draw the same openings
    for _ in range(draws):
        told = [name for name in facts if facts[name] and chance.random() < TOLD]
        yield {name: chance.choice(facts[name]) for name in told}


def _answers(rules: RuleSet, spec: FactSpec) -> tuple[str, ...]:
    """The values of a fact; of a number one within each piece of the line that branches tell apart."""
    if not spec.numeric:
        return spec.values
    within = [
        branch.within
        for group in rules.groups
        for node in nodes(group.root)
        if isinstance(node, Ask) and node.fact == spec.name
        for branch in node.branches
        if branch.within is not None
    ]
    return tuple(format_number(piece.sample()) for piece in cells(within)) if within else ()


def _hidden(rules: RuleSet, answers: Mapping[str, tuple[str, ...]], opening: Case, *, unsure: bool) -> Hidden:
    beside = (UNKNOWN,) if unsure else ()
    choices = {name: (*values, *beside) for name, values in answers.items() if name not in opening}
    cases = tuple(
        dict(opening) | dict(zip(choices, values, strict=True)) for values in product(*choices.values())
    )
    return Hidden(opening, choices, cases, tuple(outcome_of(rules, case) for case in cases))


def outcome_of(rules: RuleSet, case: Case) -> Outcome:
    """The status and the options that ``rules`` give."""
    decision = decide(rules, case)
    return decision.status, decision.options
