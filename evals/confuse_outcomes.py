"""Which outcome came where another was expected."""

from __future__ import annotations

from collections.abc import Sequence

from evals.measure_decisions import expected_outcome
from evals.report import Confusion
from evals.scored import ScoredCase, ScoredTurn

ANSWERED, SILENT, REFUSED, NO_NEED = "answered", "silent", "refused", "not a need"


def confuse_outcomes(cases: Sequence[ScoredCase]) -> Confusion | None:
    """The table of outcomes, of the last judged turn of each case; ``None`` where there are not two outcomes.

    An outcome is a recommendation, a status without one, an answer from the guide, or the guide's silence.
    """
    pairs = [
        (wanted, _came(turn))
        for case in cases
        for turn in [turn for turn in case.turns if _wanted(turn)][-1:]
        if (wanted := _wanted(turn))
    ]
    labels = sorted({label for pair in pairs for label in pair})
    if len(labels) < 2:
        return None
    from sklearn.metrics import confusion_matrix  # 1 s

    expected, came = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    table = confusion_matrix(expected, came, labels=labels)
    return Confusion(tuple(labels), tuple(tuple(int(count) for count in row) for row in table))


def _wanted(turn: ScoredTurn) -> str:
    """The outcome that a turn expects; empty where it expects none, or several."""
    expect = turn.expect
    if expect.refused:
        return REFUSED
    if expect.options or (expect.judges_decision and expect.decision is not False):
        return expected_outcome(turn)
    if expect.judges_silence is not None:
        return SILENT if expect.judges_silence else ANSWERED
    return NO_NEED if expect.decision is False else ""


def _came(turn: ScoredTurn) -> str:
    answer = turn.reply.answer
    if answer is None:
        return REFUSED
    looked_up = turn.expect.judges_silence is not None and not turn.expect.options
    if answer.decision is None and turn.expect.decision is False and not looked_up:
        return NO_NEED
    if answer.kind == "not_in_guide" and (looked_up or answer.decision is None):
        return SILENT
    if answer.kind == "guide" and looked_up:
        return ANSWERED
    if answer.decision is None:
        return NO_NEED
    decided = " + ".join(answer.decision.options)
    expected = " or ".join(turn.expect.statuses)
    if decided:
        return decided
    # Several statuses may be expected; any of them is what was expected.
    return expected if answer.decision.status in turn.expect.statuses else answer.decision.status
