"""The answer to "what would change it?": the changes, the numbers that meet a limit, and what cannot matter."""

import pytest

from assistant import StandingFact, open_pack
from assistant.compose_changes import compose_changes
from assistant.footnotes import Footnotes
from assistant.judge import judge, rule_values
from rules import effects

PACK = open_pack()


def said(**facts):
    standing = {name: StandingFact(value=v, quote="so", turn=1, by="user") for name, v in facts.items()}
    notes = Footnotes(PACK.guides)
    case, told = judge(PACK.rules, standing), effects(PACK.rules, rule_values(PACK.rules, facts))
    return compose_changes(PACK.rules, case, told, notes).text, notes.all()


def line(text, start):
    (found,) = [one for one in text.splitlines() if one.startswith(start)]
    return found


def test_what_the_user_spoke_of_in_vain_is_named_first_among_what_cannot_change_it():
    text, _ = said(human_interaction="no", on_premise="yes")
    assert line(text, "No answer changes it about: ").startswith(
        "No answer changes it about: Must run on your own servers · "
    )
    assert "sensitive data" not in text


def test_numbers_that_would_break_a_limit_are_told_with_the_words_of_the_limit():
    text, cited = said(human_interaction="yes", data_transformation="yes")
    told = line(text, "It would stay, but over a limit")
    assert "Run time of one call over 30 s [1]" in told
    assert "held to 30 seconds" in cited[0].quote


def test_a_number_over_its_limit_is_told_what_would_keep_it():
    text, _ = said(human_interaction="yes", data_transformation="yes", execution_seconds="45")
    assert "Run time of one call up to 30 s" in line(text, "It would stay, and keep its limit")
    assert "Run time of one call over" not in text


def test_a_conflict_has_no_limits_to_tell_of():
    text, cited = said(human_interaction="yes", on_premise="yes")
    assert "limit" not in text
    assert cited == ()


@pytest.mark.parametrize("facts", [{}, {"human_interaction": "no"}, {"human_interaction": "yes"}])
def test_the_answer_stays_short(facts):
    text, _ = said(**facts)
    assert len(text.split()) < 110
