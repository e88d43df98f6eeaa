import json
import signal
import subprocess
import sys
import time

import jsonschema
import pytest

NEED = "A manager signs off each request, then it lands in SAP where the fields are called differently."


@pytest.fixture
def talks(tmp_path):
    def write(*lines):
        file = tmp_path / "in.jsonl"
        file.write_text(
            "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
        )
        return file

    return write


def read(file):
    return [json.loads(line) for line in file.read_text().splitlines()]


@pytest.mark.parametrize("jobs", [1, 2])
def test_answers_come_in_the_order_of_the_lines(groundrule, ready, talks, tmp_path, jobs):
    names = [f"talk-{n}" for n in range(9)]
    file = talks(*({"id": name, "turns": [NEED, "why?"], "expect": "ignored"} for name in names))
    out = tmp_path / "out.jsonl"
    told = groundrule("batch", file, "--out", out, "--jobs", jobs)
    assert told.code == 0, told.err
    lines = read(out)
    assert [line["id"] for line in lines] == names
    assert all(len(line["replies"]) == 2 for line in lines)
    schema = json.loads(groundrule("schema", "answer").out)
    jsonschema.validate(lines[0]["replies"][1], schema)


def test_an_undecided_conversation_is_no_failure_of_the_batch(groundrule, ready, talks, tmp_path):
    told = groundrule(
        "batch", talks({"id": "a", "turns": ["people approve things"]}), "--out", tmp_path / "out.jsonl"
    )
    assert told.code == 0


def test_a_bad_line_is_told_with_its_number_and_the_rest_is_answered(groundrule, ready, talks, tmp_path):
    file = talks(
        {"id": "a", "turns": [NEED]},
        "nonsense",
        {"id": "b"},
        "",
        {"id": "c", "turns": ["hello", "?!", "hello"]},
    )
    out = tmp_path / "out.jsonl"
    told = groundrule("batch", file, "--out", out)
    assert told.code == 1
    assert f"{file}:2: is no JSON" in told.err
    assert f"{file}:3: turns: field required" in told.err
    assert f"{file}:5: turn 2: " in told.err
    first, second, third, fourth = read(out)
    assert len(first["replies"]) == 1
    assert (second["id"], second["replies"]) == (None, [])
    assert (third["id"], third["replies"]) == ("b", [])
    assert [reply is None for reply in fourth["replies"]] == [False, True, False]
    assert all("error" in line for line in (second, third, fourth))
    assert "error" not in first


def test_characters_that_are_no_text_stop_nothing(groundrule, ready, talks, tmp_path):
    out = tmp_path / "out.jsonl"
    file = talks(
        '{"id": "a", "turns": ["a manager \\ud800 approves \\u0000 it"]}', {"id": "b", "turns": ["hello"]}
    )
    assert groundrule("batch", file, "--out", out).code in (0, 1)
    assert [line["id"] for line in read(out)] == ["a", "b"]


def test_a_file_that_is_not_there_is_told_by_name(groundrule, tmp_path):
    told = groundrule("batch", tmp_path / "none.jsonl", "--out", tmp_path / "out.jsonl")
    assert told.code == 2
    assert "none.jsonl" in told.err
    assert list(tmp_path.iterdir()) == []


def test_an_output_folder_that_is_not_there_is_told_before_any_work(groundrule, talks, tmp_path):
    told = groundrule("batch", talks({"id": "a", "turns": [NEED]}), "--out", tmp_path / "none" / "out.jsonl")
    assert told.code == 2
    assert "mkdir -p" in told.err


def test_an_empty_file_gives_an_empty_file(groundrule, ready, talks, tmp_path):
    out = tmp_path / "out.jsonl"
    assert groundrule("batch", talks(), "--out", out).code == 0
    assert out.read_bytes() == b""


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(("stop", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_batch_that_is_stopped_leaves_nothing_half_written(ready, talks, tmp_path, jobs, stop, code):
    file = talks(*({"id": str(n), "turns": [NEED, "why?", "and on-prem?"]} for n in range(5_000)))
    out = tmp_path / "out.jsonl"
    out.write_text("before\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "ui", "batch", file, "--out", out, "--jobs", jobs],
        env=ready,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    wait_until(lambda: [p for p in tmp_path.glob(".out.jsonl.*.part") if p.stat().st_size], process)
    process.send_signal(stop)
    _, said = process.communicate(timeout=60)
    assert process.returncode == code
    assert b"Traceback" not in said
    assert out.read_text() == "before\n"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def wait_until(true, process):
    while not true():
        assert process.poll() is None, process.stderr.read().decode()
        time.sleep(0.02)
