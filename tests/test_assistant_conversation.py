"""What a conversation must handle, turn by turn, on the bundled pack."""

import pytest

from tests.told import values

NEED = "A manager signs off each request, then the data goes into SAP with other field names."


def test_before_a_need_is_stated_there_is_no_decision(talk):
    hello, question = talk("hello", "Who can open a flow without an identity provider?")
    assert (hello.kind, hello.decision) == ("other", None)
    assert (question.kind, question.decision) == ("guide", None)


def test_asked_what_to_take_without_a_word_about_the_case_it_asks(talk):
    (answer,) = talk("What should we take?")
    assert answer.kind == "question"
    assert answer.decision.next.fact == "human_interaction"


@pytest.mark.parametrize(
    "said",
    [
        "school lunch menus, which of the two?",
        "We are a choir of forty singers. Integration or Flow?",
        "my director read about it in a magazine. nobody knows more. which one do we buy?",
        "Etwas für unsere Segelschule, welches von beiden nehmen wir?",
    ],
)
def test_asked_what_to_take_for_a_case_that_the_guide_does_not_have_it_asks(talk, said):
    first, second = talk(said, "Yes")
    assert first.kind == "question"
    assert values(second) == {first.decision.next.fact: "yes"}


def test_a_fact_told_beside_the_question_which_one_it_is_is_kept(talk):
    (answer,) = talk("Sailing logbook, we pay per user, which of your products?")
    assert answer.kind == "question"
    assert values(answer) == {"budget_model": "per_user"}


@pytest.mark.parametrize("said", ["employee onboarding, Integration or Flow?", "event streams: which one?"])
def test_asked_what_to_take_for_a_case_of_the_guide_it_cites_it(talk, said):
    (answer,) = talk(said)
    assert (answer.kind, answer.decision) == ("guide", None)
    assert answer.citations


@pytest.mark.parametrize(
    "said", ["Which of the two products has more customers?", "Which one do pirates prefer?"]
)
def test_asked_which_one_has_what_the_guide_does_not_know_it_says_so(talk, said):
    (answer,) = talk(said)
    assert answer.kind == "not_in_guide"


@pytest.mark.parametrize(
    ("said", "value", "status"),
    [("yes", "yes", "undecided"), ("no", "no", "decided"), ("nope, nobody", "no", "decided")],
)
def test_a_bare_yes_or_no_answers_the_question_asked_last(talk, said, value, status):
    _, answer = talk("What should we take?", said)
    assert values(answer)["human_interaction"] == value
    assert answer.facts["human_interaction"].by == "answer"
    assert answer.decision.status == status


@pytest.mark.parametrize(
    "said",
    [
        "I don't know",
        "dunno",
        "not sure yet",
        "no idea",
        "frankly, I could not say",
        "no lo sé",
        "aucune idée",
    ],
)
def test_i_do_not_know_is_an_answer_and_is_not_asked_again(talk, said):
    _, answer = talk("What should we take?", said)
    assert values(answer)["human_interaction"] == "unknown"
    assert answer.decision.next is None or answer.decision.next.fact != "human_interaction"


def test_a_correction_replaces_what_was_said(talk):
    first, second = talk(NEED, "Actually no, the sign-off is gone, it runs by itself now.")
    assert first.decision.options == ("flow", "integration")
    assert values(second)["human_interaction"] == "no"
    assert second.decision.options == ("integration",)


def test_a_detail_question_leaves_facts_and_decision_as_they_were(talk):
    first, detour, back = talk(NEED, "Where are files of a flow stored?", "why?")
    assert detour.kind == "guide"
    assert values(detour) == values(first)
    assert detour.decision.id == first.decision.id
    assert back.decision.id == first.decision.id


@pytest.mark.parametrize("said", ["managers get a bunch of flowers", "not usually"])
def test_a_few_words_that_cannot_be_read_are_asked_about_again(talk, said):
    first, second, third = talk("The data is mapped into SAP.", said, "yes")
    assert first.decision.next is not None
    assert second.kind == "question"
    assert first.decision.next.ask in second.text
    assert second.text.startswith("I could read no answer in that.")
    assert values(third)[first.decision.next.fact] == "yes"


def test_an_answer_after_a_detour_still_belongs_to_the_open_question(talk):
    *_, answer = talk("What should we take?", "Where are files of a flow stored?", "no")
    assert values(answer) == {"human_interaction": "no"}


def test_a_what_if_is_judged_on_a_copy_and_the_standing_facts_stay(talk):
    first, supposed, after = talk(NEED, "What if nobody had to sign off and it ran by itself?", "why?")
    assert supposed.kind == "what_if"
    assert supposed.decision.hypothetical
    assert supposed.decision.options == ("integration",)
    assert values(supposed) == values(first)
    assert after.decision.id == first.decision.id


def test_suppositions_in_a_row_add_up(talk):
    _, one, two = talk(
        "Orders go from the shop to the ERP automatically every night, nobody is involved.",
        "what if clerks had to approve them on a screen?",
        "and what if it also had to run on our own servers?",
    )
    assert one.decision.options == ("flow", "integration")
    assert two.decision.status == "conflict"


@pytest.mark.parametrize("said", ["good evening", "Guten Morgen!", "Buenas tardes"])
def test_a_greeting_in_any_language_is_greeted_and_keeps_the_case(talk, said):
    first, answer = talk(NEED, said)
    assert answer.kind == "other"
    assert values(answer) == values(first)


def test_asked_again_which_one_it_is_it_says_so_again(talk):
    first, answer = talk(NEED, "right, which one will it be then?")
    assert answer.decision.options == first.decision.options
    assert answer.kind == "decided"


def test_another_question_about_the_same_case_forgets_nothing(talk):
    first, answer = talk(NEED, "another question: who can open a flow without an identity provider?")
    assert values(answer) == values(first)


@pytest.mark.parametrize("said", ["why?", "why is this the conflict?", "Warum?", "¿por qué?"])
def test_why_gives_the_guides_words_for_the_facts(talk, said):
    _, answer = talk(NEED, said)
    assert answer.kind == "explain"
    assert "sign" in answer.text
    assert "[1]" in answer.text


@pytest.mark.parametrize("said", ["why not flow?", "Warum nicht Flow?", "pourquoi pas Flow ?"])
def test_why_not_quotes_what_stands_against_the_option(talk, said):
    _, answer = talk("Doctors approve costs in a form; it has to run on our own servers.", said)
    assert answer.kind == "explain"
    assert "cannot run on-premise" in answer.text


@pytest.mark.parametrize(
    "said",
    ["and if nobody had to sign?", "what if nobody had to approve it?", "was wenn niemand zustimmen müsste?"],
)
def test_what_is_supposed_is_read_like_a_statement(talk, said):
    first, answer = talk(NEED, said)
    assert answer.kind == "what_if"
    assert answer.decision.options == ("integration",)
    assert values(answer) == values(first)


def test_what_would_change_it_names_the_smallest_changes(talk):
    _, answer = talk(NEED, "What would change it?")
    assert "People take part: No" in answer.text


def test_why_before_there_is_anything_to_explain_says_so(talk):
    (answer,) = talk("why?")
    assert answer.kind == "other"
    assert "no recommendation yet" in answer.text


@pytest.mark.parametrize(
    "said",
    [
        *("start over", "ok, scrap everything. a new case", "forget all this"),
        *("fangen wir von vorne an", "mejor empezamos de nuevo", "on recommence à zéro"),
    ],
)
def test_start_over_forgets_every_fact(talk, said):
    *_, answer = talk(NEED, said)
    assert answer.facts == {}
    assert answer.decision is None


@pytest.mark.parametrize("said", ["thanks!", "Thank you very much", "merci"])
def test_thanks_keep_the_case_open(talk, said):
    first, answer = talk(NEED, said)
    assert answer.kind == "other"
    assert answer.decision.id == first.decision.id


def test_what_can_you_do_names_examples_of_the_pack(talk, adviser):
    (answer,) = talk("what can you do?")
    assert adviser.pack.examples[0] in answer.text


def test_a_fact_set_by_hand_is_answered_like_a_message(adviser):
    turn = adviser.reply(NEED)
    changed = adviser.change(turn.conversation, "human_interaction", "no")
    assert changed.answer.decision.options == ("integration",)
    assert changed.answer.facts["human_interaction"].by == "user"
    forgotten = adviser.change(changed.conversation, "human_interaction", None)
    assert "human_interaction" not in forgotten.answer.facts


def test_a_limit_that_is_broken_is_told_and_changes_nothing(talk):
    (answer,) = talk(
        "A clerk presses a button, then the backend needs 2 minutes to map the data into SAP and shows the result."
    )
    broken = [limit for limit in answer.decision.limits if limit.state == "violated"]
    assert [limit.fact for limit in broken] == ["execution_seconds"]
    assert "30 s" in answer.text
    assert answer.decision.options == ("flow", "integration")


def test_a_follow_up_takes_the_topic_along_and_leaves_the_other_product_behind(talk):
    _, answer = talk("What does Boomi Integration typically cost?", "and MuleSoft?")
    assert answer.kind == "guide"
    assert "$50K-200K+/yr" in answer.text


def test_a_why_in_between_does_not_close_the_open_question(talk):
    first, _, answer = talk(NEED, "why?", "no")
    assert first.decision.next.fact == "on_premise"
    assert values(answer)["on_premise"] == "no"


def test_a_supposition_asks_nothing_back(talk):
    _, supposed = talk(NEED, "what if it had to run on our own servers?")
    assert supposed.decision.next is not None
    assert supposed.decision.next.ask not in supposed.text
    assert "It would change with" not in supposed.text


@pytest.mark.parametrize("said", ["and on-prem?", "what about on our own servers?"])
def test_a_short_question_after_a_need_supposes_and_changes_no_fact(talk, said):
    first, supposed = talk(NEED, said)
    assert supposed.kind == "what_if"
    assert supposed.decision.hypothetical
    assert supposed.facts == first.facts


def test_a_no_that_goes_on_to_say_the_opposite_is_read_by_what_it_says(talk):
    _, answer = talk("What should we take?", "no, a manager has to approve every request")
    assert values(answer)["human_interaction"] == "yes"


def test_a_correction_that_begins_with_no_does_not_answer_the_open_question(talk):
    first, answer = talk(NEED, "no, forget the sign-off, nobody signs anything any more")
    assert first.decision.next.fact == "on_premise"
    assert values(answer)["human_interaction"] == "no"
    assert "on_premise" not in values(answer)


def test_two_needs_in_one_message_are_decided_one_by_one(talk):
    (answer,) = talk(
        "Two things. First, a manager approves each leave request in a form and no other system is connected. "
        "Second, every night stock figures go from SAP to the web shop, nobody is involved."
    )
    assert answer.decision.options == ("flow",)
    assert values(answer)["human_interaction"] == "yes"
    assert "Another need" in answer.text
    assert "Use Boomi Integration" in answer.text


def test_a_step_added_by_machine_removes_nobody_from_the_case(talk):
    *_, last = talk(
        "Applicants type in their details on a page and the board votes on them. Nothing else is connected.",
        "Now the treasurer wants the members in Xero automatically",
    )
    assert values(last)["human_interaction"] == "yes"


@pytest.mark.parametrize(
    ("said", "options"),
    [
        (
            "Can AtomSphere fetch the bank's file, split it and post it in NetSuite, hands free?",
            "integration",
        ),
        (
            "Can AtomSphere fetch the bank's file and post it in NetSuite? No person takes part.",
            "integration",
        ),
        ("Which offering lets a manager approve on a page and then updates SAP?", "flow integration"),
    ],
)
def test_a_need_that_is_told_as_a_question_is_decided(talk, said, options):
    (answer,) = talk(said)
    assert answer.decision is not None
    assert answer.decision.options == tuple(options.split())
