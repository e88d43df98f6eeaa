"""What of a message is heard: no mail's frame, nothing left open or gone; checklists are read by their ticks."""

from dataclasses import replace

import pytest

from assistant.blank_mail import blank_mail
from assistant.blank_unsettled import blank_unsettled
from assistant.checklist import checklist, named
from assistant.conversation import Conversation
from assistant.normalise import normalise
from assistant.read_facts import read_facts
from assistant.recognise import Request
from assistant.superseded import without_gone, without_today


def left(text):
    return " ".join(text.split())


def facts(adviser, message):
    told = adviser.reply(message).conversation.facts
    return {name: fact.value for name, fact in told.items()}


MAIL = """From: Ada <ada@example.org>
Subject: Sync SAP and Salesforce
Please sync both every night.

Kind regards
Eva Lund
Head of Approvals

This email and any attachments are confidential
and may not leave the company."""


def test_of_a_mail_the_message_is_heard_and_every_word_keeps_its_place():
    heard = blank_mail(MAIL)
    assert left(heard) == "Subject: Sync SAP and Salesforce Please sync both every night."
    assert len(heard) == len(MAIL)
    assert all(one in (other, " ") for one, other in zip(heard, MAIL, strict=True))


@pytest.mark.parametrize(
    "message",
    [
        "Best practice is that a manager signs.\nThen SAP gets it.",
        "From orders to invoices: a manager approves each.",
        "Thanks to the audit a manager signs each order.",
        "The data is confidential and may not leave our network.",
    ],
)
def test_words_of_a_message_that_look_like_a_frame_are_heard(message):
    assert blank_mail(message) == message


def test_a_sentence_below_a_sign_off_is_heard():
    message = (
        "Please sync both every night.\nThanks,\nEva Lund\nHead of Approvals\nA manager approves each order."
    )
    assert left(blank_mail(message)) == "Please sync both every night. A manager approves each order."


def test_thanks_at_the_beginning_end_nothing():
    message = "Thanks!\nA manager approves each order\nthen SAP gets it"
    assert blank_mail(message) == message


@pytest.mark.parametrize(
    ("message", "heard"),
    [
        ("A manager approves. On-premise maybe in 2028.", "A manager approves."),
        ("Nice to have: on-premise. Orders go to SAP.", "Orders go to SAP."),
        ("Perhaps one day we connect SAP.", ""),
        ("Eventually it may run on-premise. A clerk signs.", "A clerk signs."),
        ("Forms for visitors. Mapping to be decided", "Forms for visitors."),
        ("Orders go to SAP. An approval would be nice to have.", "Orders go to SAP."),
    ],
)
def test_a_sentence_that_leaves_open_what_it_names_is_not_heard(message, heard):
    assert left(blank_unsettled(message)) == heard


@pytest.mark.parametrize(
    "message",
    [
        "Maybe it's a silly question, but a nurse must confirm each change.",
        "Perhaps I should add that a clerk signs.",
        "Maybe 500 requests a day, a manager approves each.",
        "A manager may approve it.",
        "Open orders go to SAP.",
    ],
)
def test_a_guess_at_something_else_takes_nothing_away(message):
    assert blank_unsettled(message) == message


@pytest.mark.parametrize(
    ("message", "wanted"),
    [
        (
            "Today the controller signs; in future it goes straight to the bank.",
            "in future it goes straight to the bank.",
        ),
        ("Today a clerk looks, tomorrow a job does it.", "tomorrow a job does it."),
        ("As-is: a manager signs. To-be: nobody does.", "To-be: nobody does."),
        ("Previously HR looked at each; now a job does.", "now a job does."),
        ("Avant, le chef signait ; désormais tout part seul.", "désormais tout part seul."),
        ("Heute prüft jemand. Künftig läuft es von selbst.", "Künftig läuft es von selbst."),
    ],
)
def test_beside_what_shall_come_todays_part_can_be_left_out(message, wanted):
    assert left(without_today(message)) == wanted


@pytest.mark.parametrize(
    "message",
    [
        "Today a manager signs each order.",
        "In future a manager signs. Today we have no form.",
        "Before the order ships, a clerk signs; now SAP is to be told.",
    ],
)
def test_where_nothing_follows_todays_part_stays(message):
    assert without_today(message) == message


def test_a_sentence_that_goes_away_is_not_heard():
    assert (
        left(without_gone("HR reviews each record. This step will be dropped. Data goes on."))
        == "Data goes on."
    )
    assert without_gone("HR reviews each record. It is fast.") == "HR reviews each record. It is fast."


@pytest.mark.parametrize(
    ("message", "ticks"),
    [
        ("[x] approvals\n[ ] mapping", [("approvals", "yes"), ("mapping", "no")]),
        ("forms ✔\nETL ✘", [("forms", "yes"), ("ETL", "no")]),
        ("☑ forms ☐ mapping", [("forms", "yes"), ("mapping", "no")]),
        ("Approvals ❌ Mapping ✅", [("Approvals", "no"), ("Mapping", "yes")]),
        ("Approvals: false\nMapping: required", [("Approvals", "no"), ("Mapping", "yes")]),
        ("| Approvals | Yes |\n| Mapping | No |", [("Approvals", "yes"), ("Mapping", "no")]),
        ("- people: n/a\n- mapping: tbd", [("people", "no"), ("mapping", "open")]),
        ("people no, data yes", [("people", "no"), ("data", "yes")]),
        ("data yes of course", [("data", "yes")]),
        ("people: yes. data: no. on-prem: no.", [("people", "yes"), ("data", "no"), ("on-prem", "no")]),
    ],
)
def test_a_checklist_is_read_by_its_ticks(message, ticks):
    assert [(one.label, one.tick) for one in checklist(message)] == ticks


@pytest.mark.parametrize(
    "message",
    [
        "A manager approves, and the answer is yes or no",
        "We need approvals. Mapping: no.",  # one tick in a text is not a list
        "no approvals: true, no mapping: true",
        "a very long line of words about forms that somebody wrote: yes\nanother one just as long as that one: no",
    ],
)
def test_sentences_are_no_checklist(message):
    assert checklist(message) == ()


def test_a_label_names_the_one_fact_whose_words_it_has(adviser):
    known = adviser.pack.rules.facts.values()
    assert named("data", known) == "data_transformation"
    assert named("human interaction", known) == "human_interaction"
    assert named("approve", known) == "human_interaction"
    assert named("weather", known) is None


@pytest.mark.parametrize(
    ("message", "read"),
    [
        (
            "[x] human approval\n[ ] data mapping\n[ ] on-prem",
            {"human_interaction": "yes", "data_transformation": "no", "on_premise": "no"},
        ),
        (
            "Approvals ❌ Mapping ✅ On-prem ❌",
            {"human_interaction": "no", "data_transformation": "yes", "on_premise": "no"},
        ),
        ("human interaction tbd\nmapping tbd\non-prem tbd", {}),
        (
            "A manager approves each request.\n\nPlease consider the environment before printing",
            {"human_interaction": "yes"},
        ),
        ("A manager approves each request. Optional: on-premise", {"human_interaction": "yes"}),
    ],
)
def test_what_is_ticked_is_read_and_what_is_not_heard_settles_nothing(adviser, message, read):
    assert facts(adviser, message) == read


@pytest.mark.parametrize(
    ("message", "read"),
    [
        ("Data is mapped or converted, or moved between several systems.", {"data_transformation": "yes"}),
        ("Nice to have: data is mapped or converted, or moved between several systems.", {}),
        ("Reporter: Ada, data is mapped or converted, or moved between several systems\nHello there", {}),
    ],
)
def test_a_pack_without_examples_does_not_hear_it_either(adviser, message, read):
    untaught = replace(adviser._minds.reader, heads={}, trained=None)
    found = read_facts(untaught, normalise(message), Request("content"), Conversation())
    assert {one.fact: one.value for one in found} == read


def test_a_person_of_today_takes_no_part_in_what_shall_run_by_itself(adviser):
    told = facts(adviser, "Today a manager approves each order, tomorrow it goes to SAP unattended.")
    assert told["human_interaction"] == "no"
