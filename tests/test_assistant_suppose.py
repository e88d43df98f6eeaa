"""What becomes of a supposition: it changes nothing, is adopted, turned around or dropped; a rule with "if" is told."""

import pytest

from tests.told import DECIDED, OPEN, values


@pytest.mark.parametrize(
    "said",
    ["Great. What if it had to stay in our network?", "Good, and if it also had to stay in our network?"],
)
def test_praise_before_a_supposition_makes_no_fact_of_it(talk, said):
    *_, before, after = talk("A clerk approves the invoices, then SAP gets them.", "no", said)
    assert after.kind == "what_if"
    assert values(after) == values(before)


def test_an_exception_told_with_if_is_part_of_the_case(talk):
    after = talk(DECIDED, "If the amount is above 10k a clerk has to approve.")[-1]
    assert values(after)["human_interaction"] == "yes"
    asked = talk(DECIDED, "and if a clerk had to approve?")[-1]
    assert asked.kind == "what_if"


def test_a_supposition_is_turned_around_and_made_the_case(talk):
    _, supposed, opposite = talk(DECIDED, "what if a person approves?", "and if not?")
    assert supposed.text.startswith("**It would change")
    assert opposite.text.startswith("That is how the case stands")
    after = talk(DECIDED, "what if a person approves?", "ok take that")[-1]
    assert values(after)["human_interaction"] == "yes"


@pytest.mark.parametrize(
    "said", ["That is in fact the case, the board says so.", "this applies to us", "well, it must"]
)
def test_what_was_supposed_becomes_the_case_in_many_words(talk, said):
    after = talk(DECIDED, "what if the data must not leave our network?", said)[-1]
    assert values(after)["on_premise"] == "yes"


def test_who_takes_back_a_supposition_half_does_not_make_it_the_case(talk):
    after = talk(DECIDED, "what if it had to run on our own servers?", "that's true, but not needed here")[-1]
    assert values(after)["on_premise"] == "no"


@pytest.mark.parametrize(
    "said",
    [
        "if it doesnt match a clerk gets it on her worklist and decides",
        "if our auditors insist, then a clerk approves it",
    ],
)
def test_a_rule_told_with_if_is_part_of_the_case(talk, said):
    after = talk(DECIDED, said)[-1]
    assert (after.kind, values(after)["human_interaction"]) == ("decided", "yes")


@pytest.mark.parametrize(
    "said", ["if a clerk approves", "if a clerk had to approve each and every one of the orders"]
)
def test_what_is_only_supposed_changes_nothing(talk, said):
    before, after = talk(DECIDED, said)
    assert (after.kind, values(after)) == ("what_if", values(before))


def test_who_agrees_to_a_supposition_that_was_not_read_answers_nothing_else(talk):
    after = talk(OPEN, "no", "what if we paint it blue?", "yes do that")[-1]
    assert "on_premise" not in values(after)


@pytest.mark.parametrize("said", ["ok no, keep the boss", "nah, leave it as it is"])
def test_a_no_to_a_supposition_answers_no_other_question(talk, said):
    *_, before, _, after = talk(OPEN, "yes, into SAP", "what if nobody had to approve?", said)
    assert values(after) == values(before)


@pytest.mark.parametrize(
    "said",
    [
        "cool i like that, let's do it",
        "Good, let's do it like that.",
        "The board likes that idea.",
        "Yes, let's put that in, the vets want it.",
    ],
)
def test_whoever_likes_a_supposition_makes_it_the_case(talk, said):
    after = talk(DECIDED, "what if a clerk had to approve each order?", said)[-1]
    assert values(after)["human_interaction"] == "yes"


@pytest.mark.parametrize(
    "said", ["Then leave that out, she would never agree anyway.", "never mind", "stick with what we had"]
)
def test_whoever_drops_a_supposition_hears_the_standing_result(talk, said):
    before, _, after = talk(DECIDED, "what if a clerk had to approve each order?", said)
    assert (after.kind, values(after)) == ("decided", values(before))
    assert after.decision.options == before.decision.options


def test_what_is_said_beside_a_dropped_supposition_is_not_lost(talk):
    supposed = "what if a clerk had to approve each order?"
    before, _, told = talk(DECIDED, supposed, "leave that out, but it must run on our own servers after all")
    assert values(told) == values(before) | {"on_premise": "yes"}
    *_, answered = talk(DECIDED, supposed, "forget it. how long may a call take in Low Latency mode?")
    assert "30" in answered.text


def test_asked_whether_it_would_say_the_same_it_supposes(talk):
    before, after = talk(DECIDED, "Would you still say the same if a clerk had to approve each order?")
    assert (after.kind, values(after)) == ("what_if", values(before))
    assert after.decision.options != before.decision.options


def test_another_system_that_is_supposed_takes_nobody_away(talk):
    said = "Would it change if the bookings also had to be transferred to our timetable system?"
    *_, after = talk("Parents pick a slot on a page, nothing else is connected.", said)
    assert set(after.decision.options) == {"flow", "integration"}
