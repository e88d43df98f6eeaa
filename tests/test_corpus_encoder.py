import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from corpus import Encoder, ModelError
from corpus.export_onnx import exported_model
from corpus.model_files import check_model, model_folder

ROOT = Path(__file__).parent.parent


def test_vectors_have_length_one_and_come_in_the_order_of_the_texts(encoder):
    texts = ["a kettle boils water", "", "taxes are due in May", "a kettle boils water"] * 20
    vectors = encoder.encode(texts)
    assert (vectors.shape, vectors.dtype) == ((80, 384), np.float32)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(vectors[0], vectors[3], atol=1e-5)
    assert vectors[0] @ vectors[2] < 0.3


def test_a_text_has_the_same_vector_alone_and_among_others(encoder):
    texts = [f"question number {n} " * (1 + n % 7) for n in range(70)]
    together = encoder.encode(texts)
    alone = np.vstack([encoder.encode([text]) for text in texts])
    assert np.allclose(together, alone, atol=1e-5)


class Counting:
    """A session that counts what it is given."""

    def __init__(self, session):
        self.session, self.tokens = session, 0

    def run(self, names, given):
        self.tokens += given["input_ids"].size
        return self.session.run(names, given)


def test_the_sentences_of_a_long_message_are_computed_once_and_at_their_own_length(encoder):
    sentences = [f"Step {n} is signed off." for n in range(30)]
    message = " ".join(sentences)
    counting = Counting(encoder.session)
    counted = Encoder(counting, encoder.tokenizer)
    first = counted.encode([message, *sentences])
    once = counting.tokens
    assert once <= 256 + 30 * 12
    assert np.array_equal(counted.encode([*sentences, message]), [*first[1:], first[0]])
    assert counting.tokens == once


def test_vectors_are_those_of_the_reference(encoder):
    sentence_transformers = pytest.importorskip("sentence_transformers")
    reference = sentence_transformers.SentenceTransformer(str(model_folder()), device="cpu")
    texts = ["how long may a call take?", "30 s", "漢字 🙂 naïve", "word " * 1000]
    expected = reference.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    assert (expected * encoder.encode(texts)).sum(axis=1).min() > 0.9999


@pytest.mark.parametrize("text", ["", " ", "\x00", "\ud800 half", "x" * 1_000_000, "\u202e", "🙂" * 5000])
def test_any_text_has_a_vector(encoder, text):
    assert np.isfinite(encoder.encode([text])).all()


def test_threads_share_one_encoder(encoder):
    texts = [f"text {n % 5}" for n in range(60)]
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda text: encoder.encode([text])[0], texts))
    assert all(np.allclose(found[n], found[n % 5], atol=1e-5) for n in range(60))


def test_serving_a_query_imports_no_torch(cache, encoder):
    code = (
        "import sys; from pathlib import Path; from corpus import Encoder;"
        "Encoder.open(Path(sys.argv[1])).encode(['hello']);"
        "print([n for n in ('torch', 'sentence_transformers', 'chromadb') if n in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(cache)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    assert told.stdout.split() == [b"[]"]


def test_other_weights_than_the_published_ones_are_refused(tmp_path):
    shutil.copytree(model_folder(), tmp_path / "model")
    with (tmp_path / "model" / "model.safetensors").open("r+b") as weights:
        weights.seek(1_000_000)
        weights.write(b"\0\0\0\1")
    with pytest.raises(
        ModelError, match=r"is not the published all-MiniLM-L6-v2 .*; install groundrule again"
    ):
        check_model(tmp_path / "model")


def test_missing_weights_are_named(tmp_path):
    with pytest.raises(ModelError, match=r"model\.safetensors: cannot be read"):
        check_model(tmp_path)


def test_an_export_that_cannot_be_loaded_is_named(tmp_path):
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"nonsense")
    with pytest.raises(ModelError, match=r"broken\.onnx: cannot be loaded"):
        Encoder.load(broken, model_folder())


def test_a_prepared_model_that_was_changed_is_prepared_again(cache, encoder, tmp_path):
    shutil.copytree(cache / "models", tmp_path / "models")
    (prepared,) = (tmp_path / "models").glob("*.onnx")
    prepared.write_bytes(b"nonsense")
    steps = []
    path = exported_model(tmp_path, lambda done, total, what: steps.append(what))
    assert "preparing the embedding model, once" in steps
    assert path.stat().st_size > 50_000_000


def test_a_cache_that_cannot_be_written_is_named_with_a_way_out(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ModelError, match=r"cannot be written .*GROUNDRULE_CACHE"):
        exported_model(tmp_path / "file")
