"""What differs between two answers to one case: which fact, which rule, which citation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant import Answer, DecisionShown
from evals.ask_rules import ruled_words
from evals.run import AnsweredCase, Reply
from evals.score_turn import marked_citations
from evals.suite import NONE


def what_changed(before: AnsweredCase, after: AnsweredCase) -> tuple[str, ...]:
    """Every difference between two answers, in words with its turn; nothing where they are the same.

    Times do not count, nor do the numbers of citations.
    """
    if before.problem or after.problem:
        same = before.problem == after.problem
        return () if same else (f"could not run: {before.problem or 'no'} → {after.problem or 'no'}",)
    return tuple(
        f"turn {number}: {change}"
        for number, (old, new) in enumerate(zip(before.replies, after.replies, strict=False), 1)
        for change in _replies(old, new)
    )


def _replies(before: Reply, after: Reply) -> Iterator[str]:
    if before.ruled is not None and after.ruled is not None:
        if before.ruled != after.ruled:
            yield f"decision: {ruled_words(before.ruled)} → {ruled_words(after.ruled)}"
        return
    if before.answer is None or after.answer is None:
        if (before.answer is None) != (after.answer is None):
            told = ["refused" if one.answer is None else one.answer.kind for one in (before, after)]
            yield f"kind: {told[0]} → {told[1]}"
        return
    yield from _answers(before.answer, after.answer)


def _answers(before: Answer, after: Answer) -> Iterator[str]:
    if before.kind != after.kind:
        yield f"kind: {before.kind} → {after.kind}"
    facts = ({name: fact.value for name, fact in one.facts.items()} for one in (before, after))
    yield from (f"fact {change}" for change in _by_name(*facts))
    yield from _decisions(before.decision, after.decision)
    cited = [
        list(dict.fromkeys(one.section for one in marked_citations(answer))) for answer in (before, after)
    ]
    gone = [section for section in cited[0] if section not in cited[1]]
    come = [section for section in cited[1] if section not in cited[0]]
    if gone or come:
        yield f"citation: {', '.join(gone) or NONE} → {', '.join(come) or NONE}"
    elif before.text != after.text:
        yield "text: worded otherwise"


def _decisions(before: DecisionShown | None, after: DecisionShown | None) -> Iterator[str]:
    if before is None or after is None:
        if before is not after:
            yield f"decision: {_outcome(before)} → {_outcome(after)}"
        return
    if (before.status, before.options) != (after.status, after.options):
        yield f"decision: {_outcome(before)} → {_outcome(after)}"
    asked = [one.next.fact if one.next else NONE for one in (before, after)]
    if asked[0] != asked[1]:
        yield f"next question: {asked[0]} → {asked[1]}"
    paths = (
        {step.node: f"{step.fact}: {step.answer}" for step in one.trace if step.fact}
        for one in (before, after)
    )
    yield from (f"rule {change}" for change in _by_name(*paths))
    limits = ({one.name: one.state for one in decision.limits} for decision in (before, after))
    yield from (f"limit {change}" for change in _by_name(*limits))
    conflicts = ({one.name: "raised" for one in decision.conflicts} for decision in (before, after))
    yield from (f"conflict {change}" for change in _by_name(*conflicts))


def _outcome(decision: DecisionShown | None) -> str:
    if decision is None:
        return NONE
    return f"{decision.status}: {' + '.join(decision.options)}" if decision.options else decision.status


def _by_name(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name, NONE), after.get(name, NONE)
        if old != new:
            yield f"{name}: {old} → {new}"
