"""Measures: shares with Wilson intervals, what counts for which, and what counts for none."""

import math
from pathlib import Path

import pytest
from scipy.stats import binomtest

from assistant import open_pack
from evals import AnsweredCase, Reply, Run, RunHeader, load_suites, render_report, score_run, wilson
from evals.intervals import percentile
from evals.report import measure

HERE = Path(__file__).parent
PACK = open_pack(HERE / "weather_pack")
HEADER = RunHeader(
    pack="weather",
    pack_version="1.0",
    pack_sha256="0" * 64,
    suites=(),
    versions={},
    machine="",
    started="2026-01-05T10:00:00+00:00",
)


def reply(say="x", kind="guide", options=(), status="decided", text="", facts=None, asks=None, ms=10.0):
    decision = None
    if status != "none":
        question = {"fact": asks, "ask": "", "why": "", "choices": [], "citation": None} if asks else None
        empty = dict.fromkeys(
            ("possible", "trace", "tensions", "overridden", "conflicts", "limits", "disputed", "flips"), ()
        )
        decision = empty | {
            "id": "0",
            "status": status,
            "options": options,
            "how": "",
            "assumed": {},
            "next": question,
            "hypothetical": False,
        }
    standing = {
        name: {"value": value, "quote": "", "turn": 1, "by": "cue"} for name, value in (facts or {}).items()
    }
    told = {
        "schema": "groundrule.answer/1",
        "kind": kind,
        "text": text,
        "facts": standing,
        "decision": decision,
        "citations": [],
        "pack": {"id": "weather", "version": "1.0", "sha256": ""},
        "ms": 10,
    }
    return Reply(say=say, answer=told, ms=ms)


def scored(tmp_path, cases, replies, complete=""):
    """The report on ``replies`` by case id; a text in the place of replies is why a case did not run."""
    path = tmp_path / "s.yaml"
    path.write_text(f"suite: s\n{complete}cases:\n{cases}", encoding="utf-8")
    answered = tuple(
        AnsweredCase(suite="s", case=case, replies=(), problem=came)
        if isinstance(came, str)
        else AnsweredCase(suite="s", case=case, replies=tuple(came))
        for case, came in replies.items()
    )
    return score_run(Run(HEADER, answered), load_suites(PACK, [path]))


def named(report, name):
    return next((one.right, one.of) for one in report.measures if one.name == name)


def case(name, expect):
    return f"  - {{id: {name}, say: x, why: y, expect: {{{expect}}}}}\n"


# R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17
# (1998), table I, the score method without continuity correction.
@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_intervals_have_their_known_values(right, of, low, high):
    assert wilson(right, of) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("of", [1, 2, 7, 50, 1000])
@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
def test_wilson_intervals_are_those_of_scipy(of, confidence):
    for right in {0, 1, of // 3, of // 2, of - 1, of}:
        theirs = binomtest(right, of).proportion_ci(confidence, method="wilson")
        assert wilson(right, of, confidence) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


def test_no_trial_says_nothing_and_is_no_number_that_is_none():
    one = measure("m", "meaning", 0, 0)
    assert (one.share, one.low, one.high) == (None, 0.0, 1.0)
    assert not any(math.isnan(value) for value in (one.low, one.high))


@pytest.mark.parametrize(("right", "of"), [(-1, 3), (4, 3), (0, -1)])
def test_counts_that_cannot_be_are_refused(right, of):
    with pytest.raises(ValueError, match="cannot be"):
        wilson(right, of)


def test_percentiles_are_values_that_came():
    assert percentile([], 0.5) is None
    assert percentile([7.0], 0.95) == 7.0
    assert percentile([4.0, 1.0, 3.0, 2.0], 0.5) == 2.0
    assert percentile([float(n) for n in range(1, 101)], 0.95) == 95.0


def test_a_case_that_could_not_run_is_counted_apart_and_in_no_measure(tmp_path):
    cases = case("a", "options: [hat]") + case("b", "options: [hat]") + case("c", "options: [hat]")
    report = scored(tmp_path, cases, {"a": [reply(options=("hat",))], "b": "turn 1: OSError: gone"})
    assert [one.outcome for one in report.cases] == ["passed", "not_run", "not_run"]
    assert [one.problem for one in report.cases[1:]] == [
        "turn 1: OSError: gone",
        "the run holds no answer to this case",
    ]
    (suite,) = report.suites
    assert (suite.passed, suite.failed, suite.not_run, suite.share.share) == (1, 0, 2, 1.0)
    assert named(report, "decisions right") == (1, 1)
    assert not report.all_passed
    assert "NOT RUN s · b" in render_report(report)


def test_a_case_that_the_run_asked_otherwise_is_not_scored(tmp_path):
    report = scored(tmp_path, case("a", "options: [hat]"), {"a": [reply(say="y", options=("hat",))]})
    assert report.cases[0].outcome == "not_run"


def test_a_wrong_decision_is_one_that_was_decided_and_is_not_right(tmp_path):
    cases = "".join(case(name, "status: decided, options: [hat]") for name in "abc") + case(
        "d", "status: undecided"
    )
    came = {
        "a": [reply(options=("hat",))],
        "b": [reply(options=("umbrella",))],
        "c": [reply(status="undecided")],
        "d": [reply(options=("hat",))],
    }
    report = scored(tmp_path, cases, came)
    assert named(report, "decisions right") == (1, 4)
    assert named(report, "decisions wrong") == (2, 4)
    assert named(report, "decisions right: hat") == (1, 3)
    assert named(report, "decisions right: undecided") == (0, 1)


def test_a_need_seen_where_there_is_none_is_no_decision_but_an_invention(tmp_path):
    cases = case("a", "decision: none") + case("b", "decision: none")
    report = scored(tmp_path, cases, {"a": [reply(status="none")], "b": [reply(status="undecided")]})
    assert named(report, "needs invented") == (1, 2)
    assert not any(one.name == "decisions right" for one in report.measures)


def test_a_lookup_is_answered_by_its_words_and_its_kind(tmp_path):
    cases = "".join(case(name, "kind: guide, says: [20 cm]") for name in "abc")
    came = {
        "a": [reply(status="none", text="up to 20 cm")],
        "b": [reply(status="none", text="up to 30 cm")],
        "c": [reply(status="none", kind="not_in_guide", text="nearest: 20 cm")],
    }
    report = scored(tmp_path, cases, came)
    assert named(report, "lookups answered") == (1, 3)
    assert named(report, "lookups whose quotes hold") == (0, 3)
    assert named(report, "false silence") == (1, 3)


def test_silence_has_recall_and_precision(tmp_path):
    cases = (
        case("a", "silent: yes")
        + case("b", "silent: yes")
        + case("c", "kind: guide")
        + case("d", "kind: other")
    )
    quiet, loud = reply(kind="not_in_guide", status="none"), reply(status="none")
    report = scored(tmp_path, cases, {"a": [quiet], "b": [loud], "c": [quiet], "d": [quiet]})
    assert named(report, "silence recall") == (1, 2)
    assert named(report, "silence precision") == (1, 2)
    assert named(report, "false silence") == (1, 1)


def test_facts_have_precision_and_recall_for_each_value_and_unknown_apart(tmp_path):
    cases = (
        case("a", "facts: {rain: yes}")
        + case("b", "facts: {rain: yes}")
        + case("c", "facts: {rain: no, wind: any}")
        + case("d", "facts: {rain: unknown}")
    )
    came = {
        "a": [reply(facts={"rain": "yes", "wind": "yes"})],
        "b": [reply(facts={})],
        "c": [reply(facts={"rain": "yes", "wind": "no"})],
        "d": [reply(facts={"rain": "unknown"})],
    }
    report = scored(tmp_path, cases, came, complete="complete_facts: [rain, wind]\n")
    found = {
        (one.fact, one.value): (one.precision.right, one.precision.of, one.recall.right, one.recall.of)
        for one in report.facts
    }
    assert found == {
        ("all", "all"): (1, 3, 1, 3),
        ("rain", "yes"): (1, 2, 1, 2),
        ("rain", "no"): (0, 0, 0, 1),
        ("rain", "unknown"): (1, 1, 1, 1),
        ("wind", "yes"): (0, 1, 0, 0),
    }


def test_one_conversation_counts_once_in_its_facts_and_decisions(tmp_path):
    turns = "".join(
        f"      - {{say: x, expect: {{options: [{option}], facts: {{rain: yes}}}}}}\n"
        for option in ("hat", "umbrella")
    )
    came = [
        reply(options=("hat",), facts={"rain": "yes"}),
        reply(options=("umbrella",), facts={"rain": "yes"}),
    ]
    report = scored(tmp_path, f"  - id: a\n    why: y\n    turns:\n{turns}", {"a": came})
    assert named(report, "decisions right") == (1, 1)
    assert report.facts[0].recall.of == 1
    assert named(report, "dialogue turns right") == (2, 2)


def test_a_report_tells_the_reason_the_place_and_the_cases_that_may_never_fail_first(tmp_path):
    cases = case("a", "kind: other") + case("b", "kind: other, ").replace(
        "why: y,", "why: because, must_pass: yes,"
    )
    report = scored(tmp_path, cases, {"a": [reply()], "b": [reply()]})
    told = render_report(report)
    assert told.index("FAILED s · b  (must pass)") < told.index("FAILED s · a ")
    assert "kind: expected other; came guide" in told
    assert "because: because" in told
    assert "s.yaml:3" in told
    assert named(report, "must-pass cases") == (0, 1)
    assert "p50 10 ms, p95 10 ms" in told
