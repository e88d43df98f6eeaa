"""Reading rules files: what stands in them arrives, and everything that is wrong is told at once."""

import contextlib
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import Ask, Leaf, Problem, RulesError, decide, load_rules, parse_rules

BROKEN = Path(__file__).parent / "broken_rules"
FILES = sorted(BROKEN.glob("*.yaml"))

WEATHER = """\
rules: weather
version: 2026.10
options: {umbrella: Take an umbrella, boots: Wear boots}
facts:
  rain:
    ask: Does it rain?
    why: Umbrellas keep rain off.
    yes: drops fall
    no: none do
  depth: {ask: How deep are the puddles?, unit: cm}
groups:
  need:
    kind: need
    ask: rain
    yes: {require: umbrella, cite: weather/rain, quote: Rain asks for an umbrella.}
    no: {}
  feet:
    kind: need
    ask: depth
    "<= 5": {}
    "> 5 and <= 30 cm": {require: [boots]}
    "> 30": {recommend: Stay at home}
"""


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(RulesError) as caught:
        parse_rules(text, "weather.yaml")
    return caught.value.problems


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_way_to_be_wrong_is_told_with_its_place_and_a_remedy(path: Path) -> None:
    wanted = re.findall(r"^# says: (.*)$", path.read_text(encoding="utf-8"), re.M)
    with pytest.raises(RulesError) as caught:
        load_rules(path)
    said = str(caught.value)
    assert wanted or path.stem == "a_file_that_is_empty"
    for words in wanted:
        assert words in said
    for problem in caught.value.problems:
        assert problem.line > 0
        assert problem.column > 0
        assert problem.remedy
        assert f"{path}:{problem.line}:{problem.column}: error[{problem.code}]: " in said


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_one_mistake_is_one_problem(path: Path) -> None:
    with pytest.raises(RulesError) as caught:
        load_rules(path)
    assert len({problem.line for problem in caught.value.problems}) == 1, str(caught.value)


def test_all_problems_of_a_file_are_told_at_once_in_its_order() -> None:
    text = WEATHER.replace("require: umbrella", "require: umbrela").replace("ask: depth", "ask: deep")
    found = problems_of(text.replace("rules: weather", "rule: weather"))
    assert [problem.code for problem in found] == [
        "missing-key",
        "unknown-key",
        "unknown-option",
        "unknown-fact",
    ]
    assert [problem.line for problem in found] == [1, 1, 15, 19]


def test_a_problem_shows_its_line_and_points_at_the_place() -> None:
    (problem,) = problems_of(WEATHER.replace("require: umbrella", "require: umbrela"))
    assert (problem.line, problem.column) == (15, 20)
    shown = str(problem).splitlines()
    assert shown[1].strip().startswith("yes: {require: umbrela")
    assert shown[2].index("^") - 4 == shown[1].index("umbrela") - 4


def test_yes_and_no_stay_words_and_a_version_keeps_its_zero() -> None:
    rules = parse_rules(WEATHER)
    assert rules.facts["rain"].values == ("yes", "no")
    assert rules.facts["rain"].meanings == {"yes": "drops fall", "no": "none do"}
    assert rules.version == "2026.10"


def test_yes_and_no_stay_words_even_in_a_file_that_asks_for_yaml_1_1() -> None:
    rules = parse_rules("%YAML 1.1\n---\n" + WEATHER.replace("?", ""))
    assert rules.facts["rain"].values == ("yes", "no")


def test_nodes_have_their_path_as_id() -> None:
    need = parse_rules(WEATHER).groups[0]
    assert isinstance(need.root, Ask)
    assert need.root.id == "need"
    leaf = need.root.branches[0].node
    assert isinstance(leaf, Leaf)
    assert (leaf.id, leaf.require) == ("need.yes", ("umbrella",))
    assert leaf.source is not None
    assert leaf.source.quote == "Rain asks for an umbrella."


def test_a_single_option_may_be_written_without_brackets() -> None:
    leaf = parse_rules(WEATHER).groups[0].root.branches[0].node
    assert leaf.require == ("umbrella",)


def test_the_words_of_a_leaf_that_recommends_are_an_option() -> None:
    rules = parse_rules(WEATHER)
    assert rules.options["Stay at home"] == "Stay at home"
    assert rules.groups[1].root.branches[2].node.require == ("Stay at home",)


@pytest.mark.parametrize(
    "name",
    [
        "Is it: wet?",
        " blanks around ",
        "a.b",
        "naß",
        "yes",
        "no",
        "null",
        "1.0",
        "unknown",
        "ask",
        '"q"',
        "<= 3",
    ],
)
def test_a_fact_may_have_any_name(name) -> None:
    text = {
        "rules": "odd",
        "facts": {name: {"ask": "Is it?"}},
        "groups": {
            name: {"kind": "need", "ask": name, "yes": {"recommend": "Go: now"}, "no": {"recommend": "No"}}
        },
    }
    rules = parse_rules(json.dumps(text))
    assert decide(rules, {name: "yes"}).options == ("Go: now",)
    assert decide(rules, {}).next.fact == name


def test_ranges_may_repeat_the_unit() -> None:
    branches = parse_rules(WEATHER).groups[1].root.branches
    assert [5 in branch.within for branch in branches] == [True, False, False]
    assert [30 in branch.within for branch in branches] == [False, True, False]


def test_rules_without_options_need_none_when_their_leaves_recommend() -> None:
    rules = parse_rules(
        "rules: w\nfacts: {rain: {ask: Rain?}}\n"
        "groups: {g: {kind: need, ask: rain, yes: {recommend: Stay}, no: {recommend: Go}}}\n"
    )
    assert dict(rules.options) == {"Stay": "Stay", "Go": "Go"}


def test_places_lead_back_to_the_file() -> None:
    rules = parse_rules(WEATHER)
    place = rules.places["groups.need.yes/quote"]
    assert rules.lines[place.line - 1][place.column - 1 :].startswith("quote: Rain asks")


def test_the_hash_is_that_of_the_bytes_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "weather.yaml"
    path.write_text(WEATHER, encoding="utf-8")
    one = load_rules(path)
    path.write_text(WEATHER + "\n", encoding="utf-8")
    two = load_rules(path)
    assert len(one.sha256) == 64
    assert one.sha256 != two.sha256


def test_a_file_that_is_missing_or_a_folder_is_one_clear_problem(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.yaml", tmp_path):
        with pytest.raises(RulesError, match="cannot be read") as caught:
            load_rules(path)
        assert str(path) in str(caught.value)


def test_a_file_that_is_no_text_is_one_clear_problem(tmp_path: Path) -> None:
    path = tmp_path / "weather.yaml"
    path.write_bytes(WEATHER.encode() + b"\xff\xfe\x00binary")
    with pytest.raises(RulesError, match="no text in UTF-8"):
        load_rules(path)


def test_a_file_saved_with_a_byte_order_mark_and_windows_line_ends_is_read(tmp_path: Path) -> None:
    path = tmp_path / "weather.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + WEATHER.replace("\n", "\r\n").encode())
    assert load_rules(path).name == "weather"


def test_aliases_that_multiply_without_end_are_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    found = problems_of("\n".join(lines))
    assert any("repeated too often" in problem.message for problem in found)


def test_brackets_nested_without_end_are_refused() -> None:
    found = problems_of("rules: " + "[" * 50_000)
    assert found[0].code == "yaml"


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_told_about_and_never_breaks_the_reader(data):
    lines = WEATHER.splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(lines) - 1))
        kind = data.draw(st.sampled_from(["drop", "double", "indent", "insert"]))
        if kind == "insert":
            lines[place] = data.draw(st.text(max_size=20)) + lines[place]
        else:
            changed = {"drop": [], "double": [lines[place]] * 2, "indent": ["  " + lines[place]]}[kind]
            lines[place : place + 1] = changed or [""]
    with contextlib.suppress(RulesError):
        parse_rules("\n".join(lines))
