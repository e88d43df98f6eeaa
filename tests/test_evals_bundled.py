"""The bundled suites: what they expect is what the guide and the rules say, and nothing is left out."""

import re
import unicodedata
from collections import Counter

import pytest
from rapidfuzz import fuzz, process

from assistant import decide_facts, open_pack
from assistant.messages import load_messages
from corpus import load_questions
from evals import load_suites
from evals.plain import holds
from evals.suite import ANY, NONE, NOTHING

PACK = open_pack()
SUITES = {suite.name: suite for suite in load_suites(PACK)}
SECTIONS = {
    section.id: (guide.text[section.start : section.end], section.passages)
    for guide in PACK.guides
    for section in guide.sections
}


def cases(name):
    return [pytest.param(case, id=case.id) for case in SUITES[name].cases]


def expectations(name):
    return [turn.expect for case in SUITES[name].cases for turn in case.turns if turn.expect is not None]


def test_the_suites_are_as_large_as_they_are_meant_to_be():
    least = {"decisions": 150, "dialogues": 40, "lookups": 150, "unanswerable": 100, "hostile": 60}
    for name, count in least.items():
        assert len(SUITES[f"boomi/{name}"].cases) >= count


def test_the_decisions_are_balanced_over_the_outcomes():
    tags = Counter(case.tags[0] for case in SUITES["boomi/decisions"].cases)
    assert set(tags) == {"integration", "flow", "both", "own-servers", "conflict", "undecided", "not-a-need"}
    assert min(tags.values()) >= 10
    assert max(tags.values()) <= 2 * min(tags.values())


def decided_by_facts(case):
    """The turns of a case whose facts are all told, with what the rules make of those facts."""
    for turn in case.turns:
        expected = turn.expect
        if expected is None or expected.hypothetical or expected.facts.get("human_interaction") == ANY:
            continue
        if not expected.facts or not (expected.statuses or expected.options):
            continue
        facts = {name: value for name, value in expected.facts.items() if value not in (ANY, NONE)}
        told = {
            name: value if PACK.rules.facts[name].values else float(value) for name, value in facts.items()
        }
        yield expected, facts, decide_facts(PACK, told).decision


@pytest.mark.parametrize("case", [*cases("boomi/decisions"), *cases("boomi/dialogues")])
def test_the_rules_decide_on_the_facts_of_a_case_as_it_expects(case):
    for expected, facts, decision in decided_by_facts(case):
        assert not expected.statuses or decision.status in expected.statuses
        assert expected.options is None or decision.options == expected.options
        if expected.asks:
            assert (decision.next.fact if decision.next else NOTHING) == expected.asks
        states = {limit.name: limit.state for limit in decision.limits}
        by_name = {limit.name: limit.fact for limit in PACK.rules.limits}
        for name, state in expected.limits.items():
            if by_name[name] in facts:
                assert states.get(name, NONE) == state


@pytest.mark.parametrize("case", cases("boomi/lookups"))
def test_the_words_of_a_lookup_stand_in_the_sections_that_it_cites(case):
    expected = case.turns[0].expect
    assert expected.cites
    assert expected.says
    for group in expected.cites:
        for section in group:
            text, _ = SECTIONS[section]
            assert any(holds(text, words) for says in expected.says for words in says), section
    named = [SECTIONS[section][0] for group in expected.cites for section in group]
    assert any(all(any(holds(text, words) for words in says) for says in expected.says) for text in named)


def test_every_section_with_text_is_asked_for():
    asked = {section for e in expectations("boomi/lookups") for group in e.cites for section in group}
    assert [name for name, (_, passages) in SECTIONS.items() if passages and name not in asked] == []


def test_every_question_of_silence_expects_it_and_nothing_else():
    for expected in expectations("boomi/unanswerable"):
        assert expected.silent is True
        assert expected.decision is False


def test_no_message_is_asked_twice():
    said = Counter(
        turn.say.casefold() for suite in SUITES.values() for case in suite.cases for turn in case.turns[:1]
    )
    shared = {text for text, count in said.items() if count > 1}
    singles = {
        case.turns[0].say.casefold() for s in SUITES.values() for case in s.cases if len(case.turns) == 1
    }
    assert shared & singles == set()


def test_no_message_was_learned_from():
    messages, _ = load_messages(PACK.message_files, PACK.rules)
    questions = [one.text for one in load_questions(PACK.root / "corpus", PACK.guides)]
    learned = {plain_words(text) for text in (*(one.text for one in messages), *questions)}
    asked = {
        plain_words(turn.say): case.id
        for suite in SUITES.values()
        for case in suite.cases
        if case.given is None
        for turn in case.turns
    }
    # Under five words are everybody's: "yes", "what can you do?". And a comma more makes no other message.
    longer = [said for said in asked if len(said.split()) >= 5]
    alike = {said: process.extractOne(said, learned, scorer=fuzz.ratio, score_cutoff=90) for said in longer}
    assert {asked[said]: found[0] for said, found in alike.items() if found is not None} == {}


def plain_words(text):
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def test_every_case_says_why():
    for suite in SUITES.values():
        for case in suite.cases:
            assert len(case.why.split()) >= 2, case.id


def test_the_bundled_suites_reach_what_their_gates_ask_for(groundrule, ready):
    told = groundrule("eval", "run", "--jobs", "2", env=ready, timeout=600)
    assert told.code == 0, told.out[told.out.find("NOT HELD") :]
