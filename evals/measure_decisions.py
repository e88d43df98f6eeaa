"""How right the recommendations are. One conversation counts once, however many of its turns are judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals.observed import Observed, observed
from evals.scored import ScoredCase, ScoredTurn

DECIDED = ("decided", "decided_by_exception")
Judged = tuple[ScoredCase, Sequence[ScoredTurn]]


def measure_decisions(cases: Sequence[ScoredCase]) -> Iterator[Observed]:
    """Right and wrong decisions, each expected outcome apart, and needs seen where there is none."""
    judged = [(case, [turn for turn in case.turns if turn.expect.judges_decision]) for case in cases]
    needs = [one for one in judged if any(turn.expect.decision is not False for turn in one[1])]
    right = [(case, not any(_failed(turn) for turn in turns)) for case, turns in needs]
    meaning = "cases whose every judged decision has the status and the options expected"
    yield observed("decisions right", meaning, right)
    meaning = "the same, and those that still ask where what is expected remains possible"
    lenient = ((case, all(_right_or_open(turn) for turn in turns)) for case, turns in needs)
    yield observed("decisions right or still open", meaning, lenient)
    meaning = "cases in which something was recommended that should not have been"
    wrong = ((case, any(_decided_wrongly(turn) for turn in turns)) for case, turns in needs)
    yield observed("decisions wrong", meaning, wrong, less_is_better=True)
    meaning = "of the cases whose facts all came right: what is left to the rules and to the walk"
    told = [one for one in needs if any(turn.expect.facts for turn in one[1])]
    by_rules = [
        (case, not any(_failed(turn) for turn in turns)) for case, turns in told if _facts_right(case)
    ]
    yield observed("decisions right on right facts", meaning, by_rules)
    yield from _by_outcome(needs, dict(zip((case.key for case, _ in right), right, strict=True)))
    yield from _invented(judged)
    yield from _questions(cases)


def _by_outcome(
    needs: Sequence[Judged], right: dict[tuple[str, str], tuple[ScoredCase, bool]]
) -> Iterator[Observed]:
    labels = {case.key: expected_outcome(turns[-1]) for case, turns in needs}
    for label in sorted(set(labels.values())):
        mine = [right[key] for key, own in labels.items() if own == label]
        yield observed(f"decisions right: {label}", "of the cases that should end so", mine)


def _invented(judged: Sequence[Judged]) -> Iterator[Observed]:
    without = [one for one in judged if one[1] and all(turn.expect.decision is False for turn in one[1])]
    meaning = "cases that describe no need and were met with a decision or its questions"
    invented = ((case, any(_has_decision(turn) for turn in turns)) for case, turns in without)
    yield observed("needs invented", meaning, invented, less_is_better=True)


def _questions(cases: Sequence[ScoredCase]) -> Iterator[Observed]:
    asked = ((case, turn) for case in cases for turn in case.turns if turn.expect.asks)
    meaning = "turns that ask for the fact expected, or for none"
    right = ((case, not turn.differs("next question")) for case, turn in asked)
    yield observed("next question right", meaning, right)


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


def _right_or_open(turn: ScoredTurn) -> bool:
    if not _failed(turn):
        return True
    came = turn.reply.answer.decision if turn.reply.answer is not None else None
    if came is None or came.status != "undecided" or turn.expect.options is None:
        return False
    return turn.expect.options in {tuple(sorted(options)) for options in came.possible}


def _facts_right(case: ScoredCase) -> bool:
    return not any(failure.what.startswith("fact ") for failure in case.failures)


def _has_decision(turn: ScoredTurn) -> bool:
    return turn.reply.answer is not None and turn.reply.answer.decision is not None


def _decided_wrongly(turn: ScoredTurn) -> bool:
    came = turn.reply.answer.decision if turn.reply.answer is not None else None
    return came is not None and came.status in DECIDED and turn.differs("decision")
