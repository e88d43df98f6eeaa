"""Yes or no stands first only where the guide's own words say it."""

import pytest

from assistant.polarity import polarity


def answered(adviser, question, words):
    passages = [p for g in adviser.pack.guides for s in g.sections for p in s.passages]
    return polarity(question, next(p for p in passages if words in p.reading))


@pytest.mark.parametrize(
    ("question", "words", "said"),
    [
        ("Can flows be executed across regions?", "Cross-region execution of flows", "No"),
        ("Is Boomi Flow possible on-premise?", "Boomi Flow on-premise: No.", "No"),
        ("Does Flow have a Master Data Hub?", "Master Data Hub (MDH", "No"),
        ("Does MuleSoft offer B2B/EDI?", "B2B/EDI: Boomi Integration (AtomSphere) Yes (Enterprise)", "Yes"),
        ("Are Flow and Integration interchangeable?", "NOT interchangeable: each is", None),
    ],
)
def test_plain_words_of_the_guide_settle_a_yes_or_no(adviser, question, words, said):
    assert answered(adviser, question, words) == said


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How are flows executed across regions?", "Cross-region execution of flows"),
        ("Can't flows be executed across regions?", "Cross-region execution of flows"),
        ("Can flows be executed across regions or not?", "Cross-region execution of flows"),
        ("Does the weather report need a region?", "Cross-region execution of flows"),
        ("Can Flow APIs be exposed via API Management?", "API Management: Boomi Integration (AtomSphere) Yes: publish, secure"),
        ("Can one pay Flow per user?", "Boomi Flow may require per-user licensing"),
    ],
)  # fmt: skip
def test_what_the_words_do_not_settle_is_neither_yes_nor_no(adviser, question, words):
    assert answered(adviser, question, words) is None


def test_an_answer_begins_with_what_the_guide_denies(adviser):
    answer = adviser.reply("Is Boomi Flow on-premise possible?").answer
    assert answer.text.startswith("**No.** ")
    assert "[1]" in answer.text.split("\n\n")[0]
