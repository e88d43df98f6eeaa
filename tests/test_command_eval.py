"""``groundrule eval`` as a process: what is stored, what is written, and how it ends."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from evals.schemas import schema_text

WEATHER = Path(__file__).parent / "weather_pack"
SUITE = """\
suite: mixed
cases:
  - {id: right, say: How deep may the water be?, expect: {kind: guide, says: [WORDS]}, why: it says so, tags: [deep]}
  - {id: ruled, given: {rain: yes}, expect: {options: [umbrella]}, why: rain asks for one}
"""


@pytest.fixture
def suite(tmp_path):
    def write(words="20 cm"):
        path = tmp_path / "mixed.yaml"
        path.write_text(SUITE.replace("WORDS", words), encoding="utf-8")
        return path

    return write


@pytest.fixture
def evals(groundrule):
    return lambda *arguments, **told: groundrule("eval", *arguments, "--pack", WEATHER, **told)


def test_a_run_is_stored_compared_and_written_for_people_and_for_programs(evals, suite, tmp_path):
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    assert evals("run", suite(), "--out", old).code == 0
    page, xml, comment = (tmp_path / name for name in ("report.html", "junit.xml", "comment.md"))
    files = ("--html", page, "--junit", xml)
    failed = evals("run", suite("30 cm"), "--out", new, "--against", old, "--jobs", "2", *files)
    assert failed.code == 1
    assert "0 regressed, 0 fixed, 1 still failing, 1 unchanged" in failed.out
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert 'failures="1"' in xml.read_text(encoding="utf-8")
    scored = evals("score", old, "--suite", suite(), "--json")
    assert scored.code == 0
    report = json.loads(scored.out)
    jsonschema.validate(report, json.loads(schema_text("report")))
    assert report["run"]["via"] == "assistant"
    assert str(Path.home()) not in scored.out
    compared = evals("diff", old, new, "--suite", suite(), "--markdown", comment, "--json")
    assert compared.code == 0
    jsonschema.validate(json.loads(compared.out), json.loads(schema_text("difference")))
    assert comment.read_text(encoding="utf-8").startswith("**0 regressed, 0 fixed")
    shown = evals("report", new, old, "--suite", suite(), "--html", page, "--markdown", comment)
    assert shown.code == 0
    assert 'id="history"' in page.read_text(encoding="utf-8")


def test_gates_alone_decide_how_a_run_ends(evals, suite, tmp_path):
    gates = tmp_path / "gates.yaml"
    ended = []
    for bound in ("least: 0 %", "least: 50 %"):
        gates.write_text(f"measures:\n  - {{measure: lookups answered, {bound}}}\n", encoding="utf-8")
        ended.append(evals("run", suite("30 cm"), "--gates", gates))
    assert [told.code for told in ended] == [0, 1]
    assert "gates.yaml:2: lookups answered: 0.0 %, at least 50.0 % asked" in ended[1].out
    gates.write_text("measure: []\n", encoding="utf-8")
    broken = evals("run", suite(), "--gates", gates)
    assert broken.code == 3
    assert "gates.yaml:1" in broken.err
    assert "did you mean 'measures'" in broken.err


def test_a_run_that_is_stopped_leaves_what_it_has_and_goes_on(evals, ready, tmp_path):
    suite, out = tmp_path / "many.yaml", tmp_path / "run.jsonl"
    cases = "".join(
        f"  - {{id: c{n}, say: How deep may the water be?, expect: {{kind: guide}}, why: it says so}}\n"
        for n in range(400)
    )
    suite.write_text(f"suite: many\ncases:\n{cases}", encoding="utf-8")
    command = [sys.executable, "-m", "ui", "eval", "run", suite, "--out", out, "--pack", WEATHER]
    process = subprocess.Popen(command, env=ready, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    journal = tmp_path / "run.jsonl.unfinished"
    while not journal.exists() or journal.read_bytes().count(b"\n") < 4:
        assert process.poll() is None, process.stderr.read().decode()
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    done = journal.read_bytes().count(b"\n") - 1
    assert not out.exists()
    refused = evals("run", suite, "--out", out)
    assert refused.code == 2
    assert "--resume" in refused.err
    assert evals("run", suite, "--out", out, "--resume").code == 0
    lines = out.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 401
    assert done >= 3
    assert not journal.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--via", "htp"), "There is no door 'htp' (did you mean http?)"),
        (("--url", "http://127.0.0.1:1"), "add --via http"),
        (("--resume",), "--out RUN"),
        (("--tag", "dee"), "did you mean 'deep'"),
        (("--gates", "none.yaml"), "none.yaml: there is no such file"),
    ],
)
def test_a_call_that_makes_no_sense_is_told_before_anything_is_asked(evals, suite, arguments, words):
    told = evals("run", suite(), *arguments)
    assert told.code == 2
    assert words in told.err


def test_the_gates_of_a_pack_are_checked_with_the_pack(groundrule, tmp_path):
    import shutil

    pack = tmp_path / "pack"
    shutil.copytree(WEATHER, pack)
    (pack / "evals" / "gates.yaml").write_text("must_pass: maybe\n", encoding="utf-8")
    told = groundrule("pack", "check", "--pack", pack)
    assert told.code == 1
    assert "`must_pass` must be yes or no" in told.out
