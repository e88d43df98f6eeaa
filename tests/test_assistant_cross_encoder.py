"""The cross-encoder: what it learns from, when it is heard, and what happens without it."""

import random

import numpy as np
import pytest

from assistant.cross_encoder import (
    HELD,
    WEIGHTS,
    hash_of,
    knows,
    open_cross_encoder,
    pairs_folder,
    pairs_of,
    summed,
    write_held,
)
from assistant.evidence import UNSEEN, nearest
from assistant.examining import examine_cross_encoder
from assistant.learn_silence import Vectors, chosen, fitting, part_of, strangers
from assistant.matters import Lessons, Matter, Told
from assistant.pack import open_pack
from assistant.pair_lessons import BELONGS, PairLessons, pair_lessons
from assistant.silence import silence_features
from assistant.unlabelled import unlabelled


@pytest.fixture(scope="module")
def minds(adviser):
    return adviser._minds


@pytest.fixture(scope="module")
def lessons(minds):
    return pair_lessons(minds.silence.grounds, *minds.corpus.projected())


@pytest.fixture(scope="module")
def some(lessons):
    """A few hundred of the questions, so that a draw is quick."""
    return PairLessons(lessons.grounds, lessons.passages, lessons.questions, lessons.rows[::40])


def test_a_question_is_read_with_its_best_passage_and_then_with_the_nearest_questions():
    asks = [f"ask {number}" for number in range(20)]
    pairs = pairs_of("how large?", "1 MB", asks)
    assert pairs[:2] == [("how large?", "1 MB"), ("how large?", "ask 0")]
    assert len(pairs) == 9


def test_the_three_questions_that_fit_best_count():
    belongs = [4.0, -1.0, 3.0, 2.0, 1.0, -5.0]
    logits = np.array([[0.0, score] for score in belongs], dtype=np.float32)
    assert summed(logits).tolist() == [4.0, 2.0]
    assert summed(logits[:1]).tolist() == [4.0, 4.0]  # no question is near


def test_what_was_held_out_is_read_back_as_it_was_written(tmp_path):
    _write_held(tmp_path)
    cross = open_cross_encoder(tmp_path)
    assert cross.held_out("how large?").tolist() == [1.5, -2.0]
    assert cross.held_out("how dear?") is None


def test_scores_beside_other_weights_or_none_make_no_cross_encoder(tmp_path):
    _write_held(tmp_path)
    (tmp_path / WEIGHTS).write_bytes(b"learned later, and killed before its scores were written")
    assert open_cross_encoder(tmp_path) is None
    (tmp_path / WEIGHTS).unlink()
    assert open_cross_encoder(tmp_path) is None


def _write_held(folder):
    (folder / WEIGHTS).write_bytes(b"weights")
    with (folder / HELD).open("wb") as file:
        write_held(file, {"how large?": np.array([1.5, -2.0], dtype=np.float32)}, folder / WEIGHTS)


@pytest.mark.parametrize("damaged", [b"", b"not an archive", b"PK\x03\x04"])
def test_without_readable_scores_there_is_no_cross_encoder(tmp_path, damaged):
    (tmp_path / WEIGHTS).write_bytes(b"")
    (tmp_path / HELD).write_bytes(damaged)
    assert open_cross_encoder(tmp_path) is None


def test_the_bundled_one_knows_the_questions_of_the_bundled_pack(minds):
    cross, grounds = open_cross_encoder(), minds.silence.grounds
    assert minds.silence.cross is not None
    assert fitting(cross, grounds) is cross
    assert fitting(None, grounds) is None


def test_a_pack_with_other_questions_is_judged_without_it():
    cross = open_cross_encoder()
    assert not knows(cross, [f"ask {number}" for number in range(999)], ["near"] * 999)


def test_the_doctor_says_whether_it_fits_the_pack(tmp_path):
    assert examine_cross_encoder(open_pack()).detail == "knows the questions of this pack"
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "tea.md").write_text(
        "# Tea\n\nBlack tea steeps for 4 minutes.\n", encoding="utf-8"
    )
    finding = examine_cross_encoder(open_pack(tmp_path))
    assert (finding.state, finding.remedy) == ("ok", "")
    assert "other questions" in finding.detail


def test_the_held_out_scores_tell_answered_questions_from_near_misses(minds):
    from sklearn.metrics import roc_auc_score

    cross, grounds = minds.silence.cross, minds.silence.grounds
    rows = [
        row for row in range(len(grounds.questions)) if cross.held_out(grounds.questions[row]) is not None
    ]
    truth = np.isin(rows, grounds.asks)
    scores = np.array([cross.held_out(grounds.questions[row]) for row in rows])
    assert len(rows) > 2000
    assert roc_auc_score(truth, scores[:, 0]) > 0.85
    assert roc_auc_score(truth, scores[:, 1]) > 0.85


@pytest.mark.parametrize(
    ("answered", "unanswered"),
    [
        (
            "What is the largest request a listener on the shared runtime takes?",
            "What is the largest form in Flow?",
        ),
        ("Is there a free way to keep Flow on our own machines?", "Who wrote the runtime of Flow?"),
    ],
)
def test_two_scores_are_features_of_a_question(minds, answered, unanswered):
    silence, corpus = minds.silence, minds.corpus
    passages, questions = corpus.projected()

    def row(question):
        vector = corpus.project(corpus.encode([question])[0])
        seen = passages @ vector, questions @ vector
        assert len(silence_features(silence.grounds, None, question, *seen)) == 31
        return silence_features(silence.grounds, silence.cross, question, *seen)

    assert len(row(answered)) == len(silence.head.weights) == 33
    assert row(answered)[-2:].sum() > row(unanswered)[-2:].sum()


def test_a_stranger_is_judged_without_its_own_question_and_part(minds):
    grounds = minds.silence.grounds
    rows = chosen(grounds.asks[:400], grounds.near[:10])
    rows = rows[part_of(grounds, rows) < 2]  # a projection is learned for each part
    found = list(strangers(grounds, Vectors(*minds.corpus.vectors()), rows))
    assert sorted(stranger.own for stranger in found) == sorted(rows.tolist())
    assert part_of(grounds, np.array([stranger.own for stranger in found])).tolist() == sorted(
        part_of(grounds, rows).tolist()
    )
    for stranger in found[::50]:
        assert stranger.asked[stranger.own] == UNSEEN
        _, near = nearest(grounds, stranger.texts, stranger.asked, 8)
        assert stranger.own not in near
        assert set(near) <= set(grounds.asks.tolist())


def test_a_near_miss_belongs_to_nothing_and_a_question_to_its_passage(some):
    near = {some.grounds.questions[row] for row in some.grounds.near.tolist()}
    pairs = [
        (some.grounds.questions[row], other, label) for row, other, label in some._pairs(random.Random(0))
    ]
    assert not [pair for pair in pairs if pair[0] in near and pair[2] == BELONGS]
    owners = {some.grounds.questions[row]: some.grounds.owners[row] for row in some.rows.tolist()}
    answered = [pair for pair in pairs if pair[0] not in near and pair[1] in some.grounds.passages]
    for question, passage, label in answered:
        assert (label == BELONGS) == (passage == some.grounds.passages[owners[question]])


def test_pairs_are_the_same_for_the_same_chance_and_only_of_the_questions_learned_from(some):
    assert some.draw(random.Random(1)) == some.draw(random.Random(1))
    assert some.draw(random.Random(1)) != some.draw(random.Random(2))
    asked = {some.grounds.questions[row] for row in some.rows.tolist()}
    others = {other for _, other in some.unlabelled(random.Random(0))} - set(some.grounds.passages)
    assert others <= asked


def test_a_question_is_hashed_by_its_words():
    assert hash_of("how large?") == hash_of("how large?") != hash_of("how large")


def test_texts_without_labels_are_made_of_the_messages_and_hold_every_question():
    told = [Told("A manager signs. Then SAP gets it.", (1,), "a"), Told("Nobody looks at it", (0,), "b")]
    asks = (Told("how large is it", (0,), "q"),)
    lessons = Lessons((Matter("people", ("", "yes")),), tuple(told), asks, (), ())
    texts = unlabelled(lessons, random.Random(3))
    assert texts == unlabelled(lessons, random.Random(3))
    assert len(texts) > 10 * len(told)
    words = " ".join(texts).lower()
    assert "large" in words
    assert "signs" in words


def test_the_model_card_counts_what_it_was_learned_from_and_held_against(minds):
    told = (pairs_folder() / "README.md").read_text(encoding="utf-8")
    grounds = minds.silence.grounds
    assert f"{len(grounds.asks)} questions and {len(grounds.near)} near misses" in told
    assert f"of {len(open_cross_encoder().held)} of them" in told
