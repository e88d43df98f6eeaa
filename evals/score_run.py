"""A run held against its suites: answered or read back from a file, the scores are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from assistant import Answer
from evals.ask_rules import ruled_words
from evals.confuse_outcomes import confuse_outcomes
from evals.find_flaky import find_flaky
from evals.intervals import percentile
from evals.measure_facts import observe_facts
from evals.measure_run import observe
from evals.measure_silence import risk_coverage
from evals.name_part import PARTS, name_parts
from evals.observed import measure_of
from evals.report import CaseResult, FactMeasure, Flaky, PartCount, Report, SuiteCount, measure
from evals.run import AnsweredCase, Reply, Run
from evals.score_turn import score_turn
from evals.scored import ScoredCase, ScoredTurn
from evals.suite import Case, Suite


def score_run(run: Run, suites: Sequence[Suite]) -> Report:
    """The report on ``run``. A case that it does not hold, or asked otherwise, counts as not run.

    In a run of a part of the cases those that it does not hold are left out.
    """
    scored = scored_cases(run, suites)
    ran = [case for case in scored if not case.problem]
    spoken = [case for case in ran if case.case.given is None]
    times = [reply.ms for case in run.cases for reply in case.replies if reply.ruled is None]
    return Report(
        run=run.header,
        suites=tuple(_count(suite, scored) for suite in suites),
        measures=tuple(measure_of(one) for one in observe(scored)),
        facts=tuple(
            FactMeasure(one.fact, one.value, measure_of(one.precision), measure_of(one.recall))
            for one in observe_facts(spoken)
        ),
        p50_ms=percentile(times, 0.5),
        p95_ms=percentile(times, 0.95),
        turns_ms=tuple(sorted(times)),
        cases=tuple(_result(case) for case in scored),
        parts=_parts(scored),
        outcomes=confuse_outcomes(spoken),
        silence=risk_coverage(spoken),
        flaky=_flaky(run, scored),
    )


def scored_cases(run: Run, suites: Sequence[Suite]) -> tuple[ScoredCase, ...]:
    """Every case of ``suites`` with what ``run`` holds of it, by the first time that it was asked."""
    answered = first_answers(run)
    return tuple(
        score_case(suite, case, answered.get((suite.name, case.id)))
        for suite in suites
        for case in suite.cases
        if not run.header.settings.partial or (suite.name, case.id) in answered
    )


def first_answers(run: Run) -> Mapping[tuple[str, str], AnsweredCase]:
    """What came back to each case, by suite and case, the first time that it was asked."""
    return {(case.suite, case.case): case for case in run.cases if case.repeat == 1}


def _flaky(run: Run, scored: Sequence[ScoredCase]) -> tuple[Flaky, ...]:
    if run.header.settings.repeat == 1:
        return ()
    all_answers: dict[tuple[str, str], list[AnsweredCase]] = {}
    for case in run.cases:
        all_answers.setdefault((case.suite, case.case), []).append(case)
    repeated = [case for case in scored if len(all_answers.get(case.key, ())) > 1]
    came = [all_answers[case.key] for case in repeated]
    times = [
        [score_case(case.suite, case.case, one) for one in ones]
        for case, ones in zip(repeated, came, strict=True)
    ]
    return find_flaky(times, came)


def _parts(scored: Sequence[ScoredCase]) -> tuple[PartCount, ...]:
    counts = Counter(part for case in scored for part in name_parts(case))
    return tuple(PartCount(part, counts[part]) for part in PARTS if counts[part])


def score_case(suite: Suite, case: Case, answered: AnsweredCase | None) -> ScoredCase:
    """``case`` with the replies to it, each turn that expects something scored."""
    if answered is None:
        return ScoredCase(suite, case, (), (), "the run holds no answer to this case")
    replies = answered.replies
    asked = [turn.say for turn in case.turns]
    if answered.problem:
        return ScoredCase(suite, case, replies, (), answered.problem, answered.looked)
    if [reply.say for reply in replies] != asked:
        return ScoredCase(suite, case, replies, (), "the run asked something else; run the case again")
    return ScoredCase(suite, case, replies, tuple(_turns(suite, case, replies)), "", answered.looked)


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
        parts=name_parts(scored),
        ms=round(sum(reply.ms for reply in scored.replies), 3),
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
