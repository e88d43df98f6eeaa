"""How well facts are read: precision and recall of every value of every fact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.observed import Observed, observed
from evals.score_turn import expected_facts, same_value
from evals.scored import ScoredCase
from evals.suite import NONE

ALL = "all"


@dataclass(frozen=True, slots=True)
class FactObserved:
    """One value of one fact: of those that came which should have, and of those wanted which came."""

    fact: str
    value: str
    precision: Observed
    recall: Observed


def observe_facts(cases: Sequence[ScoredCase]) -> tuple[FactObserved, ...]:
    """A line for each fact and value that was expected or came, and a first one for all together.

    Judged are the facts that stand after the last turn of a case that lists any, so that one conversation
    counts once. ``unknown`` is a value like the others; it has lines of its own and is left out of the sum.
    """
    judged = [(case, *told) for case in cases for told in _judged(case)]
    told = [
        (case, fact, wanted, came) for case, fact, wanted, came in judged if (wanted, came) != (NONE, NONE)
    ]
    pairs = sorted({(fact, value) for _, fact, *both in told for value in both if value != NONE})
    return tuple(_line(fact, value, told) for fact, value in [(ALL, ALL), *pairs] if pairs)


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


def _line(fact: str, value: str, told: Sequence[tuple[ScoredCase, str, str, str]]) -> FactObserved:
    def counts(own: str, its: str) -> bool:
        if fact == ALL:
            return its not in (NONE, "unknown")
        return (own, its) == (fact, value)

    came = ((case, same_value(want, has)) for case, own, want, has in told if counts(own, has))
    wanted = ((case, same_value(want, has)) for case, own, want, has in told if counts(own, want))
    named = "all facts" if fact == ALL else f"{fact} = {value}"
    meaning = "of those read, the share that the message settles so"
    precision = observed(f"precision of {named}", meaning, came)
    meaning = "of those that the message settles so, the share that is read"
    return FactObserved(fact, value, precision, observed(f"recall of {named}", meaning, wanted))
