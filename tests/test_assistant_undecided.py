"""What a message leaves undecided is asked later, not guessed; what something else replaces is not heard."""

import pytest

from assistant.superseded import without_replaced
from assistant.undecided import undecided
from tests.told import values


def about(message, names=()):
    return [piece.about for piece in undecided(message, names)]


def left(text):
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("message", "open_matter"),
    [
        ("Not sure yet whether someone signs, we'll see.", "someone signs"),
        ("We haven't decided if HR must look at them.", "HR must look at them"),
        ("Whether a clerk sees it is still open.", "a clerk sees it"),
        ("Not clear to me yet if SAP gets it, I must ask.", "SAP gets it"),
        ("Whether planners get a screen we haven't discussed at all yet.", "planners get a screen"),
        ("Whether HR looks first is something we're still arguing about.", "HR looks first"),
        ("Whether SAP gets it is still being argued about.", "SAP gets it"),
        ("Possibly with a lawyer, possibly without, we'll see.", "with a lawyer"),
        ("The question is whether it goes into SAP.", "it goes into SAP"),
        ("I'm still debating whether a human signs.", "a human signs"),
        ("Ob jemand unterschreibt, ist noch offen.", "jemand unterschreibt"),
        ("On ne sait pas encore si le chef signe.", "le chef signe"),
        ("No sabemos todavía si alguien firma.", "alguien firma"),
    ],
)
def test_a_clause_about_what_is_open_is_found(message, open_matter):
    assert about(message) == [open_matter]


@pytest.mark.parametrize(
    "message",
    [
        "When the machine is not sure whether the address is right, a clerk looks.",
        "A manager decides whether the order is placed.",
        "The job checks whether the customer exists.",
        "If a ticket is open, an agent gets a task.",
        "We know that somebody signs.",
    ],
)
def test_what_is_decided_within_the_process_is_not_open(message):
    assert about(message) == []


def test_who_is_not_sure_whether_an_option_fits_tells_what_it_shall_do():
    assert about("Not sure if Flow lets a manager sign each order.", {"flow"}) == []


@pytest.mark.parametrize(
    "message",
    [
        "Orders go from Shopify to NetSuite. Not sure yet whether someone has to check them.",
        "Every night files go from SAP to the bank. It is unclear whether a manager must release them.",
        "Orders are synced nightly to the ERP, we're still debating whether a human signs off.",
    ],
)
def test_whether_people_take_part_is_not_guessed_where_that_is_open(talk, message):
    (answer,) = talk(message)
    assert answer.kind == "question"
    assert values(answer) == {"data_transformation": "yes", "human_interaction": "unknown"}


def test_what_is_open_shows_the_words_that_say_so(talk):
    (answer,) = talk("A clerk decides on permits. Whether the result goes to another system is still open.")
    fact = answer.facts["data_transformation"]
    assert (fact.value, fact.quote) == (
        "unknown",
        "Whether the result goes to another system is still open",
    )
    assert values(answer)["human_interaction"] == "yes"


def test_who_does_not_know_and_says_what_leaves_it_unknown(talk):
    said = "not sure if it has to go into the stud book database, I'd have to ask"
    *_, answer = talk("Litters are filled in by the breeders and checked by the breed warden.", said)
    assert values(answer) == {"human_interaction": "yes", "data_transformation": "unknown"}


def test_what_is_open_about_one_step_takes_nothing_from_another(talk):
    (answer,) = talk("A clerk approves each invoice and SAP gets it. We don't know yet if the CFO signs too.")
    assert values(answer)["human_interaction"] == "yes"


def test_what_stands_is_not_opened_by_a_doubt(talk):
    _, answer = talk("A clerk approves each invoice and SAP gets it.", "not sure whether the CFO must sign")
    assert values(answer)["human_interaction"] == "yes"


@pytest.mark.parametrize(
    ("message", "wanted"),
    [
        ("Instead of a clerk's signature, a job does it.", "a job does it."),
        ("Instead of today's round (head, deputy, me) it should just run.", "it should just run."),
        ("Statt der Freigabe durch den Chef soll es laufen.", "soll es laufen."),
        ("It should just run rather than wait for the boss.", "It should just run ."),
        ("A job does it instead of us and SAP gets it.", "A job does it and SAP gets it."),
        ("Die Prüfung findet statt, bevor es läuft.", "Die Prüfung findet statt, bevor es läuft."),
    ],
)
def test_that_in_whose_place_something_comes_is_left_out(message, wanted):
    assert left(without_replaced(message)) == wanted


@pytest.mark.parametrize(
    ("message", "people"),
    [
        ("Instead of three people approving, the system should book it by itself.", "no"),
        ("Instead of the current sign-off by the plant manager, the order should go straight to SAP.", None),
        ("Instead of an email to the boss, the boss should approve in a form.", "yes"),
    ],
)
def test_who_takes_part_is_read_from_what_is_wanted_instead(talk, message, people):
    (answer,) = talk(message)
    assert values(answer).get("human_interaction") == people


def test_a_denial_is_shown_with_the_sentence_that_it_stands_in(talk):
    message = "It is about orders. Instead of three people approving, the system should book it by itself."
    (answer,) = talk(message)
    assert answer.facts["human_interaction"].quote in message


@pytest.mark.parametrize(
    ("complaint", "wish"),
    [
        ("Somebody has to go to a list and press sync, by hand.", "My idea: orders reach the ERP, no users."),
        ("The operator pastes the number by hand.", "So please: it should flow into the ERP automatically."),
    ],
)
def test_who_complains_of_handwork_and_wishes_for_none_has_nobody_take_part(talk, complaint, wish):
    (answer,) = talk(f"{complaint} {wish}")
    assert values(answer)["human_interaction"] == "no"


@pytest.mark.parametrize(
    "told",
    [
        "A manager approves each order. Goal:",
        "There are two types of orders, a manager approves the big ones. Ideally,",
        "A manual review by a clerk is required. What we want is that",
    ],
)
def test_a_wish_without_a_complaint_takes_nobody_away(talk, told):
    (answer,) = talk(f"{told} the order reaches SAP automatically.")
    assert values(answer)["human_interaction"] == "yes"
