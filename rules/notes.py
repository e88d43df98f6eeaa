"""What stands beside a result and never changes it: preferences and limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rules.case import Case
from rules.compile import walk_leaves
from rules.decision import Leaning, LimitFound, LimitState, Options, Step, Tension
from rules.engine import Engine, View
from rules.model import Leaf, Limit, RuleSet


def leanings_of(steps: Sequence[Step]) -> tuple[Leaning, ...]:
    """The preferences that are known."""
    return tuple(Leaning(step.node, step.prefer, step.say, step.source) for step in steps if step.prefer)


def tensions_of(engine: Engine, view: View, steps: Sequence[Step]) -> tuple[Tension, ...]:
    """The preferences that the result goes beyond: it holds an option that is not preferred."""
    found = []
    for step in steps:
        beyond = set(view.options) - set(step.prefer)
        if step.prefer and beyond:
            leaf = _deciding(engine, view, beyond)
            found.append(_tension(engine.rules, step, leaf, tuple(sorted(beyond)), "calls for"))
    return tuple(found)


def overridden_of(engine: Engine, steps: Sequence[Step]) -> tuple[Tension, ...]:
    """The preferences for an option that a constraint excludes."""
    found = []
    excluding = [step for step in steps if step.exclude]
    for step in steps:
        for against in excluding if step.prefer else ():
            lost = tuple(option for option in step.prefer if option in against.exclude)
            if lost:
                found.append(_tension(engine.rules, step, against, lost, "rules out"))
    return tuple(found)


def _deciding(engine: Engine, view: View, beyond: set[str]) -> Leaf | None:
    """The first leaf that requires one of the options ``beyond`` the preference."""
    for group in engine.rules.groups:
        for leaf in walk_leaves(engine, group.root, view.state.known):
            if beyond.intersection(leaf.require):
                return leaf
    return None


def _tension(rules: RuleSet, step: Step, against: Leaf | Step | None, options: Options, verb: str) -> Tension:
    node = "" if against is None else against.id if isinstance(against, Leaf) else against.node
    sources = tuple(one for one in (step.source, against.source if against else None) if one)
    say = step.say or (
        f"{rules.facts[step.fact].title}: {step.answer} points to {_titles(rules, step.prefer)}, "
        f"but the rest {verb} {_titles(rules, options)}."
    )
    return Tension(step.node, step.prefer, node, options, say, sources)


def _titles(rules: RuleSet, options: Options) -> str:
    return " and ".join(rules.options.get(option, option) for option in options)


def limits_of(
    rules: RuleSet, case: Case, options: Options, answers: Mapping[str, str]
) -> tuple[LimitFound, ...]:
    """The limits that concern all of their options and have no exception under ``answers``."""
    found = []
    for limit in rules.limits:
        excepted = bool(limit.unless) and all(
            answers.get(fact) in allowed for fact, allowed in limit.unless.items()
        )
        if set(limit.applies) <= set(options) and not excepted:
            value = case.numbers.get(limit.fact)
            found.append(
                LimitFound(
                    limit.name,
                    limit.fact,
                    _state(limit, value),
                    limit.maximum,
                    limit.minimum,
                    limit.unit,
                    value,
                    limit.scope,
                    limit.remedy,
                    limit.source,
                )
            )
    return tuple(found)


def _state(limit: Limit, value: float | None) -> LimitState:
    if value is None:
        return "check"
    above = limit.maximum is not None and value > limit.maximum
    below = limit.minimum is not None and value < limit.minimum
    return "violated" if above or below else "ok"
