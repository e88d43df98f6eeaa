"""What stands beside a result and never changes it: preferences and limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rules.compile import walk_leaves
from rules.decision import Leaning, LimitFound, LimitState, Options, Step, Tension
from rules.engine import Engine, State, View
from rules.model import Leaf, RuleSet


def leanings_of(steps: Sequence[Step]) -> tuple[Leaning, ...]:
    """The preferences that are known."""
    return tuple(Leaning(step.node, step.prefer, step.say, step.source) for step in steps if step.prefer)


def tensions_of(engine: Engine, state: State, view: View, steps: Sequence[Step]) -> tuple[Tension, ...]:
    """The preferences that the result goes beyond: it holds an option that is not preferred."""
    found = []
    for step in steps:
        if step.prefer and (beyond := set(view.options).difference(step.prefer)):
            leaf = _deciding(engine, state, beyond)
            found.append(_tension(engine.rules, step, leaf, tuple(sorted(beyond)), "calls for"))
    return tuple(found)


def overridden_of(engine: Engine, steps: Sequence[Step]) -> tuple[Tension, ...]:
    """The preferences for an option that a constraint excludes."""
    found: list[Tension] = []
    preferring = [step for step in steps if step.prefer]
    excluding = [step for step in steps if step.exclude] if preferring else []
    for step in preferring:
        for against in excluding:
            lost = tuple(option for option in step.prefer if option in against.exclude)
            if lost:
                found.append(_tension(engine.rules, step, against, lost, "rules out"))
    return tuple(found)


def _deciding(engine: Engine, state: State, beyond: set[str]) -> Leaf | None:
    """The first leaf that requires one of the options ``beyond`` the preference."""
    for group in engine.rules.groups:
        for leaf in walk_leaves(engine, group.root, state.known):
            if beyond.intersection(leaf.require):
                return leaf
    return None


def _tension(rules: RuleSet, step: Step, against: Leaf | Step | None, options: Options, verb: str) -> Tension:
    node = "" if against is None else against.id if isinstance(against, Leaf) else against.node
    sources = tuple(one for one in (step.source, against.source if against else None) if one)
    because = (
        f"{rules.facts[step.fact].title}: {step.answer}" if step.fact else f"The preference {step.node!r}"
    )
    say = step.say or (
        f"{because} points to {_titles(rules, step.prefer)}, but the rest {verb} {_titles(rules, options)}."
    )
    return Tension(step.node, step.prefer, node, options, say, sources)


def _titles(rules: RuleSet, options: Options) -> str:
    return " and ".join(rules.options.get(option, option) for option in options)


def limits_of(rules: RuleSet, options: Options, answers: Mapping[str, str]) -> tuple[LimitFound, ...]:
    """The limits that concern all of their options and have no exception under ``answers``, to be checked."""
    found = []
    for limit in rules.limits:
        excepted = bool(limit.unless) and all(
            answers.get(fact) in allowed for fact, allowed in limit.unless.items()
        )
        if set(limit.applies) <= set(options) and not excepted:
            found.append(
                LimitFound(
                    limit.name,
                    limit.fact,
                    "check",
                    limit.maximum,
                    limit.minimum,
                    limit.unit,
                    None,
                    limit.scope,
                    limit.remedy,
                    limit.source,
                )
            )
    return tuple(found)


def checked(limit: LimitFound, value: float) -> LimitFound:
    """``limit`` checked against the number that was told."""
    above = limit.max is not None and value > limit.max
    below = limit.min is not None and value < limit.min
    state: LimitState = "violated" if above or below else "ok"
    return LimitFound(
        limit.name,
        limit.fact,
        state,
        limit.max,
        limit.min,
        limit.unit,
        value,
        limit.scope,
        limit.remedy,
        limit.source,
    )
