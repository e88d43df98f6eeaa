"""Suites and the rules alone: given facts, cases that the rules contradict, coverage, and mistakes noticed."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from assistant import open_pack
from evals import Expectation, load_suites, render_report, score_run
from evals.answer_suites import answer_suites
from evals.ask_rules import ask_rules, rule_differences
from evals.coverage import coverage
from evals.coverage_report import coverage_report
from evals.judged_facts import differences, judged_turns
from evals.mutate import changes_a_decision, mutants, mutation
from evals.run import Run
from evals.store_run import read_run, store_run
from rules import parse_rules

TESTS = Path(__file__).parent
ROOT = TESTS.parent
WEATHER = open_pack(TESTS / "weather_pack")
BUNDLED = open_pack()
SUITES = load_suites(BUNDLED)
OF_RULES = [suite for suite in SUITES if suite.name == "boomi/rules"]


@pytest.fixture
def suite(tmp_path):
    """Reads a suite of the weather pack from its cases."""

    def read(cases, head=""):
        path = tmp_path / "suite.yaml"
        path.write_text(f"suite: tried\n{head}cases:\n{cases}", encoding="utf-8")
        return load_suites(WEATHER, [path])

    return read


GIVEN = """  - id: wet
    given: {rain: yes}
    expect: {status: decided, options: [umbrella], assumed: {wind: no}, asks: wind, limits: {puddles: check}}
    why: rain asks for an umbrella
  - id: deep
    given: {rain: yes, depth: 30}
    expect: {options: [umbrella], limits: {puddles: violated}, conflicts: [], tensions: none}
    why: boots are tight up to 20 cm
  - id: dry
    given: {rain: no}
    expect: {options: [umbrella]}
    why: this one is wrong
"""


def test_given_facts_are_answered_by_the_rules_alone_and_scored(suite):
    suites = suite(GIVEN)
    report = score_run(answer_suites(WEATHER, suites), suites)
    assert [case.outcome for case in report.cases] == ["passed", "passed", "failed"]
    told = render_report(report)
    assert "given rain: no" in told
    assert (
        "expected decided or decided_by_exception: umbrella; came decided: hat, by need.no (rain: no)" in told
    )
    assert "because: this one is wrong" in told


def test_a_message_is_not_run_where_nobody_reads_it(suite):
    suites = suite(MESSAGE.format(expect="options: [umbrella]", facts="rain: yes"))
    report = score_run(answer_suites(WEATHER, suites), suites)
    assert [(case.outcome, case.problem) for case in report.cases] == [
        ("not_run", "nobody was there to read the message")
    ]


def test_the_command_runs_suites_of_given_facts_without_an_index(tmp_path):
    command = [sys.executable, "-m", "ui", "eval", "run", str(ROOT / "evals" / "boomi" / "rules.yaml")]
    own = os.environ | {"GROUNDRULE_CACHE": str(tmp_path), "PYTHONPATH": str(ROOT)}
    told = subprocess.run(command, capture_output=True, text=True, check=False, env=own, cwd=ROOT)
    assert (told.returncode, told.stderr) == (0, "")
    assert f"All {len(OF_RULES[0].cases)} cases passed." in told.stdout
    assert {path.name for path in tmp_path.iterdir()} <= {"guides"}  # guides read once, and no index


def test_given_facts_count_in_no_measure_of_messages(suite):
    suites = suite(GIVEN)
    report = score_run(answer_suites(WEATHER, suites), suites)
    assert [(one.name, one.right, one.of) for one in report.measures] == [("rules right", 2, 3)]
    assert report.facts == ()
    assert report.p50_ms is None


def test_a_run_of_given_facts_is_stored_and_read_back(suite, tmp_path):
    suites = suite(GIVEN)
    run = answer_suites(WEATHER, suites)
    store_run(run, tmp_path / "run.jsonl")
    assert read_run(tmp_path / "run.jsonl") == run


def test_facts_that_changed_since_the_run_count_as_not_run(suite):
    run = answer_suites(WEATHER, suite(GIVEN))
    changed = suite(GIVEN.replace("{rain: yes}", "{rain: yes, wind: no}"))
    report = score_run(Run(run.header, run.cases), changed)
    assert report.cases[0].outcome == "not_run"


def test_an_empty_given_asks_what_the_rules_ask_first(suite):
    (one,) = suite("  - {id: a, given: {}, expect: {status: undecided, asks: rain}, why: nothing is known}\n")
    (turn,) = judged_turns(WEATHER.rules, [one])
    assert differences(WEATHER.rules, turn) == ()


@pytest.mark.parametrize(
    ("expected", "what"),
    [
        (Expectation(statuses=("conflict",)), "decision"),
        (Expectation(options=("hat",)), "decision"),
        (Expectation(asks="nothing"), "next question"),
        (Expectation(conflicts=("storm",)), "conflict"),
        (Expectation(limits={"puddles": "ok"}), "limit puddles"),
        (Expectation(assumed={"wind": "none"}), "assumption wind"),
        (Expectation(tensions=("taste.yes",)), "tensions"),
        (Expectation(overridden=("taste.yes",)), "overridden preferences"),
        (Expectation(leanings=("taste.yes",)), "leanings"),
    ],
)
def test_every_part_of_a_decision_can_be_expected(expected, what):
    came = ask_rules(WEATHER.rules, {"rain": "yes"})
    assert [one[0] for one in rule_differences(expected, came)] == [what]


MESSAGE = """  - id: wet
    say: It pours.
    expect: {{{expect}, facts: {{{facts}}}}}
    why: tried
"""


def contradicted(suite, expect, facts, complete="[rain, wind]"):
    head = f"complete_facts: {complete}\n" if complete else ""
    (one,) = suite(MESSAGE.format(expect=expect, facts=facts), head)
    return [told for turn in judged_turns(WEATHER.rules, [one]) for told in differences(WEATHER.rules, turn)]


def test_a_message_whose_facts_decide_otherwise_is_contradicted_without_reading_it(suite):
    assert contradicted(suite, "options: [umbrella]", "rain: yes") == []
    ((what, wanted, came),) = contradicted(suite, "options: [hat]", "rain: yes")
    assert (what, wanted) == ("decision", "decided or decided_by_exception: hat")
    assert came == "decided: umbrella, by need.yes (rain: yes), storm.no (wind: no, assumed)"


def test_facts_that_are_not_listed_completely_contradict_nothing(suite):
    assert contradicted(suite, "options: [hat]", "rain: yes", complete="") == []


def test_a_fact_that_people_would_argue_about_may_be_anything(suite):
    assert contradicted(suite, "options: [hat]", "rain: any") == []
    assert contradicted(suite, "options: [umbrella]", "rain: any") == []
    assert contradicted(suite, "status: conflict", "rain: any, wind: no") != []


def test_a_fact_that_is_asked_and_not_among_the_complete_ones_may_be_anything(suite):
    assert contradicted(suite, "status: conflict", "rain: yes", complete="[rain]") == []
    assert contradicted(suite, "status: conflict", "rain: yes") != []


def test_a_number_may_be_anything_where_its_limit_is_expected(suite):
    assert contradicted(suite, "limits: {puddles: violated}", "rain: yes") == []
    assert contradicted(suite, "limits: {puddles: violated}", "rain: no") != []


def test_suppositions_and_refusals_are_about_other_facts_and_contradict_nothing(suite):
    assert contradicted(suite, "options: [hat], hypothetical: yes", "rain: yes") == []
    assert contradicted(suite, "options: [hat], kind: what_if", "rain: yes") == []


def test_what_the_cases_exercise_is_counted_by_their_facts(suite):
    counts = {(one.kind, one.name): one.cases for one in coverage(WEATHER.rules, suite(GIVEN))}
    assert counts == {
        ("leaf", "need.yes"): 2,
        ("leaf", "need.no"): 1,
        ("leaf", "storm.yes"): 0,
        ("leaf", "storm.no"): 3,
        ("conflict", "storm"): 0,
        ("limit", "puddles.ok"): 0,
        ("limit", "puddles.violated"): 1,
        ("limit", "puddles.check"): 1,
    }


def test_the_suites_exercise_everything_in_the_bundled_rules():
    assert [one.name for one in coverage(BUNDLED.rules, SUITES) if not one.cases] == []
    assert [one.name for one in coverage(BUNDLED.rules, OF_RULES) if not one.cases] == []


def test_no_mistake_in_the_bundled_rules_goes_unnoticed():
    tried = mutation(BUNDLED.rules, OF_RULES)
    assert tried.mutants == len(list(mutants(BUNDLED.rules)))
    assert tried.survivors == ()


def test_every_pair_of_leaves_that_differ_is_swapped_and_every_leaf_and_limit_broken():
    made = list(mutants(BUNDLED.rules))
    swaps = [one.what for one in made if one.kind == "swap"]
    assert "the leaves 'fit.no' and 'fit.yes.no' are swapped" in swaps
    # fit 3, hosting 1, five volunteered facts 1 each, cost 3, and the ways out of two conflicts.
    assert len(swaps) == 3 + 1 + 5 + 3 + 2
    # fit 3, hosting 1, five volunteered facts 1 each, cost 3.
    assert sum(one.kind == "drop" for one in made) == 3 + 1 + 5 + 3
    assert sum(one.kind == "move" for one in made) == 2 * len(BUNDLED.rules.limits)


def test_a_mistake_that_no_case_notices_survives_with_its_place(suite):
    tried = mutation(WEATHER.rules, suite(GIVEN))
    told = {one.what: one for one in tried.survivors}
    moved = told["the maximum of limit 'puddles' is 10 instead of 20 cm"]
    assert (moved.kind, moved.place, moved.compared) == ("move", "limits.puddles", True)
    assert "the maximum of limit 'puddles' is 40 instead of 20 cm" not in told
    assert "the leaves 'need.yes' and 'need.no' are swapped" not in told


TWICE = """rules: twice
options: {umbrella: Umbrella, hat: Hat}
facts:
  rain: {ask: Does it rain?}
  sun: {ask: Does the sun shine?}
groups:
  head: {kind: need, ask: rain, yes: {require: [umbrella, hat]}, no: {}}
  both: {kind: need, ask: rain, yes: {require: [hat]}, no: {}}
"""


def test_a_mistake_that_changes_no_decision_is_not_counted():
    rules = parse_rules(TWICE)
    emptied = next(one for one in mutants(rules) if one.what == "the leaf 'both.yes' contributes nothing")
    assert changes_a_decision(rules, emptied.rules) is False
    tried = mutation(rules, [])
    assert tried.equivalent == 1
    assert "the leaf 'both.yes' contributes nothing" not in [one.what for one in tried.survivors]


def test_rules_of_too_many_cases_are_told_as_not_compared():
    count = 21
    rules = parse_rules(
        "rules: many\nfacts:\n"
        + "".join(f"  f{n}: {{ask: 'Is it {n}?'}}\n" for n in range(count))
        + "groups:\n"
        + "".join(
            f"  g{n}: {{kind: need, ask: f{n}, yes: {{recommend: do {n}}}, no: {{}}}}\n" for n in range(count)
        )
    )
    assert changes_a_decision(rules, replace(rules, sha256="another")) is None


def test_the_report_of_coverage_is_of_the_published_schema(groundrule):
    told = groundrule("pack", "coverage", "--json", "--mutate")
    assert told.code == 0
    report = json.loads(told.out)
    jsonschema.validate(report, json.loads(groundrule("schema", "coverage").out))
    assert report["mutation"]["survivors"] == []
    assert report["sections"] == len([one for guide in BUNDLED.guides for one in guide.sections])
    assert "boomi/releases" in report["uncited_sections"]


def test_the_command_names_what_is_missed_and_ends_with_1_on_survivors(groundrule):
    told = groundrule("pack", "coverage", "--mutate", "--pack", TESTS / "weather_pack")
    assert told.code == 1
    assert "2 of 4 leaves" in told.out
    assert "rules/weather.yaml:20: no case exercises storm.yes" in told.out
    assert "go unnoticed" in told.out
    assert groundrule("pack", "coverage", "--pack", TESTS / "weather_pack").code == 0


def test_a_pack_without_suites_exercises_nothing(tmp_path):
    for name in ("corpus/weather.md", "rules/weather.yaml"):
        path = tmp_path / name
        path.parent.mkdir()
        path.write_bytes((TESTS / "weather_pack" / name).read_bytes())
    report = coverage_report(open_pack(tmp_path))
    assert (report.suites, {one.cases for one in report.exercised}) == (0, {0})
