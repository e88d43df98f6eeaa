"""An explanation on a terminal: the decision, then each thing that was asked about it, then the sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ui.render_decision import EXCEPTIONS, STATUS, marks
from ui.render_terminal import show_sources
from ui.say import say

if TYPE_CHECKING:
    from assistant import DecisionShown, RuleSet
    from assistant.answer import FlipShown
    from assistant.explanations import (
        EffectsShown,
        ExplanationResult,
        NumberEffectShown,
        NumberRangeShown,
        ReasonShown,
        WhatIfShown,
        WhyNotShown,
    )

LIMIT_WORDS = {"ok": "kept", "violated": "broken", "check": "to be checked", None: "not concerned"}


def show_explanation(result: ExplanationResult, rules: RuleSet) -> None:
    """The whole explanation."""
    names = rules.options
    say(_outcome(result.decision.status, result.decision.options, names), "bold")
    if result.why is not None:
        _part("Why", _why(result))
    for told in result.why_not:
        _part(f"Why not {names[told.option]}", _why_not(told, names))
    if result.what_if is not None:
        _part(f"What if {_facts(result.what_if.change)}", _what_if(result.decision, result.what_if, names))
    if result.what_changes is not None:
        _effects(result.what_changes, names)
    # The whole decision cites more than what was asked about it; the JSON shows that as well.
    cited = _cited(result)
    if cited:
        say()
        show_sources(one for one in result.citations if one.n in cited)


def _part(title: str, lines: Iterable[str]) -> None:
    say(title, "bold")
    for line in lines:
        say(line, indent=2, hang=2)


def _outcome(status: str, options: Sequence[str], names: Mapping[str, str]) -> str:
    if not status.startswith("decided"):
        return STATUS[status]
    return f"{STATUS[status]}: {' + '.join(names.get(option, option) for option in options) or 'nothing'}"


def _result(status: str, options: Sequence[str], names: Mapping[str, str]) -> str:
    """An outcome in few words, for behind an arrow."""
    if not status.startswith("decided"):
        return status
    told = " + ".join(names.get(option, option) for option in options) or "nothing"
    return told if status == "decided" else f"{told} (by an exception)"


def _facts(facts: Mapping[str, str | float]) -> str:
    return ", ".join(
        f"{fact} = {value:,.10g}" if isinstance(value, float) else f"{fact} = {value}"
        for fact, value in facts.items()
    )


def _why(result: ExplanationResult) -> Iterator[str]:
    for reason in result.why or ():
        yield _reason(reason)
    for conflict in result.decision.conflicts:
        yield f"conflict: {conflict.say}{marks(conflict.citations)}"
        if conflict.way_out:
            yield f"way out: {conflict.way_out} ({EXCEPTIONS[conflict.exception]})"
    if result.decision.next is not None:
        yield f"open: {result.decision.next.ask} ({result.decision.next.fact})"


def _reason(reason: ReasonShown) -> str:
    passed = ", ".join(
        f"{one.fact} = {one.answer}{' (assumed)' if one.assumed else ''}" for one in reason.answers
    )
    return f"{reason.node}: {passed or 'always'} → {reason.says}{marks([reason.citation])}"


def _why_not(told: WhyNotShown, names: Mapping[str, str]) -> Iterator[str]:
    if told.recommended:
        yield "it is recommended"
    for reason in told.blocked_by:
        yield _reason(reason)
    for flip in told.would:
        yield f"it would be recommended with {_flip(flip, names)}"
    if not (told.recommended or told.would):
        yield "no change of one to three facts leads to it"


def _flip(flip: FlipShown, names: Mapping[str, str]) -> str:
    return f"{_facts(flip.change)} → {_result(flip.status, flip.options, names)}"


def _what_if(before: DecisionShown, told: WhatIfShown, names: Mapping[str, str]) -> Iterator[str]:
    then = _result(told.after.status, told.after.options, names)
    if told.changed:
        yield f"{_result(before.status, before.options, names)} → {then}"
    else:
        yield f"stays {then}"
    # A result that is not decided has no limits, which tells nothing about them.
    for limit in told.limits if told.after.status.startswith("decided") else ():
        yield f"limit {limit.name}: {LIMIT_WORDS[limit.before]} → {LIMIT_WORDS[limit.after]}"
    for step in told.after.trace:
        if step.fact in told.change:
            yield f"{step.node}: {step.fact} = {step.answer}{marks([step.citation])}"


def _effects(told: EffectsShown, names: Mapping[str, str]) -> None:
    _part(
        "What would change it",
        [_flip(flip, names) for flip in told.flips] or ["no change of one or two facts"],
    )
    if told.numbers:
        _part("Numbers", (_number(number, names) for number in told.numbers))
    if told.cannot_matter:
        _part("Cannot change what is recommended", [", ".join(told.cannot_matter)])


def _number(number: NumberEffectShown, names: Mapping[str, str]) -> str:
    same = len({(one.status, one.options) for one in number.ranges}) == 1
    ranges = "; ".join(_range(one, names, result=not same) for one in number.ranges)
    return f"{number.fact} ({number.unit}): {ranges}"


def _range(one: NumberRangeShown, names: Mapping[str, str], *, result: bool) -> str:
    told = [_result(one.status, one.options, names)] if result else []
    told += [f"{name} {LIMIT_WORDS[state]}" for name, state in one.limits.items()]
    return f"{one.within}{' (now)' if one.holds else ''} → {', '.join(told)}"


def _cited(result: ExplanationResult) -> set[int]:
    """The citations that the lines shown carry."""
    reasons = [*(result.why or ()), *(reason for told in result.why_not for reason in told.blocked_by)]
    found = {reason.citation for reason in reasons}
    if result.why is not None:
        found.update(number for one in result.decision.conflicts for number in one.citations)
    if result.what_if is not None:
        steps = result.what_if.after.trace
        found.update(step.citation for step in steps if step.fact in result.what_if.change)
    return {number for number in found if number is not None}
