"""Reading suites: what stands in them arrives, and everything that is wrong is told at once."""

import re
from pathlib import Path

import pytest

from assistant import open_pack
from evals import NoSuiteError, SuiteError, load_suites, suite_files
from evals.suite import Expectation

HERE = Path(__file__).parent
BROKEN = sorted((HERE / "broken_suites").glob("*.yaml"))
PACK = open_pack(HERE / "weather_pack")


def load(tmp_path, text, name="suite.yaml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return load_suites(PACK, [path])[0]


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_each_way_to_be_wrong_is_told_with_its_place_and_a_remedy(path):
    wanted = re.findall(r"^# says: (.*)$", path.read_text(encoding="utf-8"), re.M)
    with pytest.raises(SuiteError) as caught:
        load_suites(PACK, [path])
    said = str(caught.value)
    assert wanted or path.stem == "a_file_that_is_empty"
    for words in wanted:
        assert words in said
    for problem in caught.value.problems:
        assert problem.line > 0
        assert problem.column > 0
        assert problem.remedy
        assert f"{path.name}:{problem.line}:{problem.column}: " in said


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_one_mistake_is_one_problem(path):
    with pytest.raises(SuiteError) as caught:
        load_suites(PACK, [path])
    assert len(caught.value.problems) == 1, str(caught.value)


def test_all_problems_of_all_files_are_told_at_once(tmp_path):
    case = "  - {id: a, say: x, why: y, expect: {kind: guied, facts: {rian: yes}}}\n"
    (tmp_path / "one.yaml").write_text(f"suite: one\ncases:\n{case}", encoding="utf-8")
    (tmp_path / "two.yaml").write_text("suite: two\ncases:\n  - {id: a}\n", encoding="utf-8")
    with pytest.raises(SuiteError) as caught:
        load_suites(PACK, [tmp_path])
    found = [(Path(problem.file).name, problem.line) for problem in caught.value.problems]
    assert found == [("one.yaml", 3)] * 2 + [("two.yaml", 3)] * 3
    assert "5 problems" in str(caught.value)


def test_a_problem_shows_its_line_and_points_at_the_place():
    path = HERE / "broken_suites" / "a_fact_that_does_not_exist.yaml"
    with pytest.raises(SuiteError) as caught:
        load_suites(PACK, [path])
    (problem,) = caught.value.problems
    line = path.read_text(encoding="utf-8").splitlines()[problem.line - 1]
    assert line[problem.column - 1 :].startswith("rian")
    shown = str(problem).splitlines()
    assert shown[1][4:] == line
    assert shown[2].index("^") - 4 == problem.column - 1


def test_two_suites_of_one_name_are_told_apart(tmp_path):
    text = (HERE / "weather_pack" / "evals" / "walks.yaml").read_text(encoding="utf-8")
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(SuiteError, match="the name `weather/walks` is taken by"):
        load_suites(PACK, [tmp_path])


def test_a_file_that_is_no_text_is_a_problem_and_no_crash(tmp_path):
    path = tmp_path / "noise.yaml"
    path.write_bytes(b"\xff\xfe\x00suite")
    with pytest.raises(SuiteError, match="make it a readable UTF-8 file"):
        load_suites(PACK, [path])


def test_yes_and_no_stay_words_and_numbers_stay_as_written(tmp_path):
    suite = load(
        tmp_path,
        "suite: s\ncases:\n"
        "  - {id: a, say: x, why: y, expect: {facts: {rain: no, wind: yes, depth: 2.50}}}\n",
    )
    (turn,) = suite.cases[0].turns
    assert turn.expect == Expectation(facts={"rain": "no", "wind": "yes", "depth": "2.50"})


def test_one_text_may_stand_where_a_list_may(tmp_path):
    one = "suite: s\ncases:\n  - {id: a, say: x, why: y, expect: {kind: guide, says: wet, cites: weather}}\n"
    many = one.replace(
        "kind: guide, says: wet, cites: weather", "kind: [guide], says: [[wet]], cites: [weather]"
    )
    assert load(tmp_path, one).cases[0].turns == load(tmp_path, many).cases[0].turns


def test_a_message_keeps_its_blanks_and_lines(tmp_path):
    text = 'suite: s\ncases:\n  - {id: a, say: "  two\\n lines ", why: y, expect: {kind: other}}\n'
    assert load(tmp_path, text).cases[0].turns[0].say == "  two\n lines "


def test_an_empty_message_may_be_asked(tmp_path):
    text = 'suite: s\ncases:\n  - {id: a, say: "", why: y, expect: {refused: yes}}\n'
    assert load(tmp_path, text).cases[0].turns[0].say == ""


def test_the_suites_of_a_pack_are_those_in_its_evals_folder():
    assert [path.name for path in suite_files(PACK)] == ["walks.yaml"]
    (suite,) = load_suites(PACK)
    assert (suite.name, len(suite.cases), suite.complete_facts) == ("weather/walks", 3, ("rain", "wind"))
    assert suite.cases[0].must_pass


def test_a_suite_named_twice_is_read_once():
    folder = HERE / "weather_pack" / "evals"
    assert len(load_suites(PACK, [folder, folder / "walks.yaml"])) == 1


def test_a_suite_that_is_not_there_is_named_with_a_remedy(tmp_path):
    with pytest.raises(NoSuiteError, match="there is no such file or folder; name a suite"):
        load_suites(PACK, [tmp_path / "missing.yaml"])
    with pytest.raises(NoSuiteError, match="there are no suites"):
        load_suites(PACK, [tmp_path])
