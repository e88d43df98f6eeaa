"""Runs that are sampled, repeated, interrupted and gone on with, and the same suites through every door."""

import json
from itertools import islice
from pathlib import Path

import pytest

from assistant import obedient_model
from evals import (
    Heard,
    Reply,
    RunSettings,
    Way,
    answer_and_store,
    answer_suites,
    load_suites,
    read_run,
    render_report,
    score_run,
    select_cases,
)
from evals.doors import assistant_door, one_by_one
from evals.errors import InterruptedRunError, NoCasesError
from evals.store_run import journal_path
from evals.what_changed import what_changed
from ui.eval_doors import DOORS, Asking

WEATHER = Path(__file__).parent / "weather_pack"
CASES = "".join(
    f"  - {{id: c{number}, say: How deep may the water be?, tags: [{'odd' if number % 2 else 'even'}],"
    f" expect: {{kind: guide}}, why: it says so}}\n"
    for number in range(20)
)


@pytest.fixture
def twenty(weather, tmp_path):
    path = tmp_path / "twenty.yaml"
    path.write_text(f"suite: twenty\ncases:\n{CASES}", encoding="utf-8")
    return load_suites(weather.pack, [path])


def asked(suites):
    return [case.id for suite in suites for case in suite.cases]


def echoing(weather, told=None):
    """A door that gives the answer to one message for every message, and notes what it was asked."""
    answer = weather.reply("How deep may the water be?").answer

    def play(talk):
        if told is not None:
            told.append(talk)
        return Heard(tuple(Reply(say=said, answer=answer, ms=1.0) for said in talk))

    return one_by_one(play)


def test_a_sample_is_the_same_every_time_and_keeps_its_cases_when_others_are_added(twenty):
    drawn = asked(select_cases(twenty, RunSettings(sample=5, seed=3)))
    assert drawn == asked(select_cases(twenty, RunSettings(sample=5, seed=3)))
    assert drawn == sorted(drawn, key=lambda name: int(name[1:]))
    larger = asked(select_cases(twenty, RunSettings(sample=9, seed=3)))
    assert set(drawn) < set(larger)
    assert drawn != asked(select_cases(twenty, RunSettings(sample=5, seed=4)))


def test_a_tag_chooses_its_cases_and_one_that_nobody_has_is_told(twenty):
    assert asked(select_cases(twenty, RunSettings(tags=("odd",)))) == [f"c{n}" for n in range(1, 20, 2)]
    with pytest.raises(NoCasesError, match="no case has the tag `ood`; did you mean 'odd'"):
        select_cases(twenty, RunSettings(tags=("ood",)))


def test_a_run_of_a_sample_tells_of_no_other_case(weather, twenty):
    settings = RunSettings(sample=4)
    run = answer_suites(weather, select_cases(twenty, settings), way=Way(settings, echoing(weather)))
    report = score_run(run, twenty)
    assert [case.outcome for case in report.cases] == ["passed"] * 4
    assert "a sample of 4, seed 0" in render_report(report)


def test_an_interrupted_run_goes_on_where_it_stopped(weather, twenty, tmp_path):
    out = tmp_path / "run.jsonl"
    told = []
    whole = echoing(weather, told)

    def stopping(talks):
        yield from islice(whole(talks), 7)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        answer_and_store(weather, twenty, Way(door=stopping), out)
    assert not out.exists()
    with pytest.raises(InterruptedRunError, match="an interrupted run lies here, with 7 cases"):
        answer_and_store(weather, twenty, Way(door=whole), out)
    told.clear()
    run = answer_and_store(weather, twenty, Way(door=whole, settings=RunSettings(jobs=3)), out, resume=True)
    assert len(told) == 13
    assert [case.case for case in read_run(out).cases] == asked(twenty) == [case.case for case in run.cases]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run.jsonl", "twenty.yaml"]


def test_a_line_that_a_kill_cut_off_and_a_case_that_could_not_run_are_asked_again(weather, twenty, tmp_path):
    out = tmp_path / "run.jsonl"

    def failing(talks):
        yield from (
            Heard((), "the disk is gone") if n == 1 else h
            for n, h in enumerate(islice(echoing(weather)(talks), 4))
        )
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        answer_and_store(weather, twenty, Way(door=failing), out)
    place = journal_path(out)
    place.write_bytes(place.read_bytes()[:-40])
    told = []
    run = answer_and_store(weather, twenty, Way(door=echoing(weather, told)), out, resume=True)
    assert len(told) == 18
    assert not any(case.problem for case in run.cases)


def test_a_run_that_was_asked_otherwise_is_not_gone_on_with(weather, twenty, tmp_path):
    out = tmp_path / "run.jsonl"

    def stopping(talks):
        yield from islice(echoing(weather)(talks), 2)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        answer_and_store(weather, twenty, Way(door=stopping), out)
    with pytest.raises(InterruptedRunError, match=r"asked otherwise \(model\)"):
        answer_and_store(weather, twenty, Way(door=stopping, model="another"), out, resume=True)
    assert len(journal_path(out).read_text(encoding="utf-8").splitlines()) == 3


def test_cases_that_are_answered_differently_each_time_are_found(weather, twenty):
    wet, dry = (weather.reply(said).answer for said in ("It rains.", "How deep may the water be?"))
    count = iter(range(100))

    def play(talk):
        answer = wet if next(count) == 23 else dry
        return Heard(tuple(Reply(say=said, answer=answer, ms=1.0) for said in talk))

    settings = RunSettings(repeat=3)
    run = answer_suites(weather, twenty, way=Way(settings, one_by_one(play)))
    assert len(run.cases) == 60
    report = score_run(run, twenty)
    (flaky,) = report.flaky
    assert (flaky.case, flaky.passed, flaky.repeats) == ("c3", 2, 3)
    assert "time 2: turn 1: kind: guide → question" in flaky.differs
    assert "FLAKY twenty · c3  passed 2 of 3 times" in render_report(report)
    assert len(report.cases) == 20


def test_conversations_answered_at_the_same_time_come_back_in_their_order(weather, twenty):
    one = answer_suites(weather, twenty)
    several = answer_suites(weather, twenty, way=Way(RunSettings(jobs=4), assistant_door(weather, 4)))
    assert [case.case for case in several.cases] == asked(twenty)
    assert [what_changed(*pair) for pair in zip(one.cases, several.cases, strict=True)] == [()] * 20


def test_retrieval_and_silence_alone_are_kept_with_the_answers(weather):
    run = answer_suites(weather, load_suites(weather.pack))
    looked = {case.case: case.looked for case in run.cases}
    assert looked["depth-of-the-water"].sections[0] == "weather#puddles"
    assert looked["out-in-the-rain"] is None
    assert run.header.index == weather.index


@pytest.mark.parametrize("via", ["http", "slack", "cli"])
def test_every_door_gives_the_answers_that_the_assistant_gives(weather, via, cache, monkeypatch):
    monkeypatch.setenv("GROUNDRULE_CACHE", str(cache))
    suites = load_suites(weather.pack)
    expected = answer_suites(weather, suites)
    with DOORS[via](Asking(WEATHER, 2)) as opened:
        came = answer_suites(opened.behind, suites, way=Way(RunSettings(jobs=2), opened.door, via))
    assert [what_changed(*pair) for pair in zip(expected.cases, came.cases, strict=True)] == [()] * 3
    assert score_run(came, suites).all_passed
    assert came.header.via == via


def test_a_server_of_another_pack_is_told_and_a_dead_one_ends_no_run(weather, http, tmp_path, monkeypatch):
    other = tmp_path / "other"
    (other / "corpus").mkdir(parents=True)
    (other / "corpus" / "bread.md").write_text("# Bread\n\nBread keeps for three days.\n", encoding="utf-8")
    suite = tmp_path / "bread.yaml"
    suite.write_text(
        "suite: bread\ncases:\n- {id: a, say: How long?, expect: {kind: guide}, why: it says so}\n"
    )
    problems = []
    for url in (http(), "http://127.0.0.1:9"):
        with DOORS["http"](Asking(other, 1, url)) as opened:
            run = answer_suites(opened.behind, load_suites(opened.behind, [suite]), way=Way(door=opened.door))
        problems.append(run.cases[0].problem)
    assert "the server answers from another pack: weather 1.0" in problems[0]
    assert problems[1].startswith("turn 1: ")


def test_a_run_tells_which_language_model_stood_beside_it(weather, twenty):
    beside = weather.beside(obedient_model("take a hat"))
    run = answer_suites(beside, select_cases(twenty, RunSettings(sample=1)))
    assert run.header.model == "obedient"
    assert "with the language model obedient" in render_report(score_run(run, ()))
    assert answer_suites(weather, ()).header.model == ""


def test_a_run_stored_before_there_were_settings_is_read(weather, tmp_path):
    run = answer_suites(weather, ())
    header = json.loads(run.header.model_dump_json(by_alias=True))
    for name in ("index", "model", "via", "settings"):
        del header[name]
    path = tmp_path / "old.jsonl"
    path.write_text(json.dumps(header) + "\n", encoding="utf-8")
    assert read_run(path).header.settings == RunSettings()
