"""What people say around their case: consent, dissent, slips, and words about the open question itself."""

import pytest

from tests.told import DECIDED, ON_OWN_SERVERS, OPEN, values


@pytest.mark.parametrize("said", ["ok", "great, makes sense", "yes", "That's right.", "passt", "d'accord"])
def test_consent_is_taken_as_consent(talk, said):
    before, after = talk(DECIDED, said)
    assert after.kind == "other"
    assert after.text.startswith("Good.")
    assert values(after) == values(before)


def test_consent_does_not_close_an_open_question(talk):
    _, after, answered = talk(OPEN, "ok", "yes")
    assert after.kind == "question"
    assert "Must data be mapped" in after.text
    assert values(answered)["data_transformation"] == "yes"


@pytest.mark.parametrize("said", ["no", "that's wrong", "I disagree", "das stimmt nicht"])
def test_dissent_is_shown_what_was_understood(talk, said):
    before, after = talk(DECIDED, said)
    assert "People take part: no" in after.text
    assert "Sync orders" in after.text  # the user's own words for it
    assert values(after) == values(before)


@pytest.mark.parametrize("said", ["really?", "are you sure?", "huh?"])
def test_doubt_is_answered_with_the_reasons(talk, said):
    assert talk(DECIDED, said)[-1].kind == "explain"


@pytest.mark.parametrize(
    "said",
    [
        "so what now?",
        "bottom line?",
        "can you summarize",
        "what's the summary?",
        "so only integration?",
        "ok, both then?",
    ],
)
def test_asked_for_the_result_in_few_words_it_says_the_result_again(talk, said):
    before, after = talk(DECIDED, said)
    assert (after.kind, after.decision.options) == ("decided", before.decision.options)


@pytest.mark.parametrize(
    "said", ["what does that mean?", "what do you mean by mapped?", "I don't understand the question"]
)
def test_asked_what_its_question_means_it_says_what_the_answers_mean(talk, said):
    _, after, answered = talk(OPEN, said, "no")
    assert after.kind == "question"
    assert "results go into other systems" in after.text
    assert values(answered)["data_transformation"] == "no"


@pytest.mark.parametrize(
    ("said", "value"),
    [
        (("yes", "no sorry, I meant no"), "no"),
        (("no, sorry I meant yes",), "yes"),
        (("no", "oops, meant yes"), "yes"),
        (("no", "change my last answer to yes"), "yes"),
        (("yes", "sorry, no"), "no"),
    ],
)
def test_a_slip_is_mended_where_it_was_made(talk, said, value):
    after = talk(OPEN, *said)[-1]
    assert values(after)["data_transformation"] == value
    assert values(after).get("on_premise") is None


def test_a_yes_after_an_answer_is_not_taken_for_a_slip(talk):
    after = talk(OPEN, "no", "yes")[-1]
    assert values(after) | {"data_transformation": "no", "on_premise": "yes"} == values(after)


@pytest.mark.parametrize("said", ["the form can do without it", "the approval could do without names"])
def test_what_can_be_done_without_takes_nobody_away(talk, said):
    after = talk(*ON_OWN_SERVERS, said)[-1]
    assert values(after)["human_interaction"] == "yes"
    assert values(after)["splittable"] == "yes"


@pytest.mark.parametrize("said", ["no need", "not needed", "nobody needs it"])
def test_needless_may_be_a_yes_or_a_no_where_that_is_asked(talk, said):
    after = talk(*ON_OWN_SERVERS, said)[-1]
    assert "splittable" not in values(after)
    assert values(after)["human_interaction"] == "yes"


@pytest.mark.parametrize("said", ["accounting signs off every batch", "I forgot: sales reviews them"])
def test_a_person_told_of_later_takes_part(talk, said):
    first, after = talk("Sync customers from Salesforce to NetSuite every night.", said)
    assert values(first)["human_interaction"] == "no"
    assert values(after)["human_interaction"] == "yes"


@pytest.mark.parametrize("said", ["I don't know what you mean by mapped", "I have no idea what that means"])
def test_not_knowing_what_is_meant_is_no_answer(talk, said):
    after = talk(OPEN, said)[-1]
    assert "data_transformation" not in values(after)
    assert "results go into other systems" in after.text


@pytest.mark.parametrize("said", ["That's a question for IT", "you'd have to ask our IT", "I have no idea"])
def test_who_would_have_to_ask_does_not_know(talk, said):
    after = talk(OPEN, "no", said)[-1]
    assert values(after)["on_premise"] == "unknown"


def test_what_is_dropped_by_name_is_gone(talk):
    after = talk(OPEN, "yes, into Workday", "we dropped Workday")[-1]
    assert values(after)["data_transformation"] == "no"


def test_a_need_hidden_in_a_question_that_the_guide_does_not_answer_is_taken_up(talk):
    (answer,) = talk("our team lead approves, can it then post into SAP?")
    assert values(answer) == {"human_interaction": "yes", "data_transformation": "yes"}


def test_somebody_who_wants_something_is_asked_about_it(talk):
    (answer,) = talk("hr wants a workflow")
    assert answer.kind == "question"


@pytest.mark.parametrize(
    "said",
    [
        "Yes, the clerk approves.",
        "Yes, and the CFO approves the big ones.",
        "Yes I know, but what is a connector?",
    ],
)
def test_a_yes_that_goes_on_about_what_is_known_answers_nothing_else(talk, said):
    before, after = talk("A clerk approves the invoices, then SAP gets them.", said)
    assert before.decision.next.fact == "on_premise"
    assert "on_premise" not in values(after)
    assert values(after)["human_interaction"] == "yes"


def test_a_yes_that_adds_something_new_answers_as_well(talk):
    after = talk("A clerk approves the invoices.", "yes and it must run on our own servers")[-1]
    assert values(after) | {"data_transformation": "yes", "on_premise": "yes"} == values(after)


@pytest.mark.parametrize(
    "said", ["Below that nobody reviews.", "The rest is automatic.", "No one else is involved."]
)
def test_what_holds_for_a_part_takes_nobody_away(talk, said):
    after = talk("Orders above 5000 are reviewed by a buyer. Orders go to SAP.", said)[-1]
    assert values(after)["human_interaction"] == "yes"


@pytest.mark.parametrize(
    "said",
    [
        "New case. A survey is filled in by staff, nothing else is connected.",
        "Forget all that. Staff fill in a survey, nothing else is connected.",
        "Second process: staff fill in a survey, nothing else is connected.",
    ],
)
def test_a_new_case_that_is_told_at_once_begins_without_the_old_facts(talk, said):
    after = talk(
        "Orders go from partners by EDI to SAP at night, on our own servers. Nobody involved.", said
    )[-1]
    assert values(after) == {"human_interaction": "yes", "data_transformation": "no"}


def test_another_question_is_no_new_case(talk):
    before, after = talk(DECIDED, "next question: how large may a document be?")
    assert values(after) == values(before)


@pytest.mark.parametrize("said", ["users cant log in", "our manager can't approve", "the form does not load"])
def test_what_goes_wrong_is_looked_up_and_says_nothing_of_who_takes_part(talk, said):
    first, second = talk(OPEN, said)
    assert second.kind in ("guide", "not_in_guide", "question")
    assert values(second) == values(first)
    assert values(talk(said)[0]) == {}


@pytest.mark.parametrize(
    "said",
    [
        "yes, from the accounting system to the bank in the bank's format",
        "yes: shop -> ERP -> warehouse, every hour",
        "yes, the amounts are converted and pushed to the ledger every night",
    ],
)
def test_an_answer_about_data_takes_nobody_away(talk, said):
    after = talk("The accountant has to press a button to start the payment run.", said)[-1]
    assert values(after) == {"human_interaction": "yes", "data_transformation": "yes"}


@pytest.mark.parametrize(
    "said",
    [
        "Our quotes take far too long. Can Boomi help?",
        "Unsere Angebote dauern zu lange. Kann Boomi da helfen?",
        "Invoices pile up. What can Boomi do for us?",
    ],
)
def test_who_asks_whether_it_helps_is_asked_about_the_case(talk, said):
    (answer,) = talk(said)
    assert (answer.kind, answer.facts) == ("question", {})


def test_who_has_an_error_and_asks_for_help_is_answered_from_the_guide(talk):
    (answer,) = talk("Our atom times out after 30 seconds. Can you help?")
    assert answer.kind == "guide"


@pytest.mark.parametrize("said", ["ok great. next one, different topic: ", "third case: ", "New topic. "])
def test_many_words_begin_a_new_case(talk, said):
    after = talk(DECIDED, f"{said}a questionnaire customers fill in after each delivery")[-1]
    assert values(after) == {"human_interaction": "yes"}


def test_a_question_is_no_new_case_whatever_it_is_called(talk):
    before, after = talk(DECIDED, "next one: what is the limit for documents?")
    assert values(after) == values(before)


def test_what_is_undone_gives_way_to_what_is_said_beside_it(talk):
    said = "undo that, they only meant the MES itself. the rest can sit in the cloud"
    after = talk(
        "Counts go from the MES to the warehouse, no people.", "it must run in our own network", said
    )[-1]
    assert values(after)["on_premise"] == "no"


def test_a_remark_beside_a_decided_case_is_not_looked_up(talk):
    before, after = talk(DECIDED, "the Oracle server stands in our hall in Brno")
    assert (after.kind, values(after)) == ("other", values(before))
    assert after.text.startswith("I read nothing in that which changes the case.")


def test_where_data_goes_told_later_takes_nobody_away(talk):
    said = "The hours arrive as spreadsheets in many layouts and have to end up in DATEV in one shape."
    *_, after = talk("At the end of the month the office goes over the hours and releases them.", said)
    assert values(after) == {"human_interaction": "yes", "data_transformation": "yes"}


@pytest.mark.parametrize(
    "rule", ["nothing may leave their own network", "it must never leave our own network"]
)
def test_what_must_not_leave_is_no_denial(talk, rule):
    (answer,) = talk(f"Orders go from the shop to SAP, {rule}.")
    assert values(answer)["on_premise"] == "yes"


def test_a_rule_of_hosting_can_be_taken_back_while_a_way_out_is_asked_for(talk):
    said = "Cloud is OK after all, no need for own servers."
    *_, conflict, after = talk(*ON_OWN_SERVERS, said)
    assert (conflict.kind, values(after)["on_premise"]) == ("conflict", "no")


def test_which_of_the_two_is_asked_in_other_languages_too(talk):
    (answer,) = talk("Die Kunden sollen ihren Stand selbst auf einer Seite eintragen. Flow oder Integration?")
    assert answer.kind == "question"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("folks come back next morning half way thru and are thrown out", "guide"),
        ("Managers cannot approve requests when travelling, they need a page for it", "question"),
    ],
)
def test_a_longer_symptom_is_looked_up_unless_something_is_demanded(talk, said, kind):
    (answer,) = talk(said)
    assert answer.kind == kind


@pytest.mark.parametrize(
    "said",
    [
        "we dropped the HR system",
        "HR doesn't want the trips in their system any more. Concur stays.",
        "not to HR, only to Concur",
    ],
)
def test_one_of_several_systems_that_is_dropped_leaves_the_others(talk, said):
    told = "Employees enter a trip, the boss approves, approved ones are sent to Concur and to the HR system."
    before, after = talk(told, said)
    assert values(after) == values(before) == {"human_interaction": "yes", "data_transformation": "yes"}
