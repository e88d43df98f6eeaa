"""The cross-encoder of a pack: it reads a question together with what lies near and says if they belong.

Its weights ship with the product (``assistant/pairs``, made by ``make train``), and with them what it said of
questions of the pack before it learned from them: from that, silence learns how far to trust it. A pack with
other questions is judged without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import file_digest, sha256
from importlib.resources import files
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile

import numpy as np

from assistant.features import Floats
from corpus import Classifier

WEIGHTS, HELD = "weights.onnx", "held.npz"
ASKS = 8  # of the nearest questions, each read together with the question
BEST = 3  # of them, whose mean counts
FEWEST_HELD = 300  # questions of each kind that it must have been held against to be heard


@dataclass(frozen=True, slots=True, eq=False)
class CrossEncoder:
    """``classifier`` scores pairs; ``held`` are the scores of questions that were held out, by their hash.

    ``sha256`` stands for what was held out and for the weights that were learned beside it.
    """

    classifier: Classifier
    held: Mapping[int, Floats]
    sha256: str

    def scores(self, question: str, passage: str, asks: Sequence[str]) -> Floats:
        """(2,): whether ``passage`` answers ``question``, and whether it asks what the ``asks`` ask."""
        return summed(self.classifier.logits(pairs_of(question, passage, asks)))

    def held_out(self, question: str) -> Floats | None:
        """The same for a question of the pack, as said before it was learned; ``None`` for any other."""
        return self.held.get(hash_of(question))


def knows(cross: CrossEncoder, asks: Iterable[str], near: Iterable[str]) -> bool:
    """Whether enough answered questions and enough near misses are among those it was held against."""
    counts = [sum(cross.held_out(text) is not None for text in some) for some in (asks, near)]
    return min(counts) >= FEWEST_HELD


def pairs_of(question: str, passage: str, asks: Sequence[str]) -> list[tuple[str, str]]:
    """What is read together: ``question`` with its best passage and with the nearest questions, in order."""
    return [(question, passage), *((question, ask) for ask in asks[:ASKS])]


def summed(logits: Floats) -> Floats:
    """(2,): what the logits (pairs, 2) of :func:`pairs_of` say of the passage and of the questions."""
    belongs = logits[:, 1] - logits[:, 0]
    asked = np.sort(belongs[1:])[-BEST:]
    return np.array([belongs[0], asked.mean() if len(asked) else belongs[0]], dtype=np.float32)


def hash_of(question: str) -> int:
    """Stands for the text of a question of the pack."""
    return int.from_bytes(sha256(question.encode()).digest()[:8], "big")


def pairs_folder() -> Path:
    """Where the weights ship."""
    return Path(str(files("assistant").joinpath("pairs")))


def write_held(file: BinaryIO, scores: Mapping[str, Floats], weights: Path) -> None:
    """Write the scores of questions that were held out, tied to the ``weights`` learned beside them."""
    hashes = np.array([hash_of(question) for question in scores], dtype=np.uint64)
    told = np.array(list(scores.values()), dtype=np.float16)
    np.savez_compressed(file, questions=hashes, scores=told, weights=np.array(_sha256(weights)))


def open_cross_encoder(folder: Path | None = None) -> CrossEncoder | None:
    """The cross-encoder in ``folder`` (default: the one that ships), ``None`` where none can be read.

    Scores beside other weights than those they were written with say nothing of these: then there is none.
    """
    folder = folder or pairs_folder()
    try:
        with (folder / HELD).open("rb") as file, np.load(file, allow_pickle=False) as kept:
            questions, scores = kept["questions"].tolist(), kept["scores"].astype(np.float32)
            weights = str(kept["weights"])
        held = dict(zip(questions, scores, strict=True))
        if weights != _sha256(folder / WEIGHTS):
            return None
        return CrossEncoder(Classifier(folder / WEIGHTS), held, _sha256(folder / HELD))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
