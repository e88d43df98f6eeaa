"""A run held against its suites: answered or read back from a file, the scores are the same."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import Answer
from evals.ask_rules import ruled_words
from evals.intervals import percentile
from evals.measure_facts import measure_facts
from evals.measure_run import measure_ruled, measures
from evals.report import CaseResult, Report, SuiteCount, measure
from evals.run import AnsweredCase, Reply, Run
from evals.score_turn import score_turn
from evals.scored import ScoredCase, ScoredTurn
from evals.suite import Case, Suite


def score_run(run: Run, suites: Sequence[Suite]) -> Report:
    """The report on ``run``. A case that it does not hold, or asked otherwise, counts as not run."""
    answered = {(case.suite, case.case): case for case in run.cases}
    scored = [
        score_case(suite, case, answered.get((suite.name, case.id)))
        for suite in suites
        for case in suite.cases
    ]
    ran = [case for case in scored if not case.problem]
    spoken = [case for case in ran if case.case.given is None]
    ruled = [case for case in ran if case.case.given is not None]
    times = [reply.ms for case in run.cases for reply in case.replies if reply.ruled is None]
    return Report(
        run=run.header,
        suites=tuple(_count(suite, scored) for suite in suites),
        measures=(*measures(spoken), *measure_ruled(ruled)),
        facts=measure_facts(spoken),
        p50_ms=percentile(times, 0.5),
        p95_ms=percentile(times, 0.95),
        cases=tuple(_result(case) for case in scored),
    )


def score_case(suite: Suite, case: Case, answered: AnsweredCase | None) -> ScoredCase:
    """``case`` with the replies to it, each turn that expects something scored."""
    if answered is None:
        return ScoredCase(suite, case, (), (), "the run holds no answer to this case")
    replies = answered.replies
    asked = [turn.say for turn in case.turns]
    if answered.problem:
        return ScoredCase(suite, case, replies, (), answered.problem)
    if [reply.say for reply in replies] != asked:
        return ScoredCase(suite, case, replies, (), "the run asked something else; run the case again")
    return ScoredCase(suite, case, replies, tuple(_turns(suite, case, replies)), "")


def _turns(suite: Suite, case: Case, replies: Sequence[Reply]) -> list[ScoredTurn]:
    scored = []
    before: Answer | None = None
    for number, (turn, reply) in enumerate(zip(case.turns, replies, strict=True), 1):
        if turn.expect is not None:
            failures = score_turn(number, turn.expect, reply, before, suite.complete_facts)
            scored.append(ScoredTurn(number, turn.expect, reply, failures))
        before = reply.answer or before
    return scored


def _result(scored: ScoredCase) -> CaseResult:
    return CaseResult(
        suite=scored.suite.name,
        case=scored.case.id,
        outcome=scored.outcome,
        must_pass=scored.case.must_pass,
        tags=scored.case.tags,
        why=scored.case.why,
        place=f"{scored.suite.file}:{scored.case.line}",
        said=tuple(turn.say for turn in scored.case.turns),
        replied=tuple(_replied(reply) for reply in scored.replies),
        failures=scored.failures,
        problem=scored.problem,
    )


def _replied(reply: Reply) -> str:
    if reply.ruled is not None:
        return ruled_words(reply.ruled)
    return reply.answer.text if reply.answer else reply.refused


def _count(suite: Suite, scored: Sequence[ScoredCase]) -> SuiteCount:
    outcomes = [case.outcome for case in scored if case.suite is suite]
    passed, failed = outcomes.count("passed"), outcomes.count("failed")
    share = measure(suite.name, "cases in which everything came back as expected", passed, passed + failed)
    return SuiteCount(suite.name, suite.about, passed, failed, outcomes.count("not_run"), share)
