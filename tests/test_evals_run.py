"""Running suites: a real pack answers, the run is stored and scored again, the command tells how it ended."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant import Assistant
from evals import (
    RunFileError,
    answer_suites,
    load_suites,
    read_run,
    render_report,
    report_json,
    run_suites,
    score_run,
    store_run,
)

ROOT = Path(__file__).parent.parent
WEATHER = ROOT / "tests" / "weather_pack"

FAILING = """\
suite: weather/mistaken
cases:
  - id: hats-in-the-rain
    why: deliberately mistaken
    turns:
      - say: "I am about to go out."
      - say: "yes"
        expect: {options: [hat], facts: {rain: no}}
  - id: price-of-a-hat
    say: "How deep may the water be?"
    expect: {kind: guide, says: [90 cm]}
    why: deliberately mistaken
"""


@pytest.fixture(scope="module")
def adviser(cache):
    return Assistant.open(WEATHER, cache=cache)


@pytest.fixture
def mistaken(tmp_path):
    path = tmp_path / "mistaken.yaml"
    path.write_text(FAILING, encoding="utf-8")
    return path


def test_a_pack_is_asked_the_suites_of_its_own(adviser):
    report = run_suites(adviser)
    assert report.all_passed, render_report(report)
    assert [(suite.name, suite.passed, suite.not_run) for suite in report.suites] == [("weather/walks", 3, 0)]
    assert report.run.pack_sha256 == adviser.pack.sha256
    assert report.p50_ms is not None
    assert "All 3 cases passed." in render_report(report)


def test_failures_name_the_rule_the_fact_and_the_words_that_came(adviser, mistaken):
    report = run_suites(adviser, [mistaken])
    assert [case.outcome for case in report.cases] == ["failed", "failed"]
    told = render_report(report)
    assert (
        "expected decided or decided_by_exception: hat; came decided: umbrella, by need.yes (rain: yes)"
        in told
    )
    assert "fact rain: expected no; came yes, read by answer from “yes” in turn 2" in told
    assert "text: expected “90 cm”; came “Boots are tight up to 20 cm of water. [1]" in told


def test_a_case_ends_alone_when_answering_it_fails(adviser):
    class Breaking:
        pack, index, model, look = adviser.pack, adviser.index, adviser.model, adviser.look

        def reply(self, message, conversation):
            if "puddles" in message:
                raise OSError("the disk is gone")
            return adviser.reply(message, conversation)

    suites = load_suites(adviser.pack)
    run = answer_suites(Breaking(), suites)
    report = score_run(run, suites)
    assert [case.outcome for case in report.cases] == ["not_run", "passed", "passed"]
    assert report.cases[0].problem == "turn 3: OSError: the disk is gone"
    assert len(run.cases[0].replies) == 2


def test_a_stored_run_is_read_back_and_scores_the_same(adviser, mistaken, tmp_path):
    path = tmp_path / "runs" / "one.jsonl"
    suites = load_suites(adviser.pack, [mistaken, WEATHER / "evals"])
    run = answer_suites(adviser, suites)
    store_run(run, path)
    assert read_run(path) == run
    assert score_run(read_run(path), suites) == score_run(run, suites)
    assert [entry.name for entry in path.parent.iterdir()] == ["one.jsonl"]


def test_an_expectation_may_change_after_the_run(adviser, mistaken):
    run = answer_suites(adviser, load_suites(adviser.pack, [mistaken]))
    mistaken.write_text(FAILING.replace("[90 cm]", "[20 cm]"), encoding="utf-8")
    report = score_run(run, load_suites(adviser.pack, [mistaken]))
    assert [case.outcome for case in report.cases] == ["failed", "passed"]


def test_a_run_that_cannot_be_written_leaves_what_was_there(adviser, tmp_path):
    folder = tmp_path / "run.jsonl"
    folder.mkdir()
    (folder / "kept").touch()
    with pytest.raises(OSError, match="directory"):
        store_run(answer_suites(adviser, ()), folder)
    assert [entry.name for entry in tmp_path.iterdir()] == ["run.jsonl"]
    assert (folder / "kept").exists()


@pytest.mark.parametrize(
    ("text", "line"), [("", 1), ("not JSON\n", 1), ("HEADER\n{}\n", 2), ('HEADER\n{"suite": "s"}\n', 2)]
)
def test_a_file_that_is_no_run_is_told_with_its_line(adviser, tmp_path, text, line):
    whole = tmp_path / "whole.jsonl"
    store_run(answer_suites(adviser, ()), whole)
    path = tmp_path / "broken.jsonl"
    path.write_text(text.replace("HEADER", whole.read_text(encoding="utf-8").strip()), encoding="utf-8")
    with pytest.raises(RunFileError, match=rf"broken\.jsonl:{line}: this is no") as caught:
        read_run(path)
    assert caught.value.line == line


def test_the_report_is_one_json_document(adviser, mistaken):
    told = json.loads(report_json(run_suites(adviser, [mistaken])))
    assert told["schema"] == "groundrule.report/1"
    assert told["run"]["schema"] == "groundrule.run/1"
    assert told["suites"][0]["share"]["share"] == 0.0
    (case, _) = told["cases"]
    assert case["failures"][0]["what"] == "decision"
    assert case["replied"][1].startswith("**")


@pytest.fixture
def evals(command_environment):
    """Runs ``groundrule eval`` as a process of its own."""

    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "ui", "eval", *map(str, arguments)],
            env=command_environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


def test_the_command_tells_by_its_exit_code_how_it_ended(evals, mistaken, tmp_path):
    out = tmp_path / "run.jsonl"
    passed = evals("run", "--pack", WEATHER, "--out", out)
    assert (passed.returncode, passed.stderr) == (0, "")
    assert "All 3 cases passed." in passed.stdout
    failed = evals("run", mistaken, "--pack", WEATHER, "--json")
    assert failed.returncode == 1
    assert [case["outcome"] for case in json.loads(failed.stdout)["cases"]] == ["failed", "failed"]
    again = evals("score", out, "--pack", WEATHER)
    assert (again.returncode, again.stdout) == (0, passed.stdout)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("run", "nowhere.yaml", "--pack", WEATHER), 2, "nowhere.yaml: there is no such file or folder"),
        (("run", "--wrong"), 2, "No such option"),
        (("ruin",), 2, "There is no command eval ruin (did you mean run?)"),
        (("score", "nowhere.jsonl"), 2, "does not exist"),
        (
            ("check", ROOT / "tests" / "broken_suites" / "a_key_given_twice.yaml", "--pack", WEATHER),
            3,
            "`why` twice",
        ),
        (("check", "--pack", ROOT / "tests" / "broken_suites"), 3, "cannot be used"),
        (("score", ROOT / "pyproject.toml", "--pack", WEATHER), 3, "pyproject.toml:1: this is no stored run"),
        (("run", "--pack", WEATHER, "--out", "/dev/null/run.jsonl"), 5, "/dev/null"),
    ],
)
def test_the_command_names_what_is_wrong(evals, arguments, code, words):
    ended = evals(*arguments)
    assert ended.returncode == code, ended.stderr
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_command_explains_itself(evals):
    told = evals("--help")
    assert told.returncode == 0
    assert told.stdout.startswith("Usage: groundrule eval")
