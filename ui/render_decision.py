"""A decision on a terminal: what was computed, why, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from ui.render_terminal import show_sources
from ui.say import say

if TYPE_CHECKING:
    from assistant import DecisionResult, DecisionShown, LimitShown, Pack

STATUS = {
    "decided": "Decided",
    "decided_by_exception": "Decided by an exception of the guide",
    "undecided": "Undecided",
    "conflict": "Conflict",
}
# What is known of the way out of a conflict.
EXCEPTIONS = {
    "unasked": "not asked yet",
    "applies": "it applies",
    "refused": "it does not apply",
    "unknown": "nobody can say whether it applies",
    "none": "it depends on nothing",
}
MOST_OPTIONS = 20
MOST_KEPT = 1_000  # so many possible results a decision names
MOST_POSSIBLE = 8  # results that are listed; of more, the options that they are made of


def show_decision(result: DecisionResult, pack: Pack) -> None:
    """The whole decision, then its sources."""
    decision = result.decision
    names = pack.rules.options if pack.rules else {}

    def named(options: Sequence[str]) -> str:
        return " + ".join(names.get(option, option) for option in options) or "nothing"

    verdict = named(decision.options) if decision.status.startswith("decided") else ""
    say(f"{STATUS[decision.status]}{': ' + verdict if verdict else ''}", "bold")
    say(f"id {decision.id}" + (f", by the rules of {result.as_of}" if result.as_of else ""), "dim")
    _part("How", [decision.how] if decision.how else [])
    _part("Conflicts", _conflicts(decision))
    if decision.status == "undecided":
        _part("Still possible", _possible(decision, names))
    _part("Path", _path(decision))
    _part("Assumed", (f"{fact} = {value}" for fact, value in decision.assumed.items()))
    _part(
        "Tensions",
        (f"{t.say}{marks(t.citations)}" for t in (*decision.tensions, *decision.overridden)),
    )
    _part("Limits", map(_limit, decision.limits))
    _part("Disputed", (f"{d.note} ({d.by}, seen {d.seen})" for d in decision.disputed))
    changes = ((flip.change, named(flip.options) if flip.options else flip.status) for flip in decision.flips)
    _part("Would change with", (f"{_facts(change)} → {outcome}" for change, outcome in changes))
    _part("Next question", _question(decision))
    if result.citations:
        say()
        show_sources(result.citations)


def marks(numbers: Iterable[int | None]) -> str:
    """The markers of citations, as they stand in an answer."""
    return "".join(f" [{number}]" for number in numbers if number is not None)


def _part(title: str, lines: Iterable[str]) -> None:
    told = list(lines)
    if told:
        say(title, "bold")
        for line in told:
            say(line, indent=2, hang=2)


def _possible(decision: DecisionShown, names: Mapping[str, str]) -> list[str]:
    """Every result, or of very many how many there are and the options that they are made of."""
    if len(decision.possible) <= MOST_POSSIBLE:
        results = ([names.get(option, option) for option in options] for options in decision.possible)
        return [" + ".join(result) or "nothing" for result in results]
    options = dict.fromkeys(option for result in decision.possible for option in result)
    told = [f"  {names.get(option, option)}" for option in options]
    more = [f"  and {len(told) - MOST_OPTIONS} more"] if told[MOST_OPTIONS:] else []
    at_least = "at least " if len(decision.possible) >= MOST_KEPT else ""
    return [f"{at_least}{len(decision.possible):,} results, made of", *told[:MOST_OPTIONS], *more]


def _facts(change: dict[str, str]) -> str:
    return ", ".join(f"{fact} = {value}" for fact, value in change.items())


def _path(decision: DecisionShown) -> list[str]:
    steps = [s for s in decision.trace if s.fact]
    return [
        f"{s.node}: {s.fact} = {s.answer}{' (assumed)' if s.assumed else ''}{marks([s.citation])}"
        for s in steps
    ]


def _conflicts(decision: DecisionShown) -> list[str]:
    lines = []
    for conflict in decision.conflicts:
        lines.append(f"{conflict.say}{marks(conflict.citations)}")
        if conflict.stands:
            lines.append(f"  stands regardless: {', '.join(conflict.stands)}")
        if conflict.way_out:
            lines.append(f"  a way out: {conflict.way_out} ({EXCEPTIONS[conflict.exception]})")
    return lines


def _limit(limit: LimitShown) -> str:
    bound = f"at most {_number(limit.max)}" if limit.max is not None else f"at least {_number(limit.min)}"
    given = f", given {_number(limit.value)}" if limit.value is not None else ""
    remedy = f"; {limit.remedy}" if limit.state != "ok" else ""
    return f"{limit.state}: {limit.scope}, {bound} {limit.unit}{given}{marks([limit.citation])}{remedy}"


def _number(value: float | None) -> str:
    return f"{value or 0:,.10g}"


def _question(decision: DecisionShown) -> list[str]:
    if decision.next is None:
        return []
    asked = decision.next
    why = [f"why: {asked.why}{marks([asked.citation])}"] if asked.why else []
    return [f"{asked.ask}  ({asked.fact}={'|'.join((*asked.choices, 'unknown'))})", *why]
