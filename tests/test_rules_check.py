"""Checking rules over all their completions: each finding with its place, the line, and the remedy."""

import re
from pathlib import Path

import pytest

from rules import EXAMPLES, EXPLANATIONS, RulesError, check_rules, load_rules, parse_rules
from rules.drift import CODES

TESTS = Path(__file__).parent
DOUBTFUL = sorted((TESTS / "doubtful_rules").glob("*.yaml"))
SECTIONS = {
    "weather/rain": "# Rain\n\n- Rain asks for an umbrella. [src1]\n- It falls from clouds.\n",
    "weather/mud#shoes": "## Shoes\n\nMud asks for boots.\n",
}
UNCITED_SECTION = "sections_nobody_cites"


def findings(path):
    found = check_rules(load_rules(path), SECTIONS)
    if path.stem != UNCITED_SECTION:  # every other file cites one section alone as well
        found = tuple(problem for problem in found if problem.code != "uncited-section")
    return found


@pytest.mark.parametrize("path", DOUBTFUL, ids=lambda path: path.stem)
def test_each_finding_is_told_with_its_place_its_line_and_a_remedy(path):
    wanted = re.findall(r"^# says: (.*)$", path.read_text(encoding="utf-8"), re.M)
    found = findings(path)
    told = "\n".join(map(str, found))
    assert wanted
    for words in wanted:
        assert words in told
    for problem in found:
        assert problem.line > 0
        assert problem.column > 0
        assert problem.source
        assert problem.remedy


@pytest.mark.parametrize("path", DOUBTFUL, ids=lambda path: path.stem)
def test_nothing_is_told_but_what_the_file_is_about(path):
    wanted = {
        word
        for words in re.findall(r"^# says: (.*)$", path.read_text(encoding="utf-8"), re.M)
        for word in re.findall(r"(?:error|warning)\[([a-z-]+)\]", words)
    }
    assert {problem.code for problem in findings(path)} == wanted


def test_the_bundled_rules_have_no_error():
    corpus = pytest.importorskip("corpus")
    guides = corpus.load_guides(TESTS.parent / "corpus")
    sections = {
        section.id: guide.text[section.start : section.end] for guide in guides for section in guide.sections
    }
    found = check_rules(load_rules(TESTS.parent / "rules" / "boomi.yaml"), sections)
    assert [str(problem) for problem in found if problem.severity == "error"] == []
    assert {problem.code for problem in found} == {"disputed", "uncited-section"}


def test_the_witness_of_an_undeclared_conflict_is_a_case_that_shows_it():
    text = (TESTS.parent / "rules" / "boomi.yaml").read_text(encoding="utf-8")
    without = re.sub(r"only_for: flow_on_premise", "only_for: portal_on_premise", text)
    without = re.sub(r"^  flow_on_premise:\n(?:    .*\n|      .*\n)+(?=  portal)", "", without, flags=re.M)
    without = without.replace("*hybrid", "{allow: flow, require: integration}").replace(
        "*no_way", "{unresolved: true}"
    )
    told = [str(one) for one in check_rules(parse_rules(without)) if one.code == "undeclared-conflict"]
    assert len(told) == 1
    assert "'fit' requires and 'hosting' excludes 'flow' in 6 of 24 cases" in told[0]
    assert "for example human_interaction: yes, on_premise: yes" in told[0]


def test_without_the_guide_citations_are_not_looked_up():
    found = check_rules(load_rules(TESTS / "doubtful_rules" / "a_section_that_is_not_there.yaml"))
    assert found == ()


def test_thirty_groups_are_checked_without_listing_their_completions():
    count = 30
    rules = parse_rules(
        "rules: many\nfacts:\n"
        + "".join(f"  f{n}: {{ask: 'Is it {n}?'}}\n" for n in range(count))
        + "groups:\n"
        + "".join(
            f"  g{n}: {{kind: need, ask: f{n}, yes: {{recommend: do {n}}}, no: {{recommend: leave {n}}}}}\n"
            for n in range(count)
        )
        + "  ban: {kind: constraint, ask: f0, yes: {exclude: [do 29]}, no: {}}\n"
    )
    found = [one for one in check_rules(rules) if one.code != "uncited"]
    assert [one.code for one in found] == ["undeclared-conflict"]
    assert f"in {2**28:,} of {2**30:,} cases" in found[0].message
    assert "f0: yes, f29: yes" in found[0].message


def test_thirty_independent_facts_of_one_group_each_are_no_work():
    count = 30
    rules = parse_rules(
        "rules: apart\nfacts:\n"
        + "".join(f"  f{n}: {{ask: 'Is it {n}?'}}\n" for n in range(count))
        + "groups:\n"
        + "".join(
            f"  g{n}: {{kind: need, ask: f{n}, yes: {{recommend: do {n}}}, no: {{}}}}\n"
            for n in range(count - 1)
        )
        + "  g29: {kind: need, ask: f29, yes: {recommend: stop}, no: {recommend: stop}}\n"
    )
    found = [one for one in check_rules(rules) if one.code != "uncited"]
    assert [one.code for one in found] == ["constant-group", "idle-question"]


def test_rules_that_share_too_much_are_refused_with_their_place_and_never_passed_over():
    count = 30
    options = [f"a{n}" for n in range(count)]
    rules = parse_rules(
        "rules: large\noptions:\n"
        + "".join(f"  {option}: Option {option}\n" for option in options)
        + "facts:\n  stop: {ask: Stop?}\n"
        + "".join(f"  f{n}: {{ask: 'Is it {n}?'}}\n" for n in range(count))
        + f"groups:\n  ban: {{kind: constraint, ask: stop, yes: {{exclude: [{', '.join(options)}]}}, no: {{}}}}\n"
        + "".join(
            f"  g{n}: {{kind: need, ask: f{n}, yes: {{require: [a{n}]}}, no: {{}}}}\n" for n in range(count)
        )
    )
    (found,) = [one for one in check_rules(rules) if one.code != "uncited"]
    assert (found.code, found.severity) == ("too-large", "error")
    assert found.source.startswith("  ban: ")
    assert "g29" in found.message
    assert "split them" in found.remedy


BASE = {
    "rules": "rules: weather\n",
    "options": "options: {umbrella: Take an umbrella, boots: Wear boots}\n",
    "facts": "facts:\n  rain: {ask: Does it rain?}\n  depth: {ask: How deep are the puddles?, unit: cm}\n",
    "groups": "groups:\n  need: {kind: need, ask: rain, yes: {require: [umbrella]}, no: {}}\n",
}


@pytest.mark.parametrize(
    "code", sorted(set(EXAMPLES) - {"unreadable", "too-large", "bad-lock", *CODES.values()})
)
def test_the_example_of_a_code_shows_what_the_code_is_about(code):
    own = re.findall(r"^(\w+):", EXAMPLES[code], re.M)
    left = "".join(text for part, text in BASE.items() if part not in own) if own else ""
    try:
        problems = check_rules(parse_rules(left + EXAMPLES[code]), SECTIONS)
    except RulesError as error:
        problems = error.problems
    assert code in {problem.code for problem in problems}


def test_every_explained_code_has_an_example():
    assert set(EXAMPLES) == set(EXPLANATIONS)


def codes_of(folder):
    for path in sorted((TESTS / folder).glob("*.yaml")):
        try:
            problems = check_rules(load_rules(path), SECTIONS)
        except RulesError as error:
            problems = error.problems
        yield from (problem.code for problem in problems)


def test_every_code_is_explained_and_every_explained_code_has_its_example():
    told = {*codes_of("broken_rules"), *codes_of("doubtful_rules")}
    assert told <= set(EXPLANATIONS)
    # A file that cannot be read, rules that are too large and a guide that changed have tests of their own.
    assert set(EXPLANATIONS) - told == {"unreadable", "too-large", "bad-lock", *CODES.values()}


@pytest.mark.parametrize("code", sorted(EXPLANATIONS))
def test_an_explanation_says_what_is_wrong_and_what_to_do(code):
    explanation = EXPLANATIONS[code]
    assert explanation.meaning.endswith(".")
    assert explanation.remedy.endswith((".", "'"))
