"""The measures of a run. Cases that could not run are in none of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals.measure_decisions import measure_decisions
from evals.measure_lookups import measure_lookups, measure_retrieval
from evals.measure_silence import measure_silence
from evals.observed import Observed, observed
from evals.scored import ScoredCase


def observe(cases: Sequence[ScoredCase]) -> tuple[Observed, ...]:
    """The values of every measure that ``cases`` say something about."""
    ran = [case for case in cases if not case.problem]
    spoken = [case for case in ran if case.case.given is None]
    ruled = [case for case in ran if case.case.given is not None]
    every = (
        *_must_pass(ran),
        *measure_decisions(spoken),
        *_dialogues(spoken),
        *measure_lookups(spoken),
        *measure_silence(spoken),
        *measure_retrieval(spoken),
        *_ruled(ruled),
    )
    return tuple(one for one in every if one.values)


def _ruled(cases: Sequence[ScoredCase]) -> Iterator[Observed]:
    """The measure of the cases that give facts to the rules; those of messages say nothing about them."""
    meaning = "cases of given facts on which the rules decide as expected"
    yield observed("rules right", meaning, ((case, case.outcome == "passed") for case in cases))


def _must_pass(cases: Sequence[ScoredCase]) -> Iterator[Observed]:
    must = [case for case in cases if case.case.must_pass]
    meaning = "cases that may never fail, and did not"
    yield observed("must-pass cases", meaning, ((case, case.outcome == "passed") for case in must))


def _dialogues(cases: Sequence[ScoredCase]) -> Iterator[Observed]:
    turns = ((case, turn) for case in cases if len(case.case.turns) > 1 for turn in case.turns)
    meaning = "judged turns of conversations without any difference"
    yield observed("dialogue turns right", meaning, ((case, not turn.failures) for case, turn in turns))
