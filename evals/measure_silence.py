"""How rightly the guide's silence is told, and what answering more questions would cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals.observed import Observed, observed
from evals.report import RiskCoverage, RiskPoint
from evals.scored import ScoredCase, ScoredTurn


def measure_silence(cases: Sequence[ScoredCase]) -> Iterator[Observed]:
    """Silence where it is due, where it is not, and how much of it was right."""
    judged = [
        (case, turn.expect.judges_silence, _silent(turn))
        for case in cases
        for turn in case.turns
        if turn.expect.judges_silence is not None
    ]
    meaning = "questions the guide does not answer that were left unanswered"
    yield observed("silence recall", meaning, ((case, was) for case, due, was in judged if due))
    meaning = "silences that were due"
    kept = ((case, due is True) for case, due, was in judged if was)
    yield observed("silence precision", meaning, kept)
    meaning = "questions the guide answers that were left unanswered"
    false = ((case, was) for case, due, was in judged if not due)
    yield observed("false silence", meaning, false, less_is_better=True)


def risk_coverage(cases: Sequence[ScoredCase]) -> RiskCoverage | None:
    """What share of questions would be answered at every bound, and what share of those the guide does not.

    Judged are first messages that expect silence or an answer, by how surely the guide answers them; ``None``
    where it was not told, or where all expect the same. Method: R. El-Yaniv and Y. Wiener, "On the
    Foundations of Noise-free Selective Classification", Journal of Machine Learning Research 11 (2010);
    questions that are as sure as each other are answered together.
    """
    rows = [
        (case.looked.share, case.looked.bound or 0.0, turn.expect.judges_silence is False)
        for case in cases
        if case.looked is not None and case.looked.share is not None
        for turn in case.turns
        if turn.number == 1 and turn.expect.judges_silence is not None
    ]
    if len({answerable for _, _, answerable in rows}) < 2:
        return None
    from sklearn.metrics import auc, precision_recall_curve, roc_auc_score  # 1 s

    truth, shares = [row[2] for row in rows], [row[0] for row in rows]
    precision, _, bounds = precision_recall_curve(truth, shares, drop_intermediate=False)
    points = [
        RiskPoint(sum(share >= bound for share in shares) / len(rows), float(1 - right), float(bound))
        for right, bound in zip(precision, bounds, strict=False)
    ][::-1]
    used = [answerable for share, bound, answerable in rows if share >= bound]
    risk = used.count(False) / len(used) if used else 0.0
    coverages, risks = [point.coverage for point in points], [point.risk for point in points]
    area = float(auc([0.0, *coverages], [risks[0], *risks]))
    at = RiskPoint(len(used) / len(rows), risk, rows[0][1])
    return RiskCoverage(tuple(points), at, area, float(roc_auc_score(truth, shares)), len(rows))


def _silent(turn: ScoredTurn) -> bool:
    return turn.reply.answer is not None and turn.reply.answer.kind == "not_in_guide"
