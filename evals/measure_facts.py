"""How well facts are read: precision and recall of every value of every fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from evals.report import FactMeasure, measure
from evals.score_turn import expected_facts, same_value
from evals.scored import ScoredCase
from evals.suite import NONE

ALL = "all"
RIGHT, CAME, WANTED = "right", "came", "wanted"


def measure_facts(cases: Sequence[ScoredCase]) -> tuple[FactMeasure, ...]:
    """A line for each fact and value that was expected or came, and a first one for all together.

    Judged are the facts that stand after the last turn of a case that lists any, so that one conversation
    counts once. ``unknown`` is a value like the others; it has lines of its own and is left out of the sum.
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    for case in cases:
        for fact, wanted, came in _judged(case):
            right = same_value(wanted, came)
            for kind, value, counted in ((WANTED, wanted, True), (CAME, came, True), (RIGHT, came, right)):
                if value == NONE or not counted:
                    continue
                counts[fact, value, kind] += 1
                if value != "unknown":
                    counts[ALL, ALL, kind] += 1
    pairs = sorted({(fact, value) for fact, value, _ in counts} - {(ALL, ALL)})
    return tuple(_line(fact, value, counts) for fact, value in [(ALL, ALL), *pairs] if pairs)


def _judged(case: ScoredCase) -> Iterator[tuple[str, str, str]]:
    """(fact, value that must stand, value that stands) at the last turn that lists facts."""
    for turn in reversed(case.turns):
        wanted = expected_facts(turn.expect, case.suite.complete_facts)
        if not wanted or turn.reply.answer is None:
            continue
        stands = turn.reply.answer.facts
        for fact, value in wanted.items():
            yield fact, value, stands[fact].value if fact in stands else NONE
        return


def _line(fact: str, value: str, counts: Counter[tuple[str, str, str]]) -> FactMeasure:
    right, came, wanted = (counts[fact, value, kind] for kind in (RIGHT, CAME, WANTED))
    named = "all facts" if fact == ALL else f"{fact} = {value}"
    return FactMeasure(
        fact,
        value,
        measure(f"precision of {named}", "of those read, the share that the message settles so", right, came),
        measure(
            f"recall of {named}",
            "of those that the message settles so, the share that is read",
            right,
            wanted,
        ),
    )
