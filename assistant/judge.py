"""The decision for the facts of a conversation: the one place where the engine is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.answer import StandingFact
from assistant.conversation import Conversation
from assistant.readings import Reading
from rules import Decision, Flip, RuleSet, decide, flips


@dataclass(frozen=True, slots=True)
class Case:
    """The facts that were judged, the decision on them, and the smallest changes that lead elsewhere."""

    facts: Mapping[str, StandingFact]
    decision: Decision
    flips: tuple[Flip, ...]


def judge(rules: RuleSet, facts: Mapping[str, StandingFact]) -> Case:
    """``facts`` decided by ``rules``. Facts that the rules no longer know are left aside."""
    values = rule_values(rules, {name: fact.value for name, fact in facts.items()})
    return Case(facts, decide(rules, values), flips(rules, values))


def rule_values(rules: RuleSet, told: Mapping[str, str]) -> dict[str, str | float]:
    """Facts as the engine takes them: numbers as numbers."""
    return {
        name: float(value) if rules.facts[name].numeric and value != "unknown" else value
        for name, value in told.items()
        if name in rules.facts
    }


def with_readings(conversation: Conversation, readings: tuple[Reading, ...]) -> dict[str, StandingFact]:
    """The standing facts after this turn: what was read now replaces what stood before."""
    told = {
        reading.fact: StandingFact(
            value=reading.value, quote=reading.quote, turn=conversation.turns + 1, by=reading.by
        )
        for reading in readings
    }
    return dict(conversation.facts) | told
