"""What speaks for and against a question being answered by the guides, as numbers for a head."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.features import Floats
from assistant.question_kinds import HELD, KINDS, asked_for, held
from corpus import Corpus, stems

LOOKED_INTO = 3  # passages
NEIGHBOURS = 15  # questions of the pack that vote
UNSEEN = -1.0  # cosine of a question that is not to be seen
SHARPNESS = 12.0  # of their votes: a neighbour that is 0.1 further away counts a third
NAME = re.compile(r"(?<=[a-z,] )[A-Z][A-Za-z]{2,}")
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
    ``questions`` are the texts and ``words`` the stems of each question, ``passages`` the texts of passages
    with their headings. ``texts`` are the stems of each passage, ``asked`` count the stems of its questions,
    ``known`` those of everything; ``held`` (passages, kinds) says what of each kind that can be asked for a
    passage holds.
    """

    owners: NDArray[np.intp]
    asks: NDArray[np.intp]
    near: NDArray[np.intp]
    questions: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    passages: tuple[str, ...]
    texts: tuple[frozenset[str], ...]
    asked: tuple[Counter[str], ...]
    known: Counter[str]
    held: NDArray[np.bool_]


def ground(corpus: Corpus) -> Grounds:
    """The grounds of a corpus; without passages where it has no questions, since nothing is judged there."""
    guides = corpus.guides if corpus.questions else ()
    passages = [p for guide in guides for section in guide.sections for p in section.passages]
    rows = {passage.id: row for row, passage in enumerate(passages)}
    kinds = np.array([question.kind == "ask" for question in corpus.questions], dtype=bool)
    owners = np.array([rows[question.passage] for question in corpus.questions], dtype=np.intp)
    words = tuple(content(question.text) for question in corpus.questions)
    asked: list[Counter[str]] = [Counter() for _ in passages]
    texts = tuple(frozenset(content(f"{' '.join(p.heading)} {p.lead} {p.reading}")) for p in passages)
    known: Counter[str] = Counter()
    for text in texts:
        known.update(text)
    for owner, ask, told in zip(owners, kinds, words, strict=True):
        if ask:
            asked[owner].update(told)
            known.update(told)
    return Grounds(
        owners=owners,
        asks=np.flatnonzero(kinds),
        near=np.flatnonzero(~kinds),
        questions=tuple(question.text for question in corpus.questions),
        words=words,
        passages=tuple(f"{' > '.join(p.heading)}. {p.lead} {p.reading}" for p in passages),
        texts=texts,
        asked=tuple(asked),
        known=known,
        held=np.array([held(passage) for passage in passages], dtype=bool).reshape(-1, len(HELD)),
    )


def evidence(grounds: Grounds, question: str, texts: Floats, asked: Floats, own: int | None = None) -> Floats:
    """The features of ``question``, float32 of shape (31,).

    ``texts`` and ``asked`` are its cosines with every passage and every question of the pack; a question
    that is not to be seen has -1. ``own`` is the question's own row when it is one of the pack's: its words
    then do not count as known.
    """
    words = content(question) if own is None else grounds.words[own]
    asks = np.sort(asked[grounds.asks])[::-1]
    misses = np.sort(asked[grounds.near])[::-1]
    best_ask = _best_of_each(grounds, grounds.asks, asked, len(texts))
    best_miss = _best_of_each(grounds, grounds.near, asked, len(texts))
    leading = _leading(texts, best_ask)
    best = int(leading[0])
    kinds = asked_for(question)
    lacking = [kinds[KINDS.index(kind)] and not grounds.held[leading, n].any() for n, kind in enumerate(HELD)]
    return np.array(
        [
            *(asks[0], asks[:3].mean(), asks[:10].mean()),
            *(misses[0], misses[:3].mean(), misses[:10].mean()),
            asks[0] - misses[0],
            *(texts[best], texts.max()),
            *(best_ask[best] - best_miss[best], best_ask[best], best_miss[best]),
            _vote(grounds, asked),
            *_unknown(grounds, question, words, leading, own),
            *kinds,
            *lacking,
        ],
        dtype=np.float32,
    )


def nearest(grounds: Grounds, texts: Floats, asked: Floats, asks: int) -> tuple[int, list[int]]:
    """The row of the best passage and the rows of the nearest questions that passages answer, nearest first.

    ``texts`` and ``asked`` are as in :func:`evidence`; a question that is not to be seen is not among them.
    """
    best = _leading(texts, _best_of_each(grounds, grounds.asks, asked, len(texts)))[0]
    near = grounds.asks[np.argsort(-asked[grounds.asks])[:asks]]
    return int(best), near[asked[near] > UNSEEN].tolist()


def _leading(texts: Floats, best_ask: Floats) -> NDArray[np.intp]:
    return np.argsort(-(texts + best_ask))[:LOOKED_INTO]


def content(text: str) -> tuple[str, ...]:
    """The stems of ``text`` that carry meaning, each once."""
    return tuple(dict.fromkeys(word for word in stems(text) if word not in COMMON and len(word) > 1))


def _best_of_each(grounds: Grounds, rows: NDArray[np.intp], asked: Floats, passages: int) -> Floats:
    best = np.full(passages, -1.0, dtype=np.float32)
    np.maximum.at(best, grounds.owners[rows], asked[rows])
    return best


def _vote(grounds: Grounds, asked: Floats) -> float:
    """The share of the nearest questions that are answered, nearer ones counting more."""
    nearest = np.argsort(-asked)[:NEIGHBOURS]
    weights = np.exp(SHARPNESS * (asked[nearest] - asked[nearest[0]]))
    answered = np.isin(nearest, grounds.asks)
    return float((weights * answered).sum() / weights.sum())


def _unknown(
    grounds: Grounds, question: str, words: Sequence[str], leading: NDArray[np.intp], own: int | None
) -> tuple[float, ...]:
    """How many of ``words`` the pack never uses, how many the ``leading`` passages do not (also as a share),
    how many there are, and how many names in the question nobody mentions.
    """
    mine = Counter(words) if own is not None and own in grounds.asks else Counter[str]()

    def told(row: int, word: str) -> bool:
        owned = mine[word] if own is not None and grounds.owners[own] == row else 0
        return word in grounds.texts[row] or grounds.asked[row][word] - owned > 0

    new = sum(grounds.known[word] - mine[word] <= 0 for word in words)
    uncovered = sum(not any(told(int(row), word) for row in leading) for word in words)
    strangers = sum(
        not any(grounds.known[stem] - mine[stem] > 0 for stem in stems(name))
        for name in NAME.findall(question)
    )
    return new, uncovered, len(words), uncovered / max(1, len(words)), strangers
