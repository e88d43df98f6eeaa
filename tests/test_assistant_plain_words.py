"""Departments and "my boss" are read as the people that they are, and quoted as they were told."""

import pytest

from assistant.plain_words import plain_words
from tests.told import values


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Finance approves every vendor.", "someone in Finance approves every vendor."),
        ("Our purchasing team has to check it.", "someone in purchasing has to check it."),
        ("Orders go to legal for approval.", "Orders go to someone in legal for approval."),
        ("It is released by finance.", "It is released by someone in finance."),
        ("A copy goes to finance.", "A copy goes to finance."),
        ("IT must confirm it.", "someone in IT must confirm it."),
        ("Oh, I forgot to mention: sales reviews them", "someone in sales reviews them"),
        ("I check every invoice.", "the clerks check every invoice."),
        ("We have to sign off all of them.", "the clerks have to sign off all of them."),
        ("We have to check if it fits.", "We have to check if it fits."),
        ("I must decide which one to buy.", "I must decide which one to buy."),
        ("We accept orders via EDI.", "We accept orders via EDI."),
        ("I check with IT.", "I check with IT."),
        ("We want orders in SAP.", "We want orders in SAP."),
        ("It goes to SAP, which happens to stand on our premises.", "It goes to SAP."),
        ("My head of sales signs.", "the head of sales signs."),
        ("It must check the order.", "It must check the order."),
        ("Sales orders go to SAP.", "Sales orders go to SAP."),
        ("Payroll must be updated.", "Payroll must be updated."),
        ("Data from finance enters SAP.", "Data from finance enters SAP."),
        ("It must run on our own servers.", "It must run on our own servers."),
    ],
)
def test_who_acts_is_a_person_and_a_thing_of_theirs_is_not(text, heard):
    assert plain_words(text) == heard


@pytest.mark.parametrize(
    "message",
    [
        "Finance approves every vendor.",
        "My boss approves each order.",
        "Our finance has to sign off every purchase.",
        "Orders over 5k go to purchasing for release.",
        "My legal department checks each contract.",
        "I decide about discounts.",
    ],
)
def test_departments_and_whoever_is_ours_take_part(talk, message):
    (answer,) = talk(message)
    fact = answer.facts["human_interaction"]
    assert (fact.value, fact.quote) == ("yes", message)


@pytest.mark.parametrize(
    "message",
    [
        "Finance gets an email about each order that went into SAP.",
        "My ERP sends orders to our shop every night.",
    ],
)
def test_a_department_that_is_told_and_a_system_of_mine_do_not_take_part(talk, message):
    (answer,) = talk(message)
    assert values(answer).get("human_interaction") != "yes"
