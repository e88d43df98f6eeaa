"""Why an option is not recommended, and what would have to be different."""

from __future__ import annotations

from collections.abc import Mapping

from rules.case import read_case
from rules.compile import engine_of
from rules.decide import decide
from rules.decision import Step, WhyNot
from rules.errors import OptionError
from rules.flips import smallest
from rules.load import nodes
from rules.model import Leaf, RuleSet
from rules.reach import state_of

MOST_CHANGES = 3


def why_not(rules: RuleSet, facts: Mapping[str, str | float], option: str) -> WhyNot:
    """The steps that keep ``option`` out of the result, and the smallest changes that lead to it.

    Blocking are the steps that exclude it, and the leaves reached in groups that could have required it.
    Raises :class:`FactError`, and :class:`OptionError` for an option that the rules do not know.
    """
    if option not in rules.options:
        raise OptionError(option, rules.options)
    decision = decide(rules, facts)
    if option in decision.options:
        return WhyNot(option, True, (), ())
    could = {
        group.name
        for group in rules.groups
        if any(isinstance(node, Leaf) and option in node.require for node in nodes(group.root))
    }
    blocked = tuple(step for step in decision.trace if _blocks(step, option, could))
    engine = engine_of(rules)
    with engine.lock:
        state = state_of(engine, read_case(engine, facts)[0])
        would = smallest(engine, state, lambda outcome: option in outcome[1], MOST_CHANGES)
    return WhyNot(option, False, blocked, would)


def _blocks(step: Step, option: str, could: set[str]) -> bool:
    if not step.leaf:
        return False
    return option in step.exclude or (option not in step.require and step.node.split(".")[0] in could)
