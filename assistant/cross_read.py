"""How each reader reads texts that it did not learn from: the linear heads, and the fine-tuned encoder."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.cues import Cues, load_cues
from assistant.features import Floats, features
from assistant.heads import fit, probabilities
from assistant.learn_reader import Schooling, learn_reader
from assistant.matters import KIND, Lessons, Matter, Told, fold_of
from assistant.sentences import sentences
from assistant.trained_reader import aligned
from corpus import UNTOLD, Encoder, cache_folder

PROBED = 6  # every how manieth question of the pack is read in the cross-validation


@dataclass(frozen=True, slots=True, eq=False)
class HeldOut:
    """The texts read, ``owners`` the row of its message for each sentence after them, and what was read.

    ``linear`` holds shares and ``tuned`` logits, for each matter (texts and then sentences, labels).
    """

    texts: tuple[Told, ...]
    owners: NDArray[np.intp]
    linear: dict[str, Floats]
    tuned: dict[str, Floats]


@dataclass(frozen=True, slots=True)
class Split:
    """A cross-validation in ``folds`` parts, of which the first ``read`` are held out one by one."""

    folds: int = 4
    read: int = 4


def probed(lessons: Lessons) -> tuple[Told, ...]:
    """The texts of the cross-validation: all messages, some questions, and what is off topic."""
    return (*lessons.messages, *lessons.asks[::PROBED], *lessons.near[::PROBED], *lessons.away)


def cross_read(
    lessons: Lessons, cue_files: Sequence[Path], split: Split, schooling: Schooling, workers: int, keep: Path
) -> HeldOut:
    """The probed texts of ``split.read`` parts, as read by readers that learned from all other parts.

    Each part's logits are kept in ``keep``, so that an interrupted run goes on where it was.
    """
    folds = split.folds
    texts = tuple(told for told in probed(lessons) if fold_of(told, folds) < split.read)
    several = [(row, piece) for row, told in enumerate(texts) if told.example for piece in _pieces(told.text)]
    owners = np.array([row for row, _ in several], dtype=np.intp)
    said = [told.text for told in texts] + [piece for _, piece in several]
    part = np.array([fold_of(told, folds) for told in texts])
    part = np.concatenate([part, part[owners]])
    cues, _ = load_cues(cue_files)
    linear = _linear(lessons, said, part, split, cues)
    sizes = [len(matter.labels) for matter in lessons.matters]
    logits = np.zeros((len(said), sum(sizes)), dtype=np.float32)
    jobs = [
        (
            lessons.without(fold, folds),
            [said[at] for at in np.flatnonzero(part == fold)],
            schooling,
            fold,
            keep,
        )
        for fold in range(split.read)
    ]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for fold, found in enumerate(pool.map(_tune_part, jobs)):
            logits[part == fold] = found
    bounds = np.cumsum([0, *sizes])
    tuned = {m.name: logits[:, bounds[k] : bounds[k + 1]] for k, m in enumerate(lessons.matters)}
    return HeldOut(texts, owners, linear, tuned)


def _pieces(text: str) -> list[str]:
    found = [text[start:end].strip() for start, end in sentences(text)]
    return found if len(found) > 1 else []


def _tune_part(job: tuple[Lessons, list[str], Schooling, int, Path]) -> Floats:
    lessons, said, schooling, fold, keep = job
    kept = keep / f"part-{fold}.npy"
    if kept.is_file():
        found: Floats = np.load(kept)
        if len(found) == len(said):
            return found
    tuned = learn_reader(lessons, fold + 1, schooling, teller(f"part {fold}"))
    found = tuned.logits(said)
    np.save(kept, found)
    return found


def teller(what: str) -> Callable[[int, float], None]:
    """Prints the loss after each epoch."""

    def tell(epoch: int, loss: float) -> None:
        print(f"{what}: epoch {epoch}, loss {loss:.3f}", flush=True)  # noqa: T201  # a long command speaks

    return tell


def _linear(
    lessons: Lessons, said: Sequence[str], part: NDArray[np.intp], split: Split, cues: Cues
) -> dict[str, Floats]:
    """The linear heads' shares for all of ``said``, each text read by heads that did not see its part."""
    encoder = Encoder.open(cache_folder())
    asked = features(said, encoder.encode, cues)
    texts = probed(lessons)
    rows = features([told.text for told in texts], encoder.encode, cues)
    taught = np.array([fold_of(told, split.folds) for told in texts])
    found: dict[str, Floats] = {}
    for number, matter in enumerate(lessons.matters):
        labels = np.array([told.labels[number] for told in texts])
        known = labels != UNTOLD
        if matter.name != KIND:  # questions and asides settle no fact; the heads learn that from the kind
            known &= np.array([told.example for told in texts])
        shares = np.zeros((len(said), len(matter.labels)), dtype=np.float32)
        for fold in range(split.read):
            learned = np.flatnonzero(known & (taught != fold))
            shares[part == fold] = _read_by(matter, rows[learned], labels[learned], asked[part == fold])
        found[matter.name] = shares
    return found


def _read_by(matter: Matter, rows: Floats, labels: NDArray[np.intp], asked: Floats) -> Floats:
    """``asked`` as a head reads it that learned ``labels`` from ``rows``."""
    if len(np.unique(labels)) == 1:  # nothing to tell apart was left in the other parts
        only = np.zeros((len(asked), len(matter.labels)), dtype=np.float32)
        only[:, labels[0]] = 1.0
        return only
    head = fit(rows, np.array(matter.labels)[labels])
    return aligned(probabilities(head, asked), head.labels, matter.labels)


def workers_here() -> int:
    """Two, where there are two processors."""
    return min(2, os.cpu_count() or 1)
