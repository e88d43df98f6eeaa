"""The measures of a run. Cases that could not run are in none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from evals.measure_decisions import measure_decisions
from evals.report import Measure, measure
from evals.score_turn import marked_citations, missing
from evals.scored import ScoredCase, ScoredTurn


def measures(cases: Sequence[ScoredCase]) -> tuple[Measure, ...]:
    """Every measure that ``cases`` say something about."""
    turns = [turn for case in cases for turn in case.turns]
    every = (
        *_must_pass(cases),
        *measure_decisions(cases),
        *_dialogues(cases),
        *_lookups(turns),
        *_silence(turns),
    )
    return tuple(one for one in every if one.of)


def measure_ruled(cases: Sequence[ScoredCase]) -> tuple[Measure, ...]:
    """The measure of the cases that give facts to the rules; those of messages say nothing about them."""
    passed = sum(case.outcome == "passed" for case in cases)
    meaning = "cases of given facts on which the rules decide as expected"
    return (measure("rules right", meaning, passed, len(cases)),) if cases else ()


def _must_pass(cases: Sequence[ScoredCase]) -> Iterator[Measure]:
    must = [case for case in cases if case.case.must_pass]
    passed = sum(case.outcome == "passed" for case in must)
    yield measure("must-pass cases", "cases that may never fail, and did not", passed, len(must))


def _dialogues(cases: Sequence[ScoredCase]) -> Iterator[Measure]:
    turns = [turn for case in cases if len(case.case.turns) > 1 for turn in case.turns]
    right = sum(not turn.failures for turn in turns)
    meaning = "judged turns of conversations without any difference"
    yield measure("dialogue turns right", meaning, right, len(turns))


def _lookups(turns: Sequence[ScoredTurn]) -> Iterator[Measure]:
    asked = [turn for turn in turns if turn.expect.judges_lookup]
    tests: tuple[tuple[str, str, Callable[[ScoredTurn], bool]], ...] = (
        ("lookups answered", "details whose answer holds the words that tell it", _answered),
        ("lookups whose quotes hold", "details whose cited quotes hold those words", _quotes_hold),
        ("lookups that cite the place", "details cited to an expected section", _cited),
    )
    for name, meaning, test in tests:
        judged = [turn for turn in asked if turn.expect.cites or test is not _cited]
        yield measure(name, meaning, sum(test(turn) for turn in judged), len(judged))


def _answered(turn: ScoredTurn) -> bool:
    answer = turn.reply.answer
    if answer is None or answer.kind not in turn.expect.kinds:
        return False
    return not any(missing(turn.expect.says, answer.text))


def _quotes_hold(turn: ScoredTurn) -> bool:
    answer = turn.reply.answer
    if answer is None or answer.kind not in turn.expect.kinds:
        return False
    quotes = " ".join(citation.quote for citation in marked_citations(answer))
    return not any(missing(turn.expect.says, quotes))


def _cited(turn: ScoredTurn) -> bool:
    answer = turn.reply.answer
    return answer is not None and answer.kind in turn.expect.kinds and not turn.differs("citation")


def _silence(turns: Sequence[ScoredTurn]) -> Iterator[Measure]:
    judged = [(turn.expect.judges_silence, _silent(turn)) for turn in turns]
    due = [was for wanted, was in judged if wanted is True]
    answerable = [was for wanted, was in judged if wanted is False]
    kept = [wanted for wanted, was in judged if was and wanted is not None]
    meaning = "questions the guide does not answer that were left unanswered"
    yield measure("silence recall", meaning, sum(due), len(due))
    yield measure("silence precision", "silences that were due", sum(kept), len(kept))
    meaning = "questions the guide answers that were left unanswered"
    yield measure("false silence", meaning, sum(answerable), len(answerable), less_is_better=True)


def _silent(turn: ScoredTurn) -> bool:
    return turn.reply.answer is not None and turn.reply.answer.kind == "not_in_guide"
