"""Heads: small linear classifiers on text features, trained from the pack's own examples.

Multinomial logistic regression. Training uses scikit-learn and happens when the index is built; applying a
head needs numpy alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.features import Floats

FOLDS = 3
SILENT = ""  # the label of a text that does not settle the matter
REGULARISATION = 1.0
MOST_WRONG = 0.032  # cost of wrong readings a message, held on messages the head was not trained with
LEAST_SURE, MOST_SURE = 0.55, 0.95


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """``labels`` in the order of the columns of ``weights`` (features, labels) and of ``bias`` (labels,).

    ``sure`` is the probability from which a reading may be used.
    """

    labels: tuple[str, ...]
    weights: Floats
    bias: Floats
    sure: float


def probabilities(head: Head, rows: Floats) -> Floats:
    """(texts, labels): how likely each label is for each row of features."""
    scores = rows @ head.weights + head.bias
    scores -= scores.max(axis=1, keepdims=True)
    raised = np.exp(scores)
    shares: Floats = (raised / raised.sum(axis=1, keepdims=True)).astype(np.float32)
    return shares


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """The sentences of texts that have several: their features, and for each the row of its text."""

    rows: Floats
    owners: NDArray[np.intp]


def spoken(labels: Sequence[str]) -> list[int]:
    """The columns of the labels that say something."""
    return [column for column, label in enumerate(labels) if label != SILENT]


def blended(labels: Sequence[str], whole: Floats, pieces: Floats) -> Floats:
    """(labels,): a text's probabilities averaged with those of its sentence that settles the most.

    ``whole`` is (labels,), ``pieces`` (sentences, labels). A long story drowns the one sentence that
    matters; a sentence alone lacks the story. Their mean beats both.
    """
    if not len(pieces):
        return whole
    surest = pieces[pieces[:, spoken(labels)].max(axis=1).argmax()]
    mean: Floats = (whole + surest) / 2
    return mean


def train_head(rows: Floats, labels: Sequence[str], pieces: Pieces | None = None) -> Head:
    """A head for ``labels`` whose ``sure`` keeps wrong readings within :data:`MOST_WRONG`."""
    truth = np.array(labels)
    head = fit(rows, truth)
    return replace(head, sure=least_sure(held_out(rows, truth, pieces), truth, head.labels))


def held_out(
    rows: Floats, truth: NDArray[np.str_], pieces: Pieces | None = None, c: float = REGULARISATION
) -> Floats:
    """(texts, labels): the probabilities that heads give for texts they were not trained with.

    Stratified cross-validation with a fixed seed; labels are in sorted order, as in a head. With ``pieces``
    each text is read as :func:`blended` reads it.
    """
    # scikit-learn costs seconds to import and is needed only here, while an index is built.
    from sklearn.model_selection import StratifiedKFold

    names, counts = np.unique(truth, return_counts=True)
    held = np.zeros((len(truth), len(names)), dtype=np.float32)
    folds = StratifiedKFold(max(2, min(FOLDS, int(counts.min()))), shuffle=True, random_state=0)
    for train, test in folds.split(rows, truth):
        head = fit(rows[train], truth[train], c)
        held[test] = probabilities(head, rows[test])
        if pieces is not None:
            for row in test:
                held[row] = blended(
                    head.labels, held[row], probabilities(head, pieces.rows[pieces.owners == row])
                )
    return held


def fit(rows: Floats, truth: NDArray[np.str_], c: float = REGULARISATION) -> Head:
    """A head for the labels in ``truth`` (at least two different ones), sure from an even chance on.

    The smaller ``c``, the less a single feature may weigh.
    """
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=c, tol=1e-3, max_iter=200, class_weight="balanced")
    model.fit(csr_matrix(rows), truth)
    coefficients, intercepts = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # scikit-learn gives two labels one column; ours have one each
        coefficients = np.vstack([-coefficients / 2, coefficients / 2])
        intercepts = np.concatenate([-intercepts / 2, intercepts / 2])
    names = tuple(str(name) for name in model.classes_)
    return Head(names, coefficients.T.astype(np.float32), intercepts.astype(np.float32), 0.5)


def least_sure(held: Floats, truth: NDArray[np.str_], names: tuple[str, ...]) -> float:
    """The least probability at which readings are wrong seldom enough.

    Reading the opposite of what was meant counts whole, reading something where nothing was settled half:
    the first misleads, the second is shown to the user as understood and can be corrected.
    """
    read = np.array(names)[held.argmax(axis=1)]
    sure = held.max(axis=1)
    costs = np.where(truth == SILENT, 0.5, 1.0) * ((read != SILENT) & (read != truth))
    for bound in np.arange(LEAST_SURE, MOST_SURE, 0.01):
        if costs[sure >= bound].sum() / len(truth) <= MOST_WRONG:
            return float(bound)
    return MOST_SURE
