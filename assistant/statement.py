"""What a sentence or a passage states, in the forms in which :mod:`assistant.verify` holds them together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.cues import negated_words
from corpus import stems

QUOTED = re.compile(r"[“\"«]([^”\"»]{2,})[”\"»]")
FIGURE = re.compile(r"(?<![\w.])[$€£]?\d[\d.,:]*\d|(?<![\w.])[$€£]?\d")
UNIT_AFTER = re.compile(r"\s?(%|[A-Za-zµ]+)")
NAME = re.compile(r"\b(?:[A-Z][\w&+-]*[A-Z\d][\w&+-]*|[A-Z][a-z][\w&+-]*|[a-z]+[A-Z][\w&+-]*)")
CLAUSE = re.compile(r"(?<=[.!?;:])\s+|\n")
# An answer's own yes or no is checked apart. "No human …" is none.
OPENING = re.compile(r"^\W*(?:yes|no)\b(?:\s*[,.:;–—-]+\s*|$)", re.IGNORECASE)

NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
NUMBER_WORDS = {word: number for number, word in enumerate(NUMBERS) if word != "one"}
GLUE = frozenset(
    stems(
        "a an the is are was were be been it its this that these those there of in on at to for from with by "
        "and or but so then than as which who what when where how can could may might will would do does did "
        "has have had you your they their we our he she i also here into over per about if because while "
        "yes no not cannot up out both one them such other same use used using answer guide"
    )
)

DENIALS = frozenset(
    {
        "no",
        "not",
        "never",
        "without",
        "nobody",
        "none",
        "nothing",
        "neither",
        "nor",
        "cannot",
        "impossible",
        "unable",
    }
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a passage or sentence: its stems in their order, and whether it denies."""

    text: str
    stems: tuple[str, ...]
    denies: bool

    @property
    def words(self) -> tuple[str, ...]:
        """The stems that carry meaning."""
        return tuple(stem for stem in self.stems if stem not in GLUE)


@dataclass(frozen=True, slots=True)
class Source:
    """What passages say together, in the forms that sentences are held against."""

    flat: str
    figures: frozenset[tuple[str, str]]
    known: frozenset[str]
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence in the same forms. ``names`` come with their stems, ``words`` are those that carry meaning;
    ``opens`` is the yes or no that it begins with, ``None`` without one.
    """

    quotes: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    names: tuple[tuple[str, frozenset[str]], ...]
    words: tuple[str, ...]
    clauses: tuple[Clause, ...]
    opens: bool | None


def told_of(sentence: str) -> Told:
    """``sentence``, which has no markers, in these forms."""
    opening = OPENING.match(sentence)
    rest = OPENING.sub("", sentence)
    return Told(
        quotes=tuple(QUOTED.findall(sentence)),
        figures=tuple(_figures(rest)),
        names=tuple((name, frozenset(stems(name))) for name in names_in(rest)),
        words=tuple(word for word in stems(rest) if word not in GLUE),
        clauses=_clauses(rest),
        opens=None if opening is None else not _is_no(opening.group()),
    )


def _is_no(opening: str) -> bool:
    return opening.strip(" *_,.:;–—-").casefold().startswith("no")


# A reply's sentences are all held against the same few passages.
@lru_cache(maxsize=128)
def source_of(text: str) -> Source:
    """``text``, the readings of passages, in these forms."""
    return Source(
        flat=flat(text),
        figures=frozenset(_figures(text)),
        known=frozenset(stems(text)),
        clauses=_clauses(text),
    )


def _clauses(text: str) -> tuple[Clause, ...]:
    parts = [part for part in CLAUSE.split(text) if part.strip()] or [text]
    return tuple(Clause(part, tuple(stems(part)), _denies(part)) for part in parts)


def flat(text: str) -> str:
    """``text`` in small letters, with single spaces."""
    return " ".join(text.casefold().split())


def _figures(text: str) -> set[tuple[str, str]]:
    """(figure, the unit after it) of every number, in figures or as a word up to eleven."""
    found = set()
    for match in FIGURE.finditer(text):
        unit = UNIT_AFTER.match(text, match.end())
        found.add((match.group().replace(",", "").rstrip(".:"), (unit[1].casefold() if unit else "")))
    words = re.findall(r"[\w%]+", text.casefold())
    for word, after in pairwise([*words, ""]):
        if word in NUMBER_WORDS:
            found.add((str(NUMBER_WORDS[word]), after))
    return found


def names_in(text: str) -> list[str]:
    """Words that name something: capital letters inside a sentence, or more than one in a word."""
    names = []
    for match in NAME.finditer(text):
        first = not text[: match.start()].strip(' "“(*_-') or text[: match.start()].rstrip()[-1:] in ".!?"
        word = match.group()
        if not first or any(letter.isupper() or letter.isdigit() for letter in word[1:]):
            names.append(word)
    return names


def _denies(text: str) -> bool:
    """Whether a statement is a denial: an odd number of negations.

    "No data mapping" denies as "data mapping is not possible" does; a "No." that opens an answer counts
    elsewhere.
    """
    negations = [word for word, *_ in negated_words(text) if word in DENIALS or word.endswith("n't")]
    return len(negations) % 2 == 1
