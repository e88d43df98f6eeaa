"""Two runs held against each other, and runs held against gates."""

import json
from pathlib import Path

import jsonschema
import pytest

from assistant import open_pack
from evals import AnsweredCase, Gates, Run, compare_runs, judge_gates, load_suites, read_gates, score_run
from evals.compare_runs import mcnemar
from evals.errors import GatesError
from evals.intervals import Cluster, clustered, clustered_difference
from evals.render_comparison import comparison_json, comparison_markdown, render_comparison
from evals.schemas import schema_text
from tests.test_evals_measures import HEADER, case, reply

HERE = Path(__file__).parent
PACK = open_pack(HERE / "weather_pack")


@pytest.fixture
def suite(tmp_path):
    """Reads a suite of the weather pack from its cases."""

    def read(cases):
        path = tmp_path / "s.yaml"
        path.write_text(f"suite: s\ncases:\n{cases}", encoding="utf-8")
        return load_suites(PACK, [path])

    return read


def run_of(**replies):
    """A run that answered the cases by name; a text is why one could not be run."""
    answered = (
        AnsweredCase(suite="s", case=name, replies=(), problem=came)
        if isinstance(came, str)
        else AnsweredCase(suite="s", case=name, replies=(came,))
        for name, came in replies.items()
    )
    return Run(HEADER, tuple(answered))


HAT, UMBRELLA = (reply(options=(option,)) for option in ("hat", "umbrella"))


def hats(names):
    return "".join(case(name, "status: decided, options: [hat]") for name in names)


def test_every_case_regressed_was_fixed_still_fails_or_did_not_change(suite):
    suites = suite(hats("abcdef"))
    before = run_of(a=HAT, b=UMBRELLA, c=UMBRELLA, d=HAT, e="gone", f=HAT)
    after = run_of(a=UMBRELLA, b=HAT, c=UMBRELLA, d=HAT, e=HAT)
    found = compare_runs(before, after, suites)
    assert {one.case: one.change for one in found.cases} == {
        "a": "regressed",
        "b": "fixed",
        "c": "still_failing",
        "d": "unchanged",
        "e": "not_compared",
        "f": "not_compared",
    }
    assert [one.problem for one in found.cases[4:]] == [
        "before: gone",
        "after: the run holds no answer to this case",
    ]
    (right,) = (one for one in found.differences if one.name == "decisions right")
    assert (right.before.right, right.before.of, right.after.right, right.after.of) == (2, 4, 2, 4)


def test_a_flip_tells_which_fact_which_decision_and_which_question_changed(suite):
    suites = suite(hats("a"))
    before = run_of(a=reply(options=("hat",), facts={"rain": "no", "wind": "no"}))
    after = run_of(a=reply(status="undecided", facts={"rain": "no"}, asks="wind", kind="question"))
    (flip,) = compare_runs(before, after, suites).cases
    assert flip.changed == (
        "turn 1: kind: guide → question",
        "turn 1: fact wind: no → none",
        "turn 1: decision: decided: hat → undecided",
        "turn 1: next question: none → wind",
    )
    told = render_comparison(compare_runs(before, after, suites))
    assert "REGRESSED s · a" in told
    assert "changed: turn 1: fact wind: no → none" in told
    assert "now: turn 1: decision: expected decided: hat; came undecided" in told


def test_an_unchanged_case_that_is_answered_otherwise_is_counted(suite):
    found = compare_runs(
        run_of(a=reply(options=("hat",), text="A hat.")),
        run_of(a=reply(options=("hat",), text="Hats.")),
        suite(hats("a")),
    )
    assert (found.unchanged, found.reworded) == (1, 1)
    assert found.cases[0].changed == ("turn 1: text: worded otherwise",)


# By hand: twice the chance of at most 2 heads among 12 throws, (1 + 12 + 66) / 4096.
@pytest.mark.parametrize(
    ("regressed", "fixed", "p"),
    [(2, 10, 2 * 79 / 4096), (10, 2, 2 * 79 / 4096), (0, 0, 1), (3, 3, 1), (0, 5, 2 / 32)],
)
def test_mcnemars_p_is_that_of_a_fair_coin(regressed, fixed, p):
    assert mcnemar(regressed, fixed) == pytest.approx(p)


def test_a_difference_of_many_cases_is_told_from_chance_and_one_of_a_few_is_not(suite):
    names = [f"c{number}" for number in range(40)]
    suites = suite(hats(names))
    before = run_of(**dict.fromkeys(names, HAT))
    some, many = ({**dict.fromkeys(names, HAT), **dict.fromkeys(names[:n], UMBRELLA)} for n in (1, 12))
    few = compare_runs(before, run_of(**some), suites)
    lot = compare_runs(before, run_of(**many), suites)
    told = [
        {one.name: one.verdict for one in found.differences if one.name.startswith("decisions ")}
        for found in (few, lot)
    ]
    assert told[0]["decisions right"] == told[0]["decisions wrong"] == "same"
    assert told[1]["decisions right"] == told[1]["decisions wrong"] == "worse"
    assert lot.worse
    assert not few.worse
    back = compare_runs(run_of(**many), before, suites)
    assert {one.verdict for one in back.differences if one.name == "decisions wrong"} == {"better"}


def test_the_same_run_differs_in_nothing(suite):
    suites = suite(hats("ab"))
    found = compare_runs(run_of(a=HAT, b=UMBRELLA), run_of(a=HAT, b=UMBRELLA), suites)
    assert {(one.difference, one.low, one.high, one.verdict) for one in found.differences} == {
        (0, 0, 0, "same")
    }
    assert found.p == 1


def test_turns_of_one_conversation_make_an_interval_wider_than_as_many_cases():
    alone = clustered([Cluster(float(n % 2), 1) for n in range(40)])
    together = clustered([Cluster(4.0 * (n % 2), 4) for n in range(10)])
    assert alone[1] - alone[0] < together[1] - together[0]
    assert alone == clustered([Cluster(float(n % 2), 1) for n in range(40)])


def test_an_interval_is_never_no_number():
    assert clustered([Cluster(1.0, 2)]) == pytest.approx((0.0546, 0.9454), abs=1e-4)
    assert clustered([Cluster(2.0, 2), Cluster(3.0, 3)]) == pytest.approx((0.3424, 1.0), abs=1e-4)
    low, high = clustered_difference([Cluster(1, 1), Cluster(0, 0)], [Cluster(0, 0), Cluster(1, 1)])
    assert -1 <= low <= high <= 1


def test_a_comparison_is_json_and_a_comment_that_mentions_nobody(suite):
    cases = case("a", "status: decided, options: [hat]").replace("why: y", "why: y, must_pass: yes") + hats(
        "b"
    )
    found = compare_runs(
        run_of(a=HAT, b=UMBRELLA),
        run_of(a=reply(options=("umbrella",), text="@all <b>"), b=HAT),
        suite(cases),
    )
    assert json.loads(comparison_json(found))["schema"] == "groundrule.difference/1"
    told = comparison_markdown(found)
    assert told.startswith("**1 regressed, 1 fixed, 0 still failing")
    assert "<details><summary>1 regressed</summary>" in told
    assert "(must pass)" in told
    assert "@" not in told


GATES = """\
must_pass: yes
all_run: yes
no_regression: [decisions right]
measures:
  - {measure: decisions right, least: 50 %}
  - {measure: decisions right, least: 0.5, by: interval}
  - measure: decisions wrong
    most: 10 %
  - {measure: decision right, least: 1 %}
"""


@pytest.fixture
def gates(tmp_path):
    def read(text):
        path = tmp_path / "gates.yaml"
        path.write_text(text, encoding="utf-8")
        return read_gates(path)

    return read


def test_every_gate_tells_what_it_asked_and_what_came(suite, gates):
    cases = hats("abc") + case("d", "status: decided, options: [hat]").replace(
        "why: y", "why: y, must_pass: yes"
    )
    report = score_run(run_of(a=HAT, b=HAT, c="gone", d=UMBRELLA), suite(cases))
    verdict = judge_gates(gates(GATES), report)
    assert [(gate.name, gate.held) for gate in verdict.gates] == [
        ("must-pass cases", False),
        ("every case runs", False),
        ("decisions right", True),
        ("decisions right", False),
        ("decisions wrong", False),
        ("decision right", False),
    ]
    told = [gate.told for gate in verdict.gates]
    assert told[0] == "1 of 1 failed: d"
    assert told[1] == "1 could not: c"
    assert told[2] == "66.7 %, at least 50.0 % asked"
    assert told[3].startswith("the interval ends at 20.8 %")
    assert told[5] == "was not measured; did you mean 'decisions right'?"
    assert verdict.gates[4].place.endswith("gates.yaml:7")
    assert not verdict.held


def test_only_a_significant_regression_of_a_watched_measure_breaks_its_gate(suite, gates):
    names = [f"c{number}" for number in range(40)]
    suites = suite(hats(names))
    all_right = run_of(**dict.fromkeys(names, HAT))
    runs = [run_of(**dict.fromkeys(names, HAT) | dict.fromkeys(names[:count], UMBRELLA)) for count in (1, 20)]
    held = []
    for text in (
        "no_regression: yes",
        "no_regression: [decisions right]",
        "no_regression: [next question right]",
    ):
        for run in runs:
            verdict = judge_gates(gates(text), score_run(run, suites), compare_runs(all_right, run, suites))
            held.append(verdict.held)
    assert held == [True, False, True, False, False, False]  # what is not measured holds no gate


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "the file is empty"),
        ("must_pass: no\n", 1, "ask for nothing"),
        ("must_pas: yes\n", 1, "did you mean 'must_pass'"),
        ("all_run: yes\nmeasures:\n  - {measure: decisions right}\n", 3, "has no bound"),
        ("measures:\n  - {least: 3 %}\n", 2, "names no measure"),
        ("measures:\n  - {measure: a, least: 3 %, most: 4 %}\n", 2, "has both bounds"),
        ("measures:\n  - {measure: a, least: 300}\n", 2, "`300`, which is no share"),
        ("measures:\n  - {measure: a, least: high}\n", 2, "`high`, which is no share"),
        ("measures:\n  - {measure: a, least: 5 %, by: mean}\n", 2, "names `mean`"),
        ("must_pass: [\n", 2, "this is not YAML"),
    ],
)
def test_gates_that_cannot_be_used_are_told_with_their_line(gates, text, line, words):
    with pytest.raises(GatesError, match=words) as caught:
        gates(text)
    assert caught.value.problems[0].line == line


def test_the_schema_of_gates_takes_what_is_read_and_nothing_else(gates):
    from ruamel.yaml import YAML

    schema = jsonschema.Draft202012Validator(json.loads(schema_text("gates")))
    own = HERE.parent / "evals" / "gates.yaml"
    for text in (GATES.replace("yes", "true"), own.read_text(encoding="utf-8").replace(": yes", ": true")):
        assert schema.is_valid(YAML(typ="safe").load(text))
    assert isinstance(read_gates(own), Gates)
    for wrong in (
        {"must_pas": True},
        {"measures": [{"measure": "a"}]},
        {"measures": [{"measure": "a", "least": 3}]},
        {},
    ):
        assert not schema.is_valid(wrong)
