"""Learning to judge silence from the pack's own questions, each judged as a stranger's would be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.cross_encoder import CrossEncoder, hash_of, knows
from assistant.evidence import UNSEEN, Grounds, evidence
from assistant.features import Floats
from assistant.heads import Head, fit, held_out, probabilities
from assistant.silence import ANSWERED, UNANSWERED, silence_features
from corpus import learn_projection, project

Rows = NDArray[np.intp]

# Share of the pack's own questions that may be met with silence, held by cross-validation. They are judged
# with most of their siblings out of view, so other people's fare better: of 189 answerable ones 5 % were.
MOST_FALSE_SILENCE = 0.075
MOST_FALSE_SILENCE_HEARD = 0.06  # the same with a cross-encoder, which lets fewer of the pack's own go astray
SEEN_SIBLINGS = 0.4  # share of a passage's other questions left in view while one of them is judged
FEWEST_NEAR = 30  # with fewer near misses there is nothing to learn silence from
MOST_JUDGED = 1500  # questions of a kind; more teach nothing new and take longer
PARTS = 4  # of the passages; questions of one are judged under what the others teach
REGULARISATION = 0.03  # the features say much the same thing; none of them may outvote the others
# A cross-encoder knows the hand of the pack's authors, which all its questions share; strangers write
# otherwise. Of what it seems worth on the pack's own questions, half holds on those of others.
HEARD = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """Vectors of length 1, a row each, of passages and questions."""

    passages: Floats
    questions: Floats


def fitting(cross: CrossEncoder | None, grounds: Grounds) -> CrossEncoder | None:
    """``cross``, where it knows the pack's questions."""
    if cross is None:
        return None
    asks, near = ([grounds.questions[row] for row in some] for some in (grounds.asks, grounds.near))
    return cross if knows(cross, asks, near) else None


def _known(cross: CrossEncoder, grounds: Grounds, rows: Rows) -> Rows:
    known = [row for row in rows.tolist() if cross.held_out(grounds.questions[row]) is not None]
    return np.array(known, dtype=np.intp)


def train_silence(
    grounds: Grounds,
    plain: Vectors,
    learned: Vectors,
    away: Floats,
    away_texts: Sequence[str],
    cross: CrossEncoder | None = None,
) -> Head | None:
    """A head that tells answered from unanswered questions, ``None`` where near misses are too few.

    ``plain`` are the embedding model's vectors, ``learned`` those under the projection that all questions
    taught, ``away`` those of messages that no guide answers, likewise learned. With ``cross`` the head has
    its two scores as further features; what they are worth is learned from the questions that it was held
    against.
    """
    if len(grounds.near) < FEWEST_NEAR or not len(grounds.asks):
        return None
    far = np.stack(
        [
            silence_features(grounds, cross, text, learned.passages @ vector, learned.questions @ vector)
            for vector, text in zip(away, away_texts, strict=True)
        ]
    )
    judged = chosen(grounds.asks, grounds.near)
    known = judged[:0]
    if cross is not None:
        known = chosen(_known(cross, grounds, grounds.asks), _known(cross, grounds, grounds.near))
    owns, rows, truth = _judged(grounds, plain, np.union1d(judged, known))
    count, mine = rows.shape[1], np.isin(owns, judged)
    head = _bounded(np.vstack([rows[mine], far[:, :count]]), np.append(truth[mine], [UNANSWERED] * len(far)))
    if cross is None:
        return head
    held = np.isin(owns, known)
    scores = np.stack([cross.held[hash_of(grounds.questions[own])] for own in owns[held]])
    return _hearing(head, np.hstack([rows[held], scores]), truth[held], far)


def _judged(grounds: Grounds, plain: Vectors, chosen: Rows) -> tuple[Rows, Floats, NDArray[np.str_]]:
    """The rows ``chosen`` in the order of :func:`strangers`, with the features and label of each question."""
    answered = set(grounds.asks.tolist())
    owns, rows, truth = [], [], []
    for stranger in strangers(grounds, plain, chosen):
        own = stranger.own
        owns.append(own)
        rows.append(evidence(grounds, grounds.questions[own], stranger.texts, stranger.asked, own))
        truth.append(ANSWERED if own in answered else UNANSWERED)
    return np.array(owns, dtype=np.intp), np.stack(rows), np.array(truth)


@dataclass(frozen=True, slots=True, eq=False)
class Stranger:
    """A question of the pack, row ``own``, as a stranger's would be judged.

    ``texts`` and ``asked`` are its cosines with passages and questions, without itself and with only some of
    its siblings, under a projection that was learned without its passage.
    """

    own: int
    texts: Floats
    asked: Floats


def chosen(asks: Rows, near: Rows) -> Rows:
    """At most :data:`MOST_JUDGED` of each, the same in every run."""
    chance = np.random.default_rng(0)
    return np.concatenate([chance.permutation(some)[:MOST_JUDGED] for some in (asks, near)])


def strangers(grounds: Grounds, plain: Vectors, rows: Rows) -> Iterator[Stranger]:
    """Each of the questions in ``rows`` as a stranger's (fixed seed)."""
    chance = np.random.default_rng(0)
    for part in range(PARTS):
        mine = rows[part_of(grounds, rows) == part]
        if not len(mine):
            continue
        passages, questions = _without(grounds, plain, part)
        for own in mine:
            siblings = (grounds.owners == grounds.owners[own]) & (
                chance.random(len(questions)) > SEEN_SIBLINGS
            )
            siblings[own] = True
            vector = questions[own]
            asked = np.where(siblings, np.float32(UNSEEN), questions @ vector)
            yield Stranger(int(own), passages @ vector, asked)


def part_of(grounds: Grounds, rows: Rows) -> Rows:
    """The part of the passages, from 0 to :data:`PARTS` - 1, that each question belongs to."""
    parts: Rows = grounds.owners[rows] % PARTS
    return parts


def _without(grounds: Grounds, plain: Vectors, part: int) -> tuple[Floats, Floats]:
    """Passages and questions under the projection that the passages of the other parts teach."""
    others = grounds.asks[grounds.owners[grounds.asks] % PARTS != part]
    owners = grounds.owners[others].tolist()
    projection = learn_projection(plain.passages, plain.questions[others], owners)
    if projection is None:
        return plain.passages, plain.questions
    return project(projection, plain.passages), project(projection, plain.questions)


def _bounded(rows: Floats, truth: NDArray[np.str_]) -> Head:
    """The head on ``rows``, its bound set so that few enough answered questions fall below it."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + np.float32(1e-6)
    scaled = (rows - mean) / spread
    head = fit(scaled, truth, REGULARISATION)
    share = held_out(scaled, truth, c=REGULARISATION)[truth == ANSWERED, head.labels.index(ANSWERED)]
    weights = head.weights / spread[:, None]
    return replace(
        head,
        weights=weights.astype(np.float32),
        bias=(head.bias - mean @ weights).astype(np.float32),
        sure=float(np.quantile(share, MOST_FALSE_SILENCE)),
    )


def _hearing(head: Head, rows: Floats, truth: NDArray[np.str_], far: Floats) -> Head:
    """``head`` with the scores of a cross-encoder beside its features, in the last columns of ``rows``.

    ``far`` are the features of messages that no guide answers.
    """
    count, column = len(head.weights), head.labels.index(ANSWERED)

    def seen(some: Floats) -> Floats:
        score = some[:, :count] @ head.weights[:, column] + head.bias[column]
        return np.column_stack([score, some[:, count:]]).astype(np.float32)

    both = fit(np.vstack([seen(rows), seen(far)]), np.append(truth, [UNANSWERED] * len(far)))
    own = np.outer(head.weights[:, column], both.weights[0])
    weights = np.vstack([own, HEARD * both.weights[1:]]).astype(np.float32)
    bias = (head.bias[column] * both.weights[0] + both.bias).astype(np.float32)
    joined = Head(head.labels, weights, bias, 0.5)
    shares = probabilities(joined, rows[truth == ANSWERED])[:, column]
    return replace(joined, sure=float(np.quantile(shares, MOST_FALSE_SILENCE_HEARD)))
