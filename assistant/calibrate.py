"""How far the trained reader can be trusted, from what it read without having learned it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assistant.cross_read import HeldOut
from assistant.features import Floats
from assistant.heads import SILENT, blended, least_sure
from assistant.matters import Matter
from assistant.trained_reader import Calibration, softmax
from corpus import UNTOLD

TEMPERATURES = np.arange(0.1, 2.6, 0.05)
# Between 0.1 and 0.5 log loss likes less of the linear heads and accuracy more; decisions hardly care.
LINEAR_SHARE = 0.25


def truth_of(held: HeldOut, number: int, *, examples: bool) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """(rows, labels) of the texts whose label of this matter is known, of ``examples`` alone or of all."""
    labels = np.array([told.labels[number] for told in held.texts], dtype=np.intp)
    known = labels != UNTOLD
    if examples:
        known &= np.array([told.example for told in held.texts])
    rows = np.flatnonzero(known)
    return rows, labels[rows]


def calibrate(held: HeldOut, matter: Matter, number: int) -> Calibration:
    """The temperature of the least log loss, and the probability from which few enough readings are wrong."""
    spoken_of = matter.labels[0] == SILENT
    rows, truth = truth_of(held, number, examples=spoken_of)
    linear, tuned = held.linear[matter.name][rows], held.tuned[matter.name][rows]
    at = np.arange(len(rows))
    best = (np.inf, 1.0)
    for temperature in TEMPERATURES:
        mixed = LINEAR_SHARE * linear + (1 - LINEAR_SHARE) * softmax(tuned / np.float32(temperature))
        loss = float(-np.log(np.maximum(mixed[at, truth], 1e-6)).mean())
        best = min(best, (loss, float(temperature)))
    found = Calibration(best[1], LINEAR_SHARE, 0.5)
    if not spoken_of:
        return found
    read = as_read(held, matter, found)[rows]
    return replace(found, sure=least_sure(read, np.array(matter.labels)[truth], matter.labels))


def as_read(held: HeldOut, matter: Matter, calibration: Calibration) -> Floats:
    """(texts, labels): the shares of each held-out text as both readers give them together."""
    tuned = softmax(held.tuned[matter.name] / np.float32(calibration.temperature))
    weight = np.float32(calibration.linear)
    mixed: Floats = weight * held.linear[matter.name] + (1 - weight) * tuned
    return mixed[: len(held.texts)]


def whole_and_pieces(held: HeldOut, matter: Matter, shares: Floats) -> Floats:
    """Shares of texts and of their sentences made one a text, as :func:`assistant.heads.blended` does."""
    count = len(held.texts)
    found = shares[:count].copy()
    if matter.labels[0] != SILENT:
        return found
    for row in np.unique(held.owners):
        found[row] = blended(matter.labels, shares[row], shares[count:][held.owners == row])
    return found


def figures_of(
    held: HeldOut, matters: tuple[Matter, ...], found: Mapping[str, Calibration]
) -> dict[str, object]:
    """For each matter: texts, share right of each reader, and what is read and wrong from ``sure`` on."""
    figures: dict[str, object] = {}
    for number, matter in enumerate(matters):
        spoken_of = matter.labels[0] == SILENT
        rows, truth = truth_of(held, number, examples=spoken_of)
        linear = whole_and_pieces(held, matter, held.linear[matter.name])[rows]
        tuned = softmax(held.tuned[matter.name])[rows]
        both = as_read(held, matter, found[matter.name])[rows]
        told = {
            "texts": len(rows),
            "linear right": _share(linear.argmax(axis=1) == truth),
            "tuned right": _share(tuned.argmax(axis=1) == truth),
            "both right": _share(both.argmax(axis=1) == truth),
        }
        if spoken_of:
            told |= _sure_figures(both, truth, found[matter.name].sure)
        figures[matter.name] = told
    return figures


def _sure_figures(shares: Floats, truth: NDArray[np.intp], sure: float) -> dict[str, float]:
    """What becomes of readings where those below ``sure`` are silence (label 0)."""
    read = np.where(shares.max(axis=1) >= sure, shares.argmax(axis=1), 0)
    settled = truth != 0
    return {
        "settled facts read": _share(read[settled] == truth[settled]),
        "wrong": _share((read != 0) & (read != truth)),
        "opposite": _share(settled & (read != 0) & (read != truth)),
    }


def _share(hits: NDArray[np.bool_]) -> float:
    return round(float(hits.mean()), 4) if len(hits) else 0.0
