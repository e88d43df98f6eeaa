"""The trained reader of a pack: a fine-tuned encoder that judges all facts and the kind of a message at once.

Its weights ship with the product (``assistant/reader``, made by ``make train``) and are used where their
facts are those of the pack's rules. Everywhere else the linear heads read alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from assistant.features import Floats
from assistant.heads import Head
from assistant.matters import Matter, facts_hash, messages_hash
from assistant.pack import Pack
from corpus import Classifier

WEIGHTS, CARD = "weights.onnx", "card.json"


@dataclass(frozen=True, slots=True)
class Calibration:
    """How one matter's scores become shares that can be trusted as probabilities.

    Scores are divided by ``temperature`` (Guo et al., On calibration of modern neural networks, 2017), and
    the shares averaged with those of the linear head, which counts with ``linear`` between 0 and 1. ``sure``
    is the probability from which the mean may be used.
    """

    temperature: float
    linear: float
    sure: float


@dataclass(frozen=True, slots=True)
class Card:
    """What is known about the weights: what they judge, how they are read, what they were learned from."""

    matters: tuple[Matter, ...]
    calibrations: Mapping[str, Calibration]
    facts_sha256: str
    messages_sha256: str

    def text(self, figures: Mapping[str, object]) -> str:
        """The card as JSON, with the ``figures`` measured when the weights were made."""
        told = {
            "facts_sha256": self.facts_sha256,
            "messages_sha256": self.messages_sha256,
            "matters": {
                matter.name: {
                    "labels": list(matter.labels),
                    "temperature": round(self.calibrations[matter.name].temperature, 3),
                    "linear": round(self.calibrations[matter.name].linear, 3),
                    "sure": round(self.calibrations[matter.name].sure, 3),
                }
                for matter in self.matters
            },
            "figures": dict(figures),
        }
        return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


@dataclass(frozen=True, slots=True, eq=False)
class TrainedReader:
    """The weights with their card, loaded when they are first asked."""

    card: Card
    classifier: Classifier

    def shares(self, texts: Sequence[str]) -> dict[str, Floats]:
        """For each matter (texts, labels): how likely each label is, before any other reader is heard."""
        logits = self.classifier.logits(texts)
        found: dict[str, Floats] = {}
        start = 0
        for matter in self.card.matters:
            part = logits[:, start : start + len(matter.labels)]
            found[matter.name] = softmax(part / np.float32(self.card.calibrations[matter.name].temperature))
            start += len(matter.labels)
        return found

    def joined(self, name: str, head: Head, linear: Floats, trained: Floats) -> Floats:
        """(texts, labels of ``head``): both readers' shares averaged; ``trained`` has the matter's labels."""
        matter = next(matter for matter in self.card.matters if matter.name == name)
        weight = np.float32(self.card.calibrations[name].linear)
        return weight * linear + (1 - weight) * aligned(trained, matter.labels, head.labels)


def softmax(scores: Floats) -> Floats:
    """(texts, labels) of scores as shares that sum to 1."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = (raised / raised.sum(axis=1, keepdims=True)).astype(np.float32)
    return shares


def aligned(shares: Floats, labels: Sequence[str], wanted: Sequence[str]) -> Floats:
    """``shares`` with a column for each of ``wanted``, zeros for a label that is not among ``labels``."""
    place = {label: column for column, label in enumerate(labels)}
    found = np.zeros((len(shares), len(wanted)), dtype=np.float32)
    for column, label in enumerate(wanted):
        if label in place:
            found[:, column] = shares[:, place[label]]
    return found


def open_reader(pack: Pack) -> TrainedReader | None:
    """The trained reader for ``pack``, ``None`` where there is none or it was trained for other facts."""
    folder = reader_folder()
    card = read_card(folder)
    if card is None or pack.rules is None or card.facts_sha256 != facts_hash(pack.rules):
        return None
    return TrainedReader(card, _classifier(folder / WEIGHTS))


def has_seen_all(card: Card, pack: Pack) -> bool:
    """Whether the weights were learned from just the example messages that ``pack`` has now."""
    return card.messages_sha256 == messages_hash(pack)


def reader_folder() -> Path:
    """Where the weights and their card ship."""
    return Path(str(files("assistant").joinpath("reader")))


def read_card(folder: Path) -> Card | None:
    """The card in ``folder``; ``None`` where there are no weights with a card that can be read."""
    try:
        told = json.loads((folder / CARD).read_text(encoding="utf-8"))
        matters = told["matters"]
        card = Card(
            tuple(Matter(name, tuple(map(str, held["labels"]))) for name, held in matters.items()),
            {
                name: Calibration(float(held["temperature"]), float(held["linear"]), float(held["sure"]))
                for name, held in matters.items()
            },
            str(told["facts_sha256"]),
            str(told["messages_sha256"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return card if (folder / WEIGHTS).is_file() else None


@lru_cache(maxsize=4)
def _classifier(path: Path) -> Classifier:
    """One set of weights a process, however many assistants are open."""
    return Classifier(path)
