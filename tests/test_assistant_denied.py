"""What a message denies as a whole is left out of what is read, and asked about."""

import pytest

from assistant.bare_denials import Denial, bare_denials
from assistant.blank_denied import blank_denied
from assistant.cues import Cues


@pytest.mark.parametrize(
    ("message", "left"),
    [
        ("it isn't that we lack approvals", "it is"),
        ("It's not that nobody signs it, the manager does", ", the manager does"),
        ("Not that there is no mapping. Forty fields go to SAP.", ". Forty fields go to SAP."),
        (
            "it is not true that the data stays as it is; half of it is renamed",
            "it is ; half of it is renamed",
        ),
        ("we never said that it must not leave the building", "we"),
        ("there is no case in which nobody decides", "there is"),
        ("not that we lack forms but they are on paper", "but they are on paper"),
    ],
)
def test_a_denied_statement_is_blanked_and_the_rest_keeps_its_place(message, left):
    blanked = blank_denied(message)
    assert len(blanked) == len(message)
    assert " ".join(blanked.split()) == left
    assert all(one in (other, " ") for one, other in zip(blanked, message, strict=True))


@pytest.mark.parametrize(
    "message",
    [
        "no approvals are needed",
        "we do not need a form",
        "it is not that often, once a month",
        "I don't think anybody has to look at it",
        "nobody signs it, and that is right",
        "paper is not right for us we need a form",
    ],
)
def test_a_plain_denial_is_read(message):
    assert blank_denied(message) == message


@pytest.mark.parametrize(
    "message",
    [
        "It's not that nobody signs the requests",
        "There is no case in which nobody decides",
        "We never said that the data must not leave the building",
    ],
)
def test_neither_yes_nor_no_is_read_from_what_is_denied(adviser, message):
    assert not adviser.reply(message).conversation.facts


def test_what_is_said_beside_a_denial_counts(adviser):
    told = "It's not that we have nobody for it: a clerk checks every invoice by hand and approves it."
    assert adviser.reply(told).conversation.facts["human_interaction"].value == "yes"


CUES = Cues(
    {"servers": ("on-prem", "our own servers"), "acts": ("approve*", "form*"), "out": ("must not leave",)}
)


@pytest.mark.parametrize(
    ("message", "denied"),
    [
        ("not on-prem", ["on-prem"]),
        ("on-prem? no", ["on-prem"]),
        ("on-prem: nope.", ["on-prem"]),
        ("no, not on-prem please", ["on-prem please"]),
        ("Orders are approved by a clerk, but not on-prem.", ["on-prem"]),
        ("Two clerks look at each order. No forms.", ["forms"]),
        ("forms yes, on-prem no", ["on-prem"]),
        ("On-prem? Absolutely not.", ["On-prem"]),
        ("Our own servers? Haha, no.", ["Our own servers"]),
        ("Do we need forms? No way! It runs alone.", ["Do we need forms"]),
        ("no forms, no on-prem", ["forms", "on-prem"]),
    ],
)
def test_a_piece_that_denies_cues_alone_is_told_with_what_it_denies(message, denied):
    assert [denial.denied for denial in bare_denials(CUES, message)] == denied


@pytest.mark.parametrize(
    "message",
    [
        "not sure about on-prem",  # a word beside it
        "is on-prem not possible?",
        "on-prem, no?",
        "without on-prem, we could never show it to our auditors",  # the condition of what follows
        "not without forms",  # two negations
        "it must not leave",  # the negation is part of the cue
        "on-prem",
        "no",
        "On-prem? Absolutely.",
        "On-prem? That is for our IT to say, they will no doubt ask the board",
        "No, it's our own servers, not on-prem",
    ],
)
def test_other_negations_are_left_to_the_readers(message):
    assert list(bare_denials(CUES, message)) == []


def test_a_denial_knows_its_place():
    message = "Clerks approve orders; not on-prem"
    assert list(bare_denials(CUES, message)) == [Denial(23, 34, "on-prem")]
    assert message[23:34] == "not on-prem"


@pytest.mark.parametrize(
    ("message", "fact"),
    [
        ("not on-prem", "on_premise"),
        ("our own servers? nope", "on_premise"),
        ("Two managers sign off, then it is mapped into SAP. Not on-prem.", "on_premise"),
        ("forms yes, on-prem yes, mapping no", "data_transformation"),
        ("no approvals", "human_interaction"),
        ("A clerk approves invoices. On our own servers? No way.", "on_premise"),
        ("nope, cloud", "on_premise"),
    ],
)
def test_what_a_few_words_deny_is_no(adviser, message, fact):
    assert adviser.reply(message).conversation.facts[fact].value == "no"


def test_a_denial_that_cannot_be_turned_around_settles_nothing(adviser):
    assert "human_interaction" not in adviser.reply("not automated").conversation.facts


def test_a_few_words_turn_around_what_stands(adviser):
    told = adviser.reply("A manager approves each order and it is mapped into SAP on our own servers.")
    assert told.conversation.facts["on_premise"].value == "yes"
    after = adviser.reply("not on-prem", told.conversation).conversation.facts
    assert {
        name: after[name].value for name in ("human_interaction", "data_transformation", "on_premise")
    } == {
        "human_interaction": "yes",
        "data_transformation": "yes",
        "on_premise": "no",
    }
