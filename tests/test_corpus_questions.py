import pytest

from corpus import QuestionsError, load_guides, load_questions

GUIDE = "# Pots\n\n- **Pots** hold 2 litres.\n- Pots are heavy.\n\n## Care\n\nWash them by hand.\n"
GOOD = """questions: pots
passages:
  - section: pots
    passage: "Pots hold 2"
    asks:
      - how much fits in?
      - volume of a pot?
    near:
      - how tall is a pot?
  - section: pots#care
    passage: Wash them
    asks: [dishwasher ok?]
"""


def load(guides_in, questions):
    folder = guides_in(pots=GUIDE, pots_questions=questions)
    guides = load_guides(folder)
    return load_questions(folder, guides), guides


def test_questions_belong_to_the_passage_whose_words_they_name(guides_in):
    questions, guides = load(guides_in, GOOD)
    litres, _ = guides[0].sections[0].passages
    assert [(q.kind, q.text) for q in questions if q.passage == litres.id] == [
        ("ask", "how much fits in?"),
        ("ask", "volume of a pot?"),
        ("near", "how tall is a pot?"),
    ]


def test_a_pack_without_questions_has_none(guides_in):
    folder = guides_in(pots=GUIDE)
    assert load_questions(folder, load_guides(folder)) == ()


BROKEN = {
    "guide": (
        GOOD.replace("questions: pots", "questions: pot"),
        ":1:1: there is no guide 'pot'; did you mean 'pots'",
    ),
    "section": (
        GOOD.replace("pots#care", "pots#car"),
        ":10:5: there is no section 'pots#car' in 'pots'; did you mean",
    ),
    "words": (GOOD.replace("Wash them", "Wish them"), ":11:5: the words 'Wish them' stand in no passage"),
    "several": (GOOD.replace('"Pots hold 2"', "ots"), "stand in 2 passages of 'pots'; quote more"),
    "field": (GOOD.replace("near:", "nears:"), ":8:5: there is no field 'nears'; did you mean 'near'"),
    "number": (GOOD.replace("- volume of a pot?", "- 7"), ":7:9: a question under `asks` is not text"),
    "none": (GOOD.replace("    asks: [dishwasher ok?]\n", ""), "neither `asks` nor `near`"),
    "scalar": (GOOD.replace("[dishwasher ok?]", "dishwasher ok?"), "`asks` must be a list"),
    "yaml": (GOOD + "  - [", "is not YAML"),
    "empty": ("", "holds no questions"),
    "passages": ("questions: pots\n", "`passages` must be a list"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_questions_that_fit_no_passage_are_told_with_their_place(guides_in, name):
    text, words = BROKEN[name]
    with pytest.raises(QuestionsError) as caught:
        load(guides_in, text)
    assert words in str(caught.value)
    assert "corpus/pots.questions.yaml:" in str(caught.value)


def test_all_problems_of_questions_are_told_at_once(guides_in):
    text = GOOD.replace("pots#care", "pots#car").replace("Pots hold 2", "nothing")
    with pytest.raises(QuestionsError) as caught:
        load(guides_in, text)
    assert len(caught.value.problems) == 2
