"""Whether the guides answer a question, or only talk about something near it.

Nearness alone cannot tell (measured: no better than a coin). The head here weighs how near the question
lies to questions that passages answer against how near it lies to the pack's near misses, how much of its
wording the guides know, and whether the best passages hold the kind of thing that it asks for. It learns from
the pack's own questions, each judged as if neither it nor its passage had been learned from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.evidence import COMMON, Grounds, content, evidence
from assistant.features import Floats
from assistant.heads import Head, fit, held_out, probabilities
from assistant.question_kinds import COMPARISON
from corpus import learn_projection, project, stems

# Share of the pack's own questions that may be met with silence, held by cross-validation. They are judged
# with most of their siblings out of view, so other people's fare better: of 119 answerable ones 3 % were.
MOST_FALSE_SILENCE = 0.075
SEEN_SIBLINGS = 0.4  # share of a passage's other questions left in view while one of them is judged
FEWEST_NEAR = 30  # with fewer near misses there is nothing to learn silence from
MOST_JUDGED = 1500  # questions of a kind; more teach nothing new and take longer
PARTS = 4  # of the passages; questions of one are judged under what the others teach
SAME = 0.95  # cosine from which two questions say the same
ALIKE, APART = 0.85, 0.1  # the same where no question of the other kind comes nearly as near
REGULARISATION = 0.03  # the features say much the same thing; none of them may outvote the others
NAME = re.compile(r"\b[A-Z][A-Za-z0-9]{3,}")
OR_AFTER = re.compile(r"\s+(?:or|vs\.?|versus)\b", re.IGNORECASE)
ANSWERED, UNANSWERED = "answered", "unanswered"


@dataclass(frozen=True, slots=True, eq=False)
class Silence:
    """A trained judge: the head on the features of :func:`evidence`, over its pack's ``grounds``."""

    grounds: Grounds
    head: Head


def answered_share(silence: Silence, question: str, texts: Floats, asked: Floats) -> float:
    """How surely the guides answer ``question``, whose cosines with passages and questions are given.

    From 0 to 1; from ``silence.head.sure`` on it is answered. A question that is nearly one of the pack's own
    is what its author says it is. Otherwise the head decides.
    """
    grounds, head = silence.grounds, silence.head
    ask, miss = float(asked[grounds.asks].max()), float(asked[grounds.near].max())
    if max(ask, miss) >= (ALIKE if abs(ask - miss) >= APART else SAME) and ask != miss:
        return float(ask > miss)
    if compares_stranger(grounds, question):
        return 0.0
    row = evidence(grounds, question, texts, asked)
    return float(probabilities(head, row[None, :])[0, head.labels.index(ANSWERED)])


def compares_stranger(grounds: Grounds, question: str) -> bool:
    """Whether ``question`` holds something against a name that neither guides nor questions know.

    "Is Zoneflow better?" cannot be answered by guides that never mention it, however near they lie. A word
    that begins the question may have its capital letter for that alone, so it counts only beside "or".
    """
    for name in NAME.finditer(question):
        begins = name.start() == 0
        beside = OR_AFTER.match(question, name.end()) is not None
        unknown = all(stem not in grounds.known and stem not in COMMON for stem in stems(name.group()))
        if unknown and (beside if begins else beside or COMPARISON.search(question)):
            return True
    return False


def shares_words(question: str, passages: Sequence[str]) -> bool:
    """Whether one of ``passages`` holds at least half of what ``question`` is about.

    All that can be told for a pack that has too few near misses to learn from.
    """
    asked = set(content(question))
    return any(len(asked & set(content(passage))) * 2 >= len(asked) for passage in passages) and bool(asked)


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """Vectors of length 1, a row each, of passages and questions."""

    passages: Floats
    questions: Floats


def train_silence(
    grounds: Grounds, plain: Vectors, learned: Vectors, away: Floats, away_texts: Sequence[str]
) -> Head | None:
    """A head that tells answered from unanswered questions, ``None`` where near misses are too few.

    ``plain`` are the embedding model's vectors, ``learned`` those under the projection that all questions
    taught, ``away`` those of messages that no guide answers, likewise learned.
    """
    if len(grounds.near) < FEWEST_NEAR or not len(grounds.asks):
        return None
    rows, labels = [], []
    for row, label in _judged(grounds, plain):
        rows.append(row)
        labels.append(label)
    for vector, text in zip(away, away_texts, strict=True):
        rows.append(evidence(grounds, text, learned.passages @ vector, learned.questions @ vector))
        labels.append(UNANSWERED)
    return _bounded(np.stack(rows), labels)


def _judged(grounds: Grounds, plain: Vectors) -> Iterator[tuple[Floats, str]]:
    """Features and label of the pack's own questions, each judged as a stranger's question would be.

    That is without itself and with only some of its siblings, under a projection that was learned without
    its passage (fixed seed).
    """
    chance = np.random.default_rng(0)
    asks = chance.permutation(grounds.asks)[:MOST_JUDGED]
    chosen = np.concatenate([asks, chance.permutation(grounds.near)[:MOST_JUDGED]])
    answered = set(asks.tolist())
    for part in range(PARTS):
        passages, questions = _without(grounds, plain, part)
        for own in chosen[grounds.owners[chosen] % PARTS == part]:
            siblings = (grounds.owners == grounds.owners[own]) & (
                chance.random(len(questions)) > SEEN_SIBLINGS
            )
            siblings[own] = True
            vector = questions[own]
            asked = np.where(siblings, np.float32(-1.0), questions @ vector)
            row = evidence(grounds, grounds.questions[own], passages @ vector, asked, int(own))
            yield row, ANSWERED if int(own) in answered else UNANSWERED


def _without(grounds: Grounds, plain: Vectors, part: int) -> tuple[Floats, Floats]:
    """Passages and questions under the projection that the passages of the other parts teach."""
    others = grounds.asks[grounds.owners[grounds.asks] % PARTS != part]
    owners = grounds.owners[others].tolist()
    projection = learn_projection(plain.passages, plain.questions[others], owners)
    if projection is None:
        return plain.passages, plain.questions
    return project(projection, plain.passages), project(projection, plain.questions)


def _bounded(rows: Floats, labels: list[str]) -> Head:
    """The head on ``rows``, its bound set so that few enough answered questions fall below it."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + np.float32(1e-6)
    scaled, truth = (rows - mean) / spread, np.array(labels)
    head = fit(scaled, truth, REGULARISATION)
    share = held_out(scaled, truth, c=REGULARISATION)[truth == ANSWERED, head.labels.index(ANSWERED)]
    weights = head.weights / spread[:, None]
    return replace(
        head,
        weights=weights.astype(np.float32),
        bias=(head.bias - mean @ weights).astype(np.float32),
        sure=float(np.quantile(share, MOST_FALSE_SILENCE)),
    )
