"""Whether the guides answer a question, or only talk about something near it.

Nearness alone cannot tell (measured: no better than a coin). The head here weighs how near the question
lies to questions that passages answer against how near it lies to the pack's near misses, how much of its
wording the guides know, and whether it asks for a number where the best passages hold none. It learns from
the pack's own questions, each judged as if it were not in the pack.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.features import Floats
from assistant.heads import Head, fit, held_out, probabilities
from corpus import Corpus, stems

# Share of answerable questions that may be met with silence, held by cross-validation.
MOST_FALSE_SILENCE = 0.06
SEEN_SIBLINGS = 0.4  # share of a passage's other questions left in view while one of them is judged
FEWEST_NEAR = 30  # with fewer near misses there is nothing to learn silence from
MOST_JUDGED = 800  # questions; more teach nothing new and take longer
ALIKE, APART = 0.85, 0.1  # cosines from which two questions are the same one, and clearly nearer than another
SURE_WITHOUT_FIGURE = 0.5  # for a number that the best passages do not hold
ANSWERED, UNANSWERED = "answered", "unanswered"
ASKS_NUMBER = re.compile(
    r"\b(?:how (?:many|much|long|often|big|large|fast|high|old)|max(?:imum)?|min(?:imum)?|number|price|"
    r"cost|fee|when (?:was|were|did|will|is|does)|date|year|size|percent|rate|version)\b",
    re.IGNORECASE,
)
COMMON = frozenset(
    stems(
        "a an the is are was were be been do does did can could should would will may might must i we you "
        "they he she it my our your their its of in on at to for from with by and or but not no if then than "
        "that this these those what which who where when why how there here have has had any some so just "
        "only also about into over per as up out get got give me us them one thing need want use used using"
    )
)


@dataclass(frozen=True, slots=True, eq=False)
class Grounds:
    """The pack's questions and words in the form that is computed with.

    ``owners`` holds for each question the row of its passage, ``asks`` and ``near`` the rows of both kinds.
    ``questions`` are the stems of each question and ``numbers`` says which ask for a number.
    ``texts`` are the stems of each passage, ``asked`` count the stems of its questions, ``known`` those of
    everything; ``figures`` says which passages hold a digit.
    """

    owners: NDArray[np.intp]
    asks: NDArray[np.intp]
    near: NDArray[np.intp]
    questions: tuple[tuple[str, ...], ...]
    numbers: tuple[bool, ...]
    texts: tuple[frozenset[str], ...]
    asked: tuple[Counter[str], ...]
    known: Counter[str]
    figures: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Silence:
    """A trained judge: the head on the features of :func:`evidence`, over its pack's ``grounds``."""

    grounds: Grounds
    head: Head


def answers(silence: Silence, question: str, texts: Floats, asked: Floats) -> bool:
    """Whether the guides answer ``question``, whose cosines with passages and questions are given.

    A question that is nearly one of the pack's own is what its author says it is. Otherwise the head
    decides; a number asked for where the best passages hold none takes more to be believed.
    """
    grounds, head = silence.grounds, silence.head
    ask, miss = float(asked[grounds.asks].max()), float(asked[grounds.near].max())
    if max(ask, miss) >= ALIKE and abs(ask - miss) >= APART:
        return ask > miss
    row = evidence(grounds, _content(question), _asks_number(question), texts, asked)
    share = probabilities(head, row[None, :])[0, head.labels.index(ANSWERED)]
    return bool(share >= (SURE_WITHOUT_FIGURE if row[-1] else head.sure))


def shares_words(question: str, passages: Sequence[str]) -> bool:
    """Whether one of ``passages`` holds at least half of what ``question`` is about.

    All that can be told for a pack that has too few near misses to learn from.
    """
    asked = set(_content(question))
    return any(len(asked & set(_content(passage))) * 2 >= len(asked) for passage in passages) and bool(asked)


def ground(corpus: Corpus) -> Grounds:
    """The grounds of a corpus."""
    passages = [p for guide in corpus.guides for section in guide.sections for p in section.passages]
    rows = {passage.id: row for row, passage in enumerate(passages)}
    kinds = np.array([question.kind == "ask" for question in corpus.questions], dtype=bool)
    owners = np.array([rows[question.passage] for question in corpus.questions], dtype=np.intp)
    words = tuple(_content(question.text) for question in corpus.questions)
    asked: list[Counter[str]] = [Counter() for _ in passages]
    texts = tuple(frozenset(_content(f"{' '.join(p.heading)} {p.lead} {p.reading}")) for p in passages)
    known: Counter[str] = Counter()
    for text in texts:
        known.update(text)
    for owner, ask, told in zip(owners, kinds, words, strict=True):
        if ask:
            asked[owner].update(told)
            known.update(told)
    figures = np.array([any(c.isdigit() for c in passage.reading) for passage in passages], dtype=bool)
    return Grounds(
        owners=owners,
        asks=np.flatnonzero(kinds),
        near=np.flatnonzero(~kinds),
        questions=words,
        numbers=tuple(_asks_number(question.text) for question in corpus.questions),
        texts=texts,
        asked=tuple(asked),
        known=known,
        figures=figures,
    )


def evidence(
    grounds: Grounds,
    words: Sequence[str],
    number: bool,
    texts: Floats,
    asked: Floats,
    own: int | None = None,
) -> Floats:
    """The features of one question, float32 of shape (15,).

    ``texts`` and ``asked`` are its cosines with every passage and every question of the pack; a question
    that is not to be seen has -1. ``own`` is the question's own row when it is one of the pack's: its words
    then do not count as known.
    """
    near_asks = np.sort(asked[grounds.asks])[::-1]
    near_misses = np.sort(asked[grounds.near])[::-1]
    best_ask = _best_of_each(grounds, grounds.asks, asked, len(texts))
    best_miss = _best_of_each(grounds, grounds.near, asked, len(texts))
    order = np.argsort(-(texts + best_ask))[:3]
    best = int(order[0])
    owned = Counter(words) if own is not None and own in grounds.asks else Counter[str]()
    weights = {
        word: float(np.log1p(len(texts) * 3 / (grounds.known[word] - owned[word] + 0.5))) for word in words
    }
    total = sum(weights.values()) + 1e-9

    def covered(row: int, word: str) -> bool:
        mine = owned[word] if own is not None and grounds.owners[own] == row else 0
        return word in grounds.texts[row] or grounds.asked[row][word] - mine > 0

    def share(of: Callable[[str], bool]) -> float:
        return sum(weight for word, weight in weights.items() if of(word)) / total

    return np.array(
        [
            near_asks[0],
            near_asks[:3].mean(),
            near_asks[:10].mean(),
            near_misses[0],
            near_misses[:3].mean(),
            near_misses[:10].mean(),
            near_asks[0] - near_misses[0],
            near_asks[:3].mean() - near_misses[:3].mean(),
            texts[best],
            texts.max(),
            best_ask[best] - best_miss[best],
            share(lambda word: covered(best, word)),
            share(lambda word: any(covered(int(row), word) for row in order)),
            share(lambda word: grounds.known[word] - owned[word] <= 0),
            float(number and not grounds.figures[order].any()),
        ],
        dtype=np.float32,
    )


def train_silence(
    grounds: Grounds, texts: Floats, vectors: Floats, away: Floats, away_texts: Sequence[str]
) -> Head | None:
    """A head that tells answered from unanswered questions, ``None`` where near misses are too few.

    ``texts`` and ``vectors`` hold the vectors of passages and questions, ``away`` those of messages that no
    guide answers. Every question of the pack is judged without itself and with only some of its siblings,
    as a stranger's question would be (fixed seed).
    """
    if len(grounds.near) < FEWEST_NEAR or not len(grounds.asks):
        return None
    chance = np.random.default_rng(0)
    some = chance.permutation(grounds.asks)[:MOST_JUDGED]
    rows, labels = [], []
    for own in [*some, *chance.permutation(grounds.near)[:MOST_JUDGED]]:
        siblings = (grounds.owners == grounds.owners[own]) & (chance.random(len(vectors)) > SEEN_SIBLINGS)
        siblings[own] = True
        asked = np.where(siblings, np.float32(-1.0), vectors @ vectors[own])
        words, number = grounds.questions[own], grounds.numbers[own]
        rows.append(evidence(grounds, words, number, texts @ vectors[own], asked, int(own)))
        labels.append(ANSWERED if own in grounds.asks else UNANSWERED)
    for vector, text in zip(away, away_texts, strict=True):
        words, number = _content(text), _asks_number(text)
        rows.append(evidence(grounds, words, number, texts @ vector, vectors @ vector))
        labels.append(UNANSWERED)
    return _bounded(np.stack(rows), labels)


def _bounded(rows: Floats, labels: list[str]) -> Head:
    """The head on ``rows``, its bound set so that few enough answered questions fall below it."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + np.float32(1e-6)
    scaled, truth = (rows - mean) / spread, np.array(labels)
    head = fit(scaled, truth)
    share = held_out(scaled, truth)[truth == ANSWERED, head.labels.index(ANSWERED)]
    weights = head.weights / spread[:, None]
    return replace(
        head,
        weights=weights.astype(np.float32),
        bias=(head.bias - mean @ weights).astype(np.float32),
        sure=float(np.quantile(share, MOST_FALSE_SILENCE)),
    )


def _best_of_each(grounds: Grounds, rows: NDArray[np.intp], asked: Floats, passages: int) -> Floats:
    best = np.zeros(passages, dtype=np.float32)
    np.maximum.at(best, grounds.owners[rows], asked[rows])
    return best


def _asks_number(text: str) -> bool:
    return ASKS_NUMBER.search(text) is not None


def _content(text: str) -> tuple[str, ...]:
    """The stems of ``text`` that carry meaning, each once."""
    return tuple(dict.fromkeys(word for word in stems(text) if word not in COMMON and len(word) > 1))
