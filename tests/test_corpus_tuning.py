"""Training a small classifier from the embedding model, and serving what was trained."""

import random

import numpy as np
import pytest

from corpus import UNTOLD, Classifier, Example, ModelError, Recipe, export_classifier, fine_tune

HOT = ["the soup is boiling", "an oven at full heat", "steam burns my hand", "a glowing stove"]
COLD = ["ice on the lake", "snow fell all night", "the freezer is full", "a frozen pond"]
SHORT = Recipe(epochs=4, batch=8)


def drawn(chance: random.Random) -> list[Example]:
    """Texts with a temperature, and a second matter that nobody said anything about."""
    some = [Example(text, (label, UNTOLD)) for label, texts in enumerate((HOT, COLD)) for text in texts]
    chance.shuffle(some)
    return some


@pytest.fixture(scope="module")
def tuned():
    return fine_tune(drawn, (2, 3), seed=0, recipe=SHORT)


def test_what_was_trained_tells_its_examples_apart(tuned):
    logits = tuned.logits([*HOT, *COLD])
    assert logits.shape == (8, 5)
    assert logits[:, :2].argmax(axis=1).tolist() == [0] * 4 + [1] * 4


def test_the_same_seed_trains_the_same_weights(tuned):
    again = fine_tune(drawn, (2, 3), seed=0, recipe=SHORT)
    assert np.array_equal(tuned.logits(HOT), again.logits(HOT))


def test_the_export_serves_nearly_the_same_scores_in_a_quarter_of_the_size(tuned, tmp_path):
    path = tmp_path / "weights.onnx"
    apart = export_classifier(tuned, path, [*HOT, *COLD])
    assert path.stat().st_size < 25_000_000
    found = Classifier(path).logits([*HOT, *COLD])
    assert np.abs(found - tuned.logits([*HOT, *COLD])).mean() == pytest.approx(apart)
    assert found[:, :2].argmax(axis=1).tolist() == [0] * 4 + [1] * 4


def test_an_export_that_differs_too_much_is_refused_and_leaves_nothing(tuned, tmp_path):
    with pytest.raises(ModelError, match="differs from the trained one"):
        export_classifier(tuned, tmp_path / "weights.onnx", HOT, most_apart=0.0)
    assert list(tmp_path.iterdir()) == []


def test_pairs_are_learned_and_served_like_texts(tmp_path):
    pairs = [(one, other) for one in HOT[:2] for other in HOT[2:]] + [
        (one, other) for one in HOT for other in COLD
    ]
    labels = [1] * 4 + [0] * 16

    def some(chance):
        return [Example(pair, (label,)) for pair, label in zip(pairs, labels, strict=True)]

    tuned = fine_tune(some, (2,), seed=0, recipe=Recipe(epochs=12, batch=8))
    assert tuned.logits(pairs).argmax(axis=1).tolist() == labels
    path = tmp_path / "weights.onnx"
    export_classifier(tuned, path, pairs)
    assert Classifier(path).logits(pairs).argmax(axis=1).tolist() == labels


def test_a_text_is_served_the_same_alone_and_among_longer_ones(tuned, tmp_path):
    path = tmp_path / "weights.onnx"
    export_classifier(tuned, path, HOT)
    among = Classifier(path).logits([HOT[0], "a long text " * 40])[0]
    alone = Classifier(path).logits([HOT[0]])[0]
    assert np.array_equal(among, alone)
