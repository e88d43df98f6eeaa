"""Reads facts from the words of their own questions and answers, for packs that give no example messages.

A sentence settles a fact when it holds an answer word for word, or says most of what the question or the
answer says, in the same sense: a word that stands under a negation on one side alone counts against it.
Nothing is guessed from nearness; a sentence in other words settles nothing, and the question is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.cues import NEGATIONS, SCOPE_ENDS, WORD, negated_words
from assistant.evidence import COMMON
from assistant.sentences import sentences
from corpus import stems
from rules import FactSpec

LEAST_SAID = 0.7  # share of an answer's words that a sentence must hold
LEAST_ASKED = 0.75  # the same of a question's words, which hold more that nobody repeats
AHEAD = 0.25  # of the next best answer
SHARED = 0.3  # weight of a word that several answers of the fact hold, beside 1 for one that tells them apart
FEWEST = 2  # words in common

# "Not yet" goes on; every other word that ends the reach of a negation ends its clause.
CLAUSE_ENDS = (SCOPE_ENDS - {"yet"}) | {",", ";", ":", ".", "and", "or", "because", "so", "while", "then"}

Sense = dict[str, bool]
_PIECE = re.compile(r"[^\W_]+|[<>≤≥=+]+")


@dataclass(frozen=True, slots=True)
class Described:
    """A fact that ``text[start:end]`` of a message settles."""

    fact: str
    value: str
    start: int
    end: int


def read_described(text: str, facts: Iterable[FactSpec]) -> Iterator[Described]:
    """Which of ``facts`` the statements in ``text`` settle, each at its clearest sentence."""
    told = [
        (start, end, sense)
        for start, end in sentences(text)
        if not text[start:end].rstrip().endswith("?") and (sense := _sense(text[start:end]))
    ]
    for fact in facts:
        best: tuple[float, Described] | None = None
        for start, end, sense in told:
            yes_no = set(fact.values) == {"yes", "no"}
            value, share = _verbatim(fact, text[start:end])
            if not value:
                value, share = _asked(fact, text[start:end], sense) if yes_no else _said(fact, sense)
            if value and (best is None or share > best[0]):
                best = share, Described(fact.name, value, start, end)
        if best is not None:
            yield best[1]


def bare(text: str) -> str:
    """``text`` without case and marks; signs that tell numbers apart stay."""
    return " ".join(_PIECE.findall(text.casefold()))


def _verbatim(fact: FactSpec, sentence: str) -> tuple[str, float]:
    """The one answer of several words that a sentence without a negation holds word for word."""
    said = f" {bare(sentence)} "
    if any(map(_denies, WORD.findall(sentence.casefold()))):
        return "", 0.0
    answers = {value: f" {bare(_words(fact, value))} " for value in fact.values}
    held = [value for value, words in answers.items() if words in said and len(words.split()) >= FEWEST]
    longest = [
        value for value in held if not any(answers[value] in answers[one] for one in held if one != value)
    ]
    return (longest[0], 1.0) if len(longest) == 1 else ("", 0.0)


def _said(fact: FactSpec, sense: Sense) -> tuple[str, float]:
    """The answer that a sentence gives in so many words, and how much of it; empty when there is none."""
    answers = {value: _sense(_words(fact, value)) for value in fact.values}
    shares = []
    for value, answer in answers.items():
        others = set().union(*(answers[other] for other in answers if other != value))
        weights = {word: SHARED if word in others else 1.0 for word in answer}
        shares.append((_share(answer, sense, weights), value))
    shares.sort(reverse=True)
    (share, value), next_best = shares[0], shares[1][0]
    return (value, share) if share >= LEAST_SAID and share >= next_best + AHEAD else ("", 0.0)


def _asked(fact: FactSpec, sentence: str, sense: Sense) -> tuple[str, float]:
    """Yes for a sentence that says what is asked, no for one that denies it; empty for others."""
    value, share = _said(fact, sense) if fact.meanings else ("", 0.0)
    if value:
        return value, share
    question = _sense(fact.ask or fact.title)
    held = sum(word in sense for word in question) / max(1, len(question))
    if held < LEAST_ASKED or len(question) < FEWEST or any(question.values()):
        return "", 0.0
    return _polarity(sentence, frozenset(question)), held


def _polarity(sentence: str, asked: frozenset[str]) -> str:
    """Whether what is asked is said or denied; empty where a negation stands among its words.

    A negation before all of the words, in their own clause, denies them: "we do not yet have deep knowledge
    of it". One in between denies something, and nobody can tell what.
    """
    words = WORD.findall(sentence.casefold())
    places = [at for at, word in enumerate(words) if asked.intersection(stems(word))]
    first, last = places[0], places[-1]
    ends = (at for at in range(first - 1, -1, -1) if words[at] in CLAUSE_ENDS)
    before = words[next(ends, -1) + 1 : first]
    if any(map(_denies, before)):
        return "no"
    return "" if any(map(_denies, words[first : last + 1])) else "yes"


def _denies(word: str) -> bool:
    return word in NEGATIONS or word == "nowhere" or word.endswith("n't")


def _words(fact: FactSpec, value: str) -> str:
    return fact.meanings.get(value) or value.replace("_", " ").replace("-", " ")


def _share(wanted: Sense, sense: Sense, weights: dict[str, float]) -> float:
    """How much of ``wanted`` a sentence says in the same sense; too few words in common are none."""
    held = [word for word, negated in wanted.items() if sense.get(word) is negated]
    if len(held) < min(FEWEST, len(wanted)):
        return 0.0
    return sum(weights[word] for word in held) / (sum(weights.values()) or 1.0)


def _sense(text: str) -> Sense:
    """The stems of ``text`` that carry meaning, each with whether a negation reaches it."""
    found: Sense = {}
    for word, _, _, negated in negated_words(text):
        for stem in stems(word):
            if stem not in COMMON and len(stem) > 1:
                found[stem] = found.get(stem, False) or negated
    return found
