"""What the questions of a pack teach about nearness, and what they may not change."""

import numpy as np
import pytest

from corpus import learn_projection, project
from corpus.index_open import stored_vectors
from corpus.projection import FEWEST_QUESTIONS


def units(rows):
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def taught():
    """Passages and questions whose likeness lies in a few directions, drowned in others that mean nothing."""
    chance = np.random.default_rng(7)
    passages = chance.normal(size=(40, 384))
    passages[:, 30:] *= 1.5
    owners = np.repeat(np.arange(40), 30)
    questions = passages[owners] * (np.arange(384) < 30) + chance.normal(size=(1200, 384)) * 0.6
    return units(passages), units(questions), owners


def share_first(passages, questions, owners):
    return float((np.argmax(questions @ passages.T, axis=1) == owners).mean())


def test_questions_that_were_not_learned_from_come_nearer_to_their_passage(taught):
    passages, questions, owners = taught
    learned = np.arange(len(owners)) % 5 != 0
    projection = learn_projection(passages, questions[learned], owners[learned].tolist())
    before = share_first(passages, questions[~learned], owners[~learned])
    after = share_first(
        project(projection, passages), project(projection, questions[~learned]), owners[~learned]
    )
    assert after > before + 0.05


def test_the_same_questions_teach_the_same(taught):
    passages, questions, owners = taught
    first = learn_projection(passages, questions, owners.tolist())
    assert np.array_equal(first, learn_projection(passages, questions, owners.tolist()))


def test_projected_vectors_have_length_one(taught):
    passages, questions, owners = taught
    projection = learn_projection(passages, questions, owners.tolist())
    assert np.allclose(np.linalg.norm(project(projection, questions), axis=1), 1, atol=1e-5)
    assert np.isclose(np.linalg.norm(project(projection, questions[0])), 1, atol=1e-5)


def test_few_questions_teach_nothing(taught):
    passages, questions, owners = taught
    few = FEWEST_QUESTIONS - 1
    assert learn_projection(passages, questions[:few], owners[:few].tolist()) is None


def test_the_index_keeps_the_models_own_vectors_beside_the_projected_ones(adviser):
    corpus = adviser._minds.corpus
    folder = corpus._index.folder
    for name, projected, plain in zip(
        ("passages", "questions"), corpus.projected(), corpus.vectors(), strict=True
    ):
        assert projected.shape == plain.shape
        assert np.allclose(projected[:20], corpus.project(plain[:20]), atol=1e-5)
        assert np.array_equal(stored_vectors(folder, name), plain)
    asked = corpus.questions[0].text
    assert np.allclose(corpus.vectors()[1][0], corpus.encode([asked])[0], atol=1e-3)
