"""How right the recommendations are. One conversation counts once, however many of its turns are judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals.report import Measure, measure
from evals.scored import ScoredCase, ScoredTurn

DECIDED = ("decided", "decided_by_exception")


def measure_decisions(cases: Sequence[ScoredCase]) -> Iterator[Measure]:
    """Right and wrong decisions, each expected outcome apart, and needs seen where there is none."""
    judged = [(case, [turn for turn in case.turns if turn.expect.judges_decision]) for case in cases]
    needs = [turns for _, turns in judged if any(turn.expect.decision is not False for turn in turns)]
    right = [not any(_failed(turn) for turn in turns) for turns in needs]
    wrong = sum(any(_decided_wrongly(turn) for turn in turns) for turns in needs)
    meaning = "cases whose every judged decision has the status and the options expected"
    yield measure("decisions right", meaning, sum(right), len(needs))
    meaning = "cases in which something was recommended that should not have been"
    yield measure("decisions wrong", meaning, wrong, len(needs), less_is_better=True)
    labels = [expected_outcome(turns[-1]) for turns in needs]
    for label in sorted(set(labels)):
        mine = [ok for ok, own in zip(right, labels, strict=True) if own == label]
        yield measure(f"decisions right: {label}", "of the cases that should end so", sum(mine), len(mine))
    yield from _invented(judged)
    yield from _questions(cases)


def _invented(judged: Sequence[tuple[ScoredCase, Sequence[ScoredTurn]]]) -> Iterator[Measure]:
    without = [turns for _, turns in judged if turns and all(t.expect.decision is False for t in turns)]
    invented = sum(any(_has_decision(turn) for turn in turns) for turns in without)
    meaning = "cases that describe no need and were met with a decision or its questions"
    yield measure("needs invented", meaning, invented, len(without), less_is_better=True)


def _questions(cases: Sequence[ScoredCase]) -> Iterator[Measure]:
    asked = [turn for case in cases for turn in case.turns if turn.expect.asks]
    right = sum(not turn.differs("next question") for turn in asked)
    yield measure(
        "next question right", "turns that ask for the fact expected, or for none", right, len(asked)
    )


def expected_outcome(turn: ScoredTurn) -> str:
    """The outcome that a turn expects, in a word or two."""
    expect = turn.expect
    if expect.decision is False:
        return "not a need"
    if expect.options:
        return " + ".join(expect.options)
    return " or ".join(expect.statuses) or "none of the options"


def _failed(turn: ScoredTurn) -> bool:
    return turn.reply.answer is None or turn.differs("decision")


def _has_decision(turn: ScoredTurn) -> bool:
    return turn.reply.answer is not None and turn.reply.answer.decision is not None


def _decided_wrongly(turn: ScoredTurn) -> bool:
    came = turn.reply.answer.decision if turn.reply.answer is not None else None
    return came is not None and came.status in DECIDED and turn.differs("decision")
