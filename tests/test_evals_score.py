"""Scoring: every difference between what was expected and what came is told in words."""

import pytest

from assistant import Answer
from evals import Expectation, Reply
from evals.plain import holds
from evals.score_turn import score_turn

TRACE = [{"node": "need.yes", "fact": "rain", "answer": "yes", "assumed": False, "citation": 1}]
DECISION = {
    "id": "0",
    "status": "decided",
    "options": ["umbrella"],
    "how": "",
    "possible": [["umbrella"]],
    "assumed": {"wind": "no"},
    "next": {
        "fact": "wind",
        "ask": "Is there a storm?",
        "why": "",
        "choices": ["yes", "no"],
        "citation": None,
    },
    "trace": TRACE,
    "tensions": [],
    "overridden": [],
    "conflicts": [],
    "limits": [],
    "disputed": [],
    "flips": [],
    "hypothetical": False,
}
CITATIONS = [
    {
        "n": n,
        "section": section,
        "heading": ["Weather"],
        "quote": quote,
        "file": "corpus/weather.md",
        "line": 3,
        "start": 0,
        "end": len(quote),
    }
    for n, section, quote in (
        (1, "weather#rain", "An umbrella keeps the rain off."),
        (2, "weather#storm", "Stay in."),
    )
]
FACTS = {"rain": {"value": "yes", "quote": "it pours", "turn": 1, "by": "classifier"}}


def reply(**changed):
    told = {
        "schema": "groundrule.answer/1",
        "kind": "decided",
        "text": "**Use an umbrella.** It keeps the rain off [1].",
        "facts": FACTS,
        "decision": DECISION,
        "citations": CITATIONS,
        "pack": {"id": "weather", "version": "1", "sha256": ""},
        "ms": 3,
    }
    return Reply(say="it pours", answer=Answer.model_validate(told | changed), ms=3.0)


def reasons(expected, came=None, before=None, complete=()):
    return [str(failure) for failure in score_turn(1, expected, came or reply(), before, complete)]


@pytest.mark.parametrize(
    "expected",
    [
        Expectation(kinds=("question", "decided")),
        Expectation(statuses=("decided",), options=("umbrella",)),
        Expectation(options=("umbrella",)),
        Expectation(decision=True),
        Expectation(facts={"rain": "yes", "wind": "none", "depth": "any"}),
        Expectation(asks="wind"),
        Expectation(assumed={"wind": "no"}),
        Expectation(cites=(("weather#rain", "weather#hail"),)),
        Expectation(says=(("use an umbrella",), ("nothing of this", "RAIN"))),
        Expectation(quotes=(("keeps the rain off",),)),
        Expectation(avoids=("a storm",)),
        Expectation(silent=False),
        Expectation(hypothetical=False),
        Expectation(limits={"puddles": "none"}),
    ],
)
def test_what_came_as_expected_gives_no_reason(expected):
    assert reasons(expected) == []


@pytest.mark.parametrize(
    ("expected", "reason"),
    [
        (Expectation(kinds=("guide", "other")), "kind: expected guide or other; came decided"),
        (
            Expectation(statuses=("decided",), options=("hat",)),
            "decision: expected decided: hat; came decided: umbrella, by need.yes (rain: yes)",
        ),
        (
            Expectation(statuses=("undecided", "conflict")),
            "decision: expected undecided or conflict; came decided: umbrella, by need.yes (rain: yes)",
        ),
        (
            Expectation(decision=False),
            (
                "decision: expected none, since no need is described; "
                "came decided: umbrella, by need.yes (rain: yes)"
            ),
        ),
        (
            Expectation(facts={"rain": "no"}),
            "fact rain: expected no; came yes, read by classifier from “it pours” in turn 1",
        ),
        (Expectation(facts={"rain": "yes", "wind": "no"}), "fact wind: expected no; came none"),
        (Expectation(asks="rain"), "next question: expected rain; came wind"),
        (Expectation(asks="nothing"), "next question: expected nothing; came wind"),
        (Expectation(assumed={"wind": "none"}), "assumption wind: expected none; came no"),
        (Expectation(limits={"puddles": "violated"}), "limit puddles: expected violated; came none"),
        (Expectation(conflicts=("storm",)), "conflict: expected storm; came none"),
        (
            Expectation(cites=(("weather#hail", "weather"),)),
            "citation: expected weather#hail or weather; came weather#rain",
        ),
        (
            Expectation(says=(("hood", "raincoat"),)),
            "text: expected “hood” or “raincoat”; came “**Use an umbrella.** It keeps the rain off [1].”",
        ),
        (
            Expectation(quotes=(("Stay in",),)),
            "quote: expected “Stay in”; came “An umbrella keeps the rain off.”",
        ),
        (
            Expectation(avoids=("rain",)),
            "text: expected nothing of “rain”; came “**Use an umbrella.** It keeps the rain off [1].”",
        ),
        (
            Expectation(silent=True),
            "silence: expected that the guide doesn't say; came an answer of kind decided",
        ),
        (Expectation(hypothetical=True), "decision about: expected a supposition; came the standing case"),
        (Expectation(refused=True), "message: expected a refusal; came an answer of kind decided"),
    ],
)
def test_each_difference_says_what_was_expected_and_what_came(expected, reason):
    assert reasons(expected) == [f"turn 1: {reason}"]


def test_only_citations_that_the_text_names_count():
    both = reply(text="Rain [1]. Storm [2].")
    assert reasons(Expectation(cites=(("weather#storm",),)), both) == []
    assert reasons(Expectation(cites=(("weather#storm",),))) != []


def test_a_fact_that_a_suite_lists_completely_may_not_stand_unlisted():
    assert reasons(Expectation(facts={"wind": "none"}), complete=("rain", "wind")) == [
        "turn 1: fact rain: expected none; came yes, read by classifier from “it pours” in turn 1"
    ]
    assert reasons(Expectation(facts={"rain": "any"}), complete=("rain", "wind")) == []


def test_a_case_without_facts_judges_none_however_complete_the_suite_is():
    assert reasons(Expectation(kinds=("decided",)), complete=("rain", "wind")) == []


def test_numbers_are_compared_as_numbers():
    deep = reply(facts={"depth": {"value": "2.5", "quote": "", "turn": 1, "by": "cue"}})
    assert reasons(Expectation(facts={"depth": "2.50"}), deep) == []
    assert reasons(Expectation(facts={"depth": "3"}), deep) != []


def test_no_decision_is_told_as_such():
    assert reasons(Expectation(options=("hat",)), reply(decision=None)) == [
        "turn 1: decision: expected decided or decided_by_exception: hat; came no decision"
    ]
    assert reasons(Expectation(decision=False), reply(decision=None)) == []


def test_silence_where_an_answer_was_due_is_told():
    quiet = reply(kind="not_in_guide")
    assert reasons(Expectation(silent=False), quiet) == [
        "turn 1: silence: expected an answer from the guide; came that the guide doesn't say"
    ]
    assert reasons(Expectation(silent=True), quiet) == []


def test_what_should_have_stayed_is_held_against_the_turn_before():
    before = reply().answer
    assert reasons(Expectation(unchanged=True), before=before) == []
    changed = reply(facts={}, decision=DECISION | {"status": "undecided", "options": [], "trace": []})
    assert reasons(Expectation(unchanged=True), changed, before) == [
        "turn 1: fact rain: expected yes, as before; came none",
        "turn 1: decision: expected decided: umbrella, by need.yes (rain: yes), as before; came undecided",
    ]


def test_a_supposition_may_decide_otherwise_while_the_facts_stay():
    supposed = reply(kind="what_if", decision=DECISION | {"options": ["hat"], "hypothetical": True})
    assert reasons(Expectation(unchanged=True), supposed, reply().answer) == []


def test_a_refusal_is_right_only_where_one_is_expected():
    refused = Reply(say="", answer=None, refused="The message holds no words.", ms=0.1)
    assert reasons(Expectation(refused=True), refused) == []
    assert reasons(Expectation(kinds=("guide",)), refused) == [
        "turn 1: message: expected an answer; came a refusal: The message holds no words."
    ]


@pytest.mark.parametrize(
    ("text", "words", "stand"),
    [
        ("at most **30 seconds** [1].", "30 Seconds.", True),
        ("a limit of 100", "10", False),
        ("restart it", "art", False),
        ("the [`POST` call](https://x.example) goes out", "POST call goes", True),
        ("Boomi’s cloud", "Boomi's cloud", True),
        ("two\n\nlines", "two lines", True),
        ("costs $15/user/mo", "$15/user/mo", True),
        ("as in [42].", "[42]", True),
        ("as in [4].", "[42]", False),
    ],
)
def test_words_stand_in_a_text_as_people_read_it(text, words, stand):
    assert holds(text, words) is stand
