"""What the rules alone make of given facts, and how that is held against what was expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evals.run import Ruled
from evals.suite import ANY, NONE, NOTHING, Expectation
from rules import Decision, RuleSet, decide

Difference = tuple[str, str, str]


def ask_rules(rules: RuleSet, facts: Mapping[str, str]) -> Ruled:
    """What ``rules`` decide on ``facts``, in the words that a suite expects it in."""
    told = {
        name: float(value) if rules.facts[name].numeric and value != "unknown" else value
        for name, value in facts.items()
    }
    decision = decide(rules, told)
    return Ruled(
        status=decision.status,
        options=decision.options,
        asks=decision.next.fact if decision.next else NOTHING,
        conflicts=tuple(one.name for one in decision.conflicts),
        limits={one.name: one.state for one in decision.limits},
        assumed=dict(decision.assumed),
        tensions=tuple(one.node for one in decision.tensions),
        overridden=tuple(dict.fromkeys(one.node for one in decision.overridden)),
        leanings=tuple(one.node for one in decision.leanings),
        path=_path(decision),
    )


def _path(decision: Decision) -> str:
    return ", ".join(
        f"{step.node} ({step.fact}: {step.answer}{', assumed' if step.assumed else ''})"
        for step in decision.trace
        if step.fact
    )


def ruled_words(came: Ruled) -> str:
    """A decision in words: its status and options, and the nodes of the rules that it passed."""
    named = f"{came.status}: {' + '.join(came.options)}" if came.options else came.status
    return f"{named}, by {came.path}" if came.path else named


def rule_differences(expected: Expectation, came: Ruled) -> Iterator[Difference]:
    """What was judged, what was expected of it and what came, for each difference."""
    statuses = expected.statuses or (
        ("decided", "decided_by_exception") if expected.options is not None else ()
    )
    options = expected.options
    if statuses and (came.status not in statuses or options not in (None, came.options)):
        wanted = " or ".join(statuses)
        yield "decision", f"{wanted}: {' + '.join(options)}" if options else wanted, ruled_words(came)
    if expected.asks and came.asks != expected.asks:
        yield "next question", expected.asks, came.asks
    for name in expected.conflicts:
        if name not in came.conflicts:
            yield "conflict", name, ", ".join(came.conflicts) or NONE
    for what, wanted_by, came_by in (
        ("limit", expected.limits, came.limits),
        ("assumption", expected.assumed, came.assumed),
    ):
        for name, wanted in wanted_by.items():
            if wanted != ANY and came_by.get(name, NONE) != wanted:
                yield f"{what} {name}", wanted, came_by.get(name, NONE)
    for what, wanted_nodes, came_nodes in (
        ("tensions", expected.tensions, came.tensions),
        ("overridden preferences", expected.overridden, came.overridden),
        ("leanings", expected.leanings, came.leanings),
    ):
        if wanted_nodes is not None and set(wanted_nodes) != set(came_nodes):
            yield what, ", ".join(wanted_nodes) or NONE, ", ".join(came_nodes) or NONE
