"""The fewest questions that tell hidden cases apart, as far as their outcomes differ: exact, no heuristic."""

from __future__ import annotations

from collections.abc import Mapping

from evals.hidden_cases import Hidden

MOST_STATES = 20_000


def best_questions(hidden: Hidden) -> tuple[int, ...] | None:
    """How many questions a best way of asking needs for each of the cases, in their order.

    Best is the least number in the mean, all cases equally likely; of several best ways the one that asks in
    the author's order. ``None`` where there are too many states to look at.

    Method: dynamic programming over the answers given so far. A set of cases that still fit is a bit mask;
    it is settled when all have one outcome, and else the best question is the one whose answers leave the
    least in sum (the optimal decision tree; L. Hyafil and R. L. Rivest, "Constructing optimal binary decision
    trees is NP-complete", Information Processing Letters 5 (1976), tell why there is a bound on its size).
    """
    every = (1 << len(hidden.cases)) - 1
    outcomes: dict[object, int] = {}
    for place, outcome in enumerate(hidden.outcomes):
        outcomes[outcome] = outcomes.get(outcome, 0) | 1 << place
    answers = _masks(hidden)
    search = _Search(tuple(outcomes.values()), tuple(tuple(masks.values()) for masks in answers.values()))
    try:
        search.least(every)
    except _TooManyError:
        return None
    counts = [0] * len(hidden.cases)
    search.count(every, 0, counts)
    return tuple(counts)


def _masks(hidden: Hidden) -> Mapping[str, Mapping[str, int]]:
    """For each answer to each fact the cases in which it is given."""
    masks: dict[str, dict[str, int]] = {name: {} for name in hidden.answers}
    for place, case in enumerate(hidden.cases):
        for name, found in masks.items():
            found[case[name]] = found.get(case[name], 0) | 1 << place
    return masks


class _TooManyError(Exception):
    """More states than can be looked at."""


class _Search:
    """The least sums of questions found so far; it lives while one best way is looked for."""

    def __init__(self, outcomes: tuple[int, ...], facts: tuple[tuple[int, ...], ...]) -> None:
        self._outcomes = outcomes
        self._facts = facts
        self._found: dict[int, tuple[int, int]] = {}

    def least(self, left: int) -> int:
        """The least sum of questions over the cases in ``left``."""
        return self._best(left)[0]

    def count(self, left: int, asked: int, counts: list[int]) -> None:
        """Write into ``counts`` how many questions each case in ``left`` is asked, after ``asked`` ones."""
        best = self._best(left)[1]
        if best >= 0:
            for mask in self._facts[best]:
                if left & mask:
                    self.count(left & mask, asked + 1, counts)
            return
        for place in range(left.bit_length()):
            if left >> place & 1:
                counts[place] = asked

    def _best(self, left: int) -> tuple[int, int]:
        """The least sum, and the fact to ask first; -1 where nothing is to be asked."""
        if any(left & mask == left for mask in self._outcomes):
            return 0, -1
        if (known := self._found.get(left)) is not None:
            return known
        if len(self._found) >= MOST_STATES:
            raise _TooManyError
        sums = [
            (sum(self.least(left & mask) for mask in masks if left & mask), fact)
            for fact, masks in enumerate(self._facts)
            if not any(left & mask == left for mask in masks)
        ]
        rest, fact = min(sums)
        self._found[left] = found = (left.bit_count() + rest, fact)
        return found
