"""A student learns what teachers say of texts that nobody annotated."""

import random

import numpy as np
import pytest

from corpus import Example, ModelError, Recipe, Teaching, fine_tune, learn_from_teachers
from corpus.distil import distil, softened
from corpus.model_files import model_folder

HOT = ["the soup is boiling", "an oven at full heat", "steam burns my hand", "a glowing stove"]
COLD = ["ice on the lake", "snow fell all night", "the freezer is full", "a frozen pond"]
MORE = ["boiling water", "hot oven", "steam", "frozen soup", "ice", "snow on the stove", "a cold lake"] * 6
SHORT = Recipe(epochs=4, batch=8)


def drawn(chance: random.Random) -> list[Example]:
    return [Example(text, (label,)) for label, texts in enumerate((HOT, COLD)) for text in texts]


def test_shares_of_each_matter_sum_to_one():
    shares = softened(np.array([[2.0, 2.0, 0.0, 0.0, 9.0]], dtype=np.float32), (2, 3))
    assert shares[0, :2].tolist() == pytest.approx([0.5, 0.5])
    assert shares[0, 2:].sum() == pytest.approx(1.0)
    assert shares[0, 4] > 0.99


def test_a_student_that_never_saw_an_annotated_text_tells_them_apart():
    teaching = Teaching(model_folder(), 2, SHORT, Recipe(epochs=6, batch=8))
    tuned = learn_from_teachers(drawn, MORE, (2,), seed=0, teaching=teaching)
    assert tuned.logits([*HOT, *COLD]).argmax(axis=1).tolist() == [0] * 4 + [1] * 4


def test_a_student_is_as_unsure_as_what_it_learns_from():
    shares = np.full((len(MORE), 2), 0.5, dtype=np.float32)
    shares[:21] = [0.9, 0.1]
    said = softened(distil(MORE, shares, (2,), 0, Recipe(epochs=8, batch=8)).logits(MORE), (2,))
    assert np.abs(said[:, 0] - 0.7).max() < 0.25  # each text came with both
    assert said[:, 0].mean() == pytest.approx(0.7, abs=0.1)


def test_a_folder_without_an_encoder_is_named(tmp_path):
    with pytest.raises(ModelError, match=r"holds no encoder \(config\.json is missing\); name the folder"):
        fine_tune(drawn, (2,), seed=0, recipe=SHORT, base=tmp_path)
