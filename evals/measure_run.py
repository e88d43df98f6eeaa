"""The measures of a run. Cases that could not run are in none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assistant import DecisionShown
from evals.report import Measure, measure
from evals.score_turn import MARKER, missing
from evals.scored import ScoredCase, ScoredTurn

DECIDED = ("decided", "decided_by_exception")


def measures(cases: Sequence[ScoredCase]) -> tuple[Measure, ...]:
    """Every measure that ``cases`` say something about."""
    turns = [turn for case in cases for turn in case.turns]
    every = (*_decisions(cases), *_dialogues(cases), *_lookups(turns), *_silence(turns), *_times(cases))
    return tuple(one for one in every if one.of)


def _times(cases: Sequence[ScoredCase]) -> Iterator[Measure]:
    must = [case for case in cases if case.case.must_pass]
    passed = sum(case.outcome == "passed" for case in must)
    yield measure("must-pass cases", "cases that may never fail, and did not", passed, len(must))


def _decisions(cases: Sequence[ScoredCase]) -> Iterator[Measure]:
    judged = [(case, [turn for turn in case.turns if turn.expect.judges_decision]) for case in cases]
    judged = [(case, turns) for case, turns in judged if turns]
    right = [not any(_decision_failed(turn) for turn in turns) for _, turns in judged]
    wrong = [any(_decided_wrongly(turn) for turn in turns) for _, turns in judged]
    yield measure(
        "decisions right",
        "cases whose every judged decision has status and options as expected",
        sum(right),
        len(judged),
    )
    yield measure(
        "decisions wrong",
        "cases in which something was recommended that should not have been",
        sum(wrong),
        len(judged),
        less_is_better=True,
    )
    labels = [expected_outcome(turns[-1]) for _, turns in judged]
    for label in dict.fromkeys(sorted(labels)):
        mine = [ok for ok, own in zip(right, labels, strict=True) if own == label]
        yield measure(f"decisions right: {label}", "of the cases that should end so", sum(mine), len(mine))
    asked = [turn for case in cases for turn in case.turns if turn.expect.asks]
    good = sum(not _failed(turn, "next question") for turn in asked)
    yield measure(
        "next question right", "turns that ask for the expected fact, or for none", good, len(asked)
    )


def expected_outcome(turn: ScoredTurn) -> str:
    """The outcome that a turn expects, in a word or two."""
    expect = turn.expect
    if expect.decision is False:
        return "not a need"
    if expect.options:
        return " + ".join(expect.options)
    return " or ".join(expect.statuses) or "none of the options"


def _failed(turn: ScoredTurn, *what: str) -> bool:
    return any(failure.what in what for failure in turn.failures)


def _decision_failed(turn: ScoredTurn) -> bool:
    return turn.reply.answer is None or _failed(turn, "decision")


def _decided_wrongly(turn: ScoredTurn) -> bool:
    came: DecisionShown | None = turn.reply.answer.decision if turn.reply.answer else None
    return came is not None and came.status in DECIDED and _failed(turn, "decision")


def _dialogues(cases: Sequence[ScoredCase]) -> Iterator[Measure]:
    turns = [turn for case in cases if len(case.case.turns) > 1 for turn in case.turns]
    right = sum(not turn.failures for turn in turns)
    yield measure(
        "dialogue turns right", "judged turns of conversations without any difference", right, len(turns)
    )


def _lookups(turns: Sequence[ScoredTurn]) -> Iterator[Measure]:
    asked = [turn for turn in turns if turn.expect.judges_lookup]
    tests: tuple[tuple[str, str, Callable[[ScoredTurn], bool]], ...] = (
        ("lookups answered", "details whose answer holds the words that tell it", _answered),
        ("lookups whose quotes hold", "details whose cited quotes hold those words", _quotes_hold),
        ("lookups that cite the place", "details cited to an expected section", _cited),
    )
    for name, meaning, test in tests:
        yield measure(name, meaning, sum(test(turn) for turn in asked), len(asked))


def _answered(turn: ScoredTurn) -> bool:
    answer = turn.reply.answer
    return (
        answer is not None
        and answer.kind in turn.expect.kinds
        and not any(missing(turn.expect.says, answer.text))
    )


def _quotes_hold(turn: ScoredTurn) -> bool:
    answer = turn.reply.answer
    if answer is None or answer.kind not in turn.expect.kinds:
        return False
    marked = {int(number) for number in MARKER.findall(answer.text)}
    quotes = " ".join(citation.quote for citation in answer.citations if citation.n in marked)
    return not any(missing(turn.expect.says, quotes))


def _cited(turn: ScoredTurn) -> bool:
    return (
        turn.reply.answer is not None and turn.reply.answer.kind == "guide" and not _failed(turn, "citation")
    )


def _silence(turns: Sequence[ScoredTurn]) -> Iterator[Measure]:
    judged = [(turn.expect.judges_silence, _silent(turn)) for turn in turns]
    wanted = [came for silent, came in judged if silent is True]
    spoken = [came for silent, came in judged if silent is False]
    came = [silent for silent, was in judged if was and silent is not None]
    yield measure(
        "silence recall",
        "questions the guide does not answer that were left unanswered",
        sum(wanted),
        len(wanted),
    )
    yield measure("silence precision", "silences that were due", sum(came), len(came))
    yield measure(
        "false silence",
        "questions the guide answers that were left unanswered",
        sum(spoken),
        len(spoken),
        less_is_better=True,
    )


def _silent(turn: ScoredTurn) -> bool:
    return turn.reply.answer is not None and turn.reply.answer.kind == "not_in_guide"
