"""The engine's decision in the stable form of the JSON, its sources as numbered citations."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import (
    ConflictShown,
    DecisionShown,
    DisputeShown,
    FlipShown,
    LimitShown,
    NextQuestion,
    Tension,
    TraceStep,
)
from assistant.footnotes import Footnotes
from rules import ConflictFound, Decision, Flip, LimitFound, Question, Source, Step
from rules import Tension as RuleTension


def show_decision(
    decision: Decision, flips: Sequence[Flip], notes: Footnotes, *, hypothetical: bool = False
) -> DecisionShown:
    """``decision`` as every door shows it; what it cites is added to ``notes``, in the order of reading."""
    conflicts = tuple(_conflict(conflict, notes) for conflict in decision.conflicts)
    trace = tuple(_step(step, notes) for step in decision.trace)
    return DecisionShown(
        id=decision.id,
        status=decision.status,
        options=decision.options,
        how=decision.how,
        possible=decision.possible,
        assumed=dict(decision.assumed),
        trace=trace,
        tensions=tuple(_tension(tension, notes) for tension in decision.tensions),
        overridden=tuple(_tension(tension, notes) for tension in decision.overridden),
        conflicts=conflicts,
        limits=tuple(_limit(limit, notes) for limit in decision.limits),
        disputed=tuple(
            DisputeShown(node=d.node, by=d.by, seen=d.seen, note=d.note) for d in decision.disputed
        ),
        flips=tuple(FlipShown(change=dict(f.change), status=f.status, options=f.options) for f in flips),
        hypothetical=hypothetical,
        next=_next(decision.next, notes),
    )


def _number(source: Source | None, notes: Footnotes) -> int | None:
    return notes.quote(source.cite, source.quote) if source else None


def _numbers(sources: Sequence[Source], notes: Footnotes) -> tuple[int, ...]:
    return tuple(notes.quote(source.cite, source.quote) for source in sources)


def _next(question: Question | None, notes: Footnotes) -> NextQuestion | None:
    if question is None:
        return None
    return NextQuestion(
        fact=question.fact,
        ask=question.ask,
        why=question.why,
        choices=question.choices,
        citation=_number(question.source, notes),
    )


def _step(step: Step, notes: Footnotes) -> TraceStep:
    return TraceStep(
        node=step.node,
        fact=step.fact,
        answer=step.answer,
        assumed=step.assumed,
        citation=_number(step.source, notes),
    )


def _tension(tension: RuleTension, notes: Footnotes) -> Tension:
    return Tension(say=tension.say, citations=_numbers(tension.sources, notes))


def _conflict(conflict: ConflictFound, notes: Footnotes) -> ConflictShown:
    sides = _numbers(conflict.sides, notes)
    way_out = _number(conflict.source, notes)
    return ConflictShown(
        name=conflict.name,
        say=conflict.say,
        citations=sides if way_out is None else (*sides, way_out),
        stands=conflict.stands,
        way_out=conflict.how,
        exception=conflict.exception,
    )


def _limit(limit: LimitFound, notes: Footnotes) -> LimitShown:
    return LimitShown(
        name=limit.name,
        fact=limit.fact,
        state=limit.state,
        value=limit.value,
        max=limit.max,
        min=limit.min,
        unit=limit.unit,
        scope=limit.scope,
        remedy=limit.remedy,
        citation=_number(limit.source, notes),
    )
