import numpy as np
import pytest

from corpus import Corpus, cite_passage
from corpus.keywords import stems
from corpus.search import Asked, best_question, fuse, fuse_guides, standard_scores

GUIDE = """# Kitchen

## Pots

| Pot | Volume | Price |
|---|---|---|
| Small pot | 1 litre | 20 coins |
| Large pot | 5 litres | 70 coins |

## Care

- Wash iron pans by hand; the dishwasher makes them rust.
- Dry everything at once.

## Oven

The oven reaches 250 °C after ten minutes.
"""
QUESTIONS = """questions: kitchen
passages:
- section: kitchen#care
  passage: Wash iron pans
  asks:
  - can the skillet go in with the plates?
  near:
  - which detergent is best?
- section: kitchen#oven
  passage: The oven reaches
  asks:
  - how hot does it get?
"""


@pytest.fixture
def opened(guides_in, tmp_path, encoder):
    def open_corpus(**texts):
        return Corpus.open(guides_in(**texts), tmp_path / "cache", encoder=encoder)

    return open_corpus


def test_the_passage_that_answers_comes_first_with_and_without_questions(opened):
    plain = opened(kitchen=GUIDE)
    asked = opened(kitchen=GUIDE, kitchen_questions=QUESTIONS)
    for corpus in (plain, asked):
        assert "5 litres" in corpus.search("what is the volume of the large pot?", 1)[0].passage.reading
        assert "rust" in corpus.search("do iron pans rust in a dishwasher?", 1)[0].passage.text


def test_a_question_of_the_pack_leads_to_its_passage_in_other_words(opened):
    corpus = opened(kitchen=GUIDE, kitchen_questions=QUESTIONS)
    hit = corpus.search("may the skillet go in with the dishes?", 1)[0]
    assert hit.question == "can the skillet go in with the plates?"
    assert "by hand" in hit.passage.text
    assert hit.question_score > hit.text_score


def test_the_nearest_near_miss_of_the_pack_is_told(opened):
    corpus = opened(kitchen=GUIDE, kitchen_questions=QUESTIONS)
    hit = corpus.search("which detergent is the best one?", 1)[0]
    assert hit.near_miss > 0.8
    assert hit.near_miss_text == "which detergent is best?"


def test_a_pack_without_questions_tells_no_question_and_no_near_miss(opened):
    hit = opened(kitchen=GUIDE).search("oven temperature", 1)[0]
    assert (hit.question, hit.question_score, hit.near_miss, hit.near_miss_text) == (None, -1.0, -1.0, "")


def test_hits_come_best_first_without_repeats_and_can_be_cited(opened):
    corpus = opened(kitchen=GUIDE, kitchen_questions=QUESTIONS)
    hits = corpus.search("pots and pans", 10)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.passage.id for hit in hits}) == len(hits) == 5
    assert all(cite_passage(corpus.guides, hit.passage).quote == hit.passage.text for hit in hits)


def test_the_same_query_gives_the_same_hits(opened):
    corpus = opened(kitchen=GUIDE, kitchen_questions=QUESTIONS)
    assert corpus.search("how hot is the oven?") == corpus.search("how hot is the oven?")


@pytest.mark.parametrize("query", ["", "   ", "?!", "\x00", "🙂"])
def test_a_query_without_a_word_finds_nothing(opened, query):
    assert opened(kitchen=GUIDE).search(query) == ()


@pytest.mark.parametrize(
    "query", ["\ud800 oven", "oven " * 200_000, "a" * 1_000_000, "oven\x00\x07", "אוֹפֶן oven"]
)
def test_odd_queries_are_searched_all_the_same(opened, query):
    assert len(opened(kitchen=GUIDE).search(query, 3)) == 3


def test_words_are_stemmed_and_figures_stay_whole():
    assert stems("Pots, OAuth 2.0 and 1,000 limits") == ["pot", "oauth", "2.0", "and", "1,000", "limit"]


def test_standard_scores_have_mean_zero_and_missing_ones_count_as_the_least():
    scores = standard_scores(np.array([1.0, 3.0, np.nan], dtype=np.float32), 0.1)
    assert scores[2] == scores[0] < scores[1]
    assert abs(scores.mean()) < 1e-9
    assert scores.std() == pytest.approx(1)
    assert standard_scores(np.full(3, np.nan, dtype=np.float32), 0.1).tolist() == [0, 0, 0]
    assert standard_scores(np.full(3, 2.0, dtype=np.float32), 0.1).tolist() == [0, 0, 0]


def test_differences_that_are_noise_are_not_blown_up():
    scores = standard_scores(np.array([0.10, 0.11], dtype=np.float32), 0.05)
    assert scores[1] - scores[0] == pytest.approx(0.2, abs=1e-3)


def test_a_passage_without_questions_does_not_lose_to_one_whose_questions_are_far_off():
    texts = np.array([0.6, 0.1, 0.1], np.float32)
    questions = np.array([np.nan, 0.2, 0.1], np.float32)
    rows, scores = fuse(texts, questions, np.zeros(3, np.float32))
    assert rows[np.argmax(scores)] == 0


def test_without_questions_texts_words_and_guides_add_up():
    texts, words = np.array([0.9, 0.8, 0.1], np.float32), np.array([0.0, 5.0, 0.0], np.float32)
    owners = np.array([0, 0, 1])
    rows, scores = fuse_guides(texts, words, np.array([1.0, 1.0], np.float32), owners)
    assert rows[np.argsort(-scores)].tolist() == [1, 0, 2]
    _, among = fuse_guides(texts, words, np.array([0.0, 20.0], np.float32), owners)
    assert among[2] - among[0] > scores[2] - scores[0]


def test_among_alike_passages_of_many_guides_those_of_one_guide_take_turns_and_keep_their_order():
    texts = np.array([0.60, 0.59, 0.58, 0.57, 0.56], np.float32)
    none = np.zeros(5, np.float32)
    owners = np.array([0, 0, 0, 1, 1])
    rows, scores = fuse_guides(texts, none, np.zeros(2, np.float32), owners)
    order = rows[np.argsort(-scores)].tolist()
    assert order[:2] == [0, 3]
    assert [row for row in order if owners[row] == 0] == [0, 1, 2]


def test_one_guide_alone_is_ordered_as_if_guides_did_not_count():
    texts, words = np.array([0.9, 0.5, 0.1], np.float32), np.array([1.0, 0.0, 2.0], np.float32)
    rows, scores = fuse_guides(texts, words, np.array([7.0], np.float32), np.array([0, 0, 0]))
    plain = standard_scores(texts, 0.05) + 0.7 * standard_scores(words, 0.5)
    assert rows[np.argsort(-scores)].tolist() == np.argsort(-plain).tolist()


def test_the_words_of_guides_of_one_passage_each_do_not_count_twice():
    texts, words = np.array([0.9, 0.5, 0.1], np.float32), np.array([1.0, 0.0, 2.0], np.float32)
    _, scores = fuse_guides(texts, words, words, np.arange(3))
    plain = standard_scores(texts, 0.05) + 0.7 * standard_scores(words, 0.5)
    assert scores == pytest.approx(plain)


def test_a_guide_that_is_about_the_question_comes_before_one_that_mentions_it(opened):
    tyres = (
        "# Winter tyres\n\n## Storage\n\nKeep them dark and dry.\n\n## Wear\n\nThe tread must be 4 mm deep.\n"
    )
    cars = "# Buying a car\n\n## Storage\n\nA boot should hold winter tyres, dark bags and dry clothes.\n"
    corpus = opened(tyres=tyres, cars=cars)
    assert corpus.search("how to keep winter tyres", 1)[0].passage.section.startswith("tyres")


def test_of_several_questions_of_a_passage_the_nearest_counts():
    asked = Asked(questions=(), owners=np.array([1, 1, 0]), asks=np.array([0, 1]), near=np.array([2]))
    best, nearest = best_question(asked, np.array([0.3, 0.7, 0.9], np.float32), 2)
    assert np.isnan(best[0])
    assert best[1] == pytest.approx(0.7)
    assert nearest.tolist() == [-1, 1]
