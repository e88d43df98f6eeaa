"""What a message denies as a whole is left out of what is read, and asked about."""

import pytest

from assistant.blank_denied import blank_denied


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
