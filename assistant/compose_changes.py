"""The words for what would change a decision, which numbers break a limit, and what makes no difference."""

from __future__ import annotations

from assistant.compose import Composed
from assistant.compose_decision import change_words, fact_label, outcome_words
from assistant.footnotes import Footnotes
from assistant.judge import Case
from rules import Effects, NumberRange, RuleSet

MOST_CHANGES = 5
MOST_IDLE = 4
MOST_LIMITS = 2
SIGNS = {"<=": "up to", ">=": "from", "<": "under", ">": "over"}


def compose_changes(rules: RuleSet, case: Case, told: Effects, notes: Footnotes) -> Composed:
    """The smallest changes that lead to another result, then in a line each what else the facts can do."""
    blocks = ["No change of one or two facts leads to another result."]
    if told.flips:
        lines = [
            f"- {change_words(rules, flip.change)} → {outcome_words(rules, flip.status, flip.options)}"
            for flip in told.flips[:MOST_CHANGES]
        ]
        if told.flips[MOST_CHANGES:]:
            lines.append(f"- or otherwise ({len(told.flips) - MOST_CHANGES} more)")
        blocks = ["\n".join(["It would change with:", "", *lines])]
    for lead, numbers in (
        ("It would stay, and keep its limit, with", _numbers(rules, case, told, notes, kept=True)),
        ("It would stay, but over a limit, with", _numbers(rules, case, told, notes, kept=False)),
    ):
        if numbers:
            blocks.append(f"{lead}: {'; '.join(numbers[:MOST_LIMITS])}.")
    idle = _idle(rules, case, told)
    if idle:
        rest = len(idle) - MOST_IDLE
        more = f" · {rest} more" if rest > 0 else ""
        blocks.append(f"No answer changes it about: {' · '.join(idle[:MOST_IDLE])}{more}.")
    return Composed("explain", "\n\n".join(blocks))


def _numbers(rules: RuleSet, case: Case, told: Effects, notes: Footnotes, *, kept: bool) -> list[str]:
    """The ranges of numbers that leave the result as it is and break a limit, or keep a broken one."""
    sources = {limit.name: limit.source for limit in case.decision.limits}
    found = []
    for number in told.numbers:
        now = any(one.holds and _breaks(one) for one in number.ranges)
        for one in number.ranges:
            same = (one.status, one.options) == (case.decision.status, case.decision.options)
            if same and not one.holds and (now if kept else not now) and _breaks(one) != kept:
                cited = [source for name, _ in one.limits if (source := sources.get(name))]
                marks = "".join(f" [{notes.quote(s.cite, s.quote)}]" for s in cited)
                found.append(f"{fact_label(rules, number.fact)} {_range_words(one)} {number.unit}{marks}")
    return found


def _breaks(one: NumberRange) -> bool:
    return any(state == "violated" for _, state in one.limits)


def _range_words(one: NumberRange) -> str:
    """``> 30`` as ``over 30``."""
    return " ".join(SIGNS.get(word, word) for word in one.within.split())


def _idle(rules: RuleSet, case: Case, told: Effects) -> list[str]:
    """What people may think of and cannot change the result with; first what they spoke of.

    A fact that only decides about a conflict's way out means nothing to whoever has no conflict.
    """
    numbers = {number.fact for number in told.numbers}
    names = [
        name
        for name in told.cannot_matter
        if name not in numbers and (rules.facts[name].only_for is None or name in case.facts)
    ]
    ordered = sorted(names, key=lambda name: (name not in case.facts, rules.facts[name].ask is None))
    return [fact_label(rules, name) for name in ordered]
