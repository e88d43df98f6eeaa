"""Holds a model's sentence against the passages it cites: what they do not say is not shown.

Deterministic, and strict where a reader would be misled: figures with their units, names, negations, words
that make a statement stronger, quoted words, and the order in which names stand. What remains may be put in
other words, as long as most of its words are the passages'.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.cues import negated_words
from corpus import stems

# A model's marker, also one that is mangled: without its end, or with no number in it.
MARKER = re.compile(r"\s*[\[【]\s*(?:passage\s*)?(\d+|\w?)\s*(?:[\]】]|(?=[.\s]|$))", re.IGNORECASE)
# Links, images and tags: a few words of one could hide among many right ones, and call out where it is shown.
MARKUP = re.compile(
    r"[a-z][a-z0-9+.-]*:/{1,2}|www\.|\]\s*\(|!\[|<\s*[/!a-z]|\b(?:javascript|data):", re.IGNORECASE
)
QUOTED = re.compile(r"[“\"«]([^”\"»]{2,})[”\"»]")
FIGURE = re.compile(r"(?<![\w.])[$€£]?\d[\d.,:]*\d|(?<![\w.])[$€£]?\d")
UNIT_AFTER = re.compile(r"\s?(%|[A-Za-zµ]+)")
NAME = re.compile(r"\b(?:[A-Z][\w&+-]*[A-Z\d][\w&+-]*|[A-Z][a-z][\w&+-]*|[a-z]+[A-Z][\w&+-]*)")
CLAUSE = re.compile(r"(?<=[.!?;:])\s+|\n")

LEAST_COVERED = 0.7  # share of a sentence's content words that must be the passages'
OPENING = re.compile(
    r"^\W*(?:yes|no)\b[\s,.:;–—-]*", re.IGNORECASE
)  # an answer's own yes or no is checked apart

NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
NUMBER_WORDS = {word: number for number, word in enumerate(NUMBERS) if word != "one"}
# Words that claim more than a paraphrase may: each must stand in the passages.
STRONG = frozenset(
    stems(
        "always never only must all every none any best better worst guarantee guaranteed unlimited free "
        "recommend recommendation recommended should need required require choose ignore buy certified "
        "certainly instead except unless maximum minimum least most exactly officially secure safe"
    )
)
GLUE = frozenset(
    stems(
        "a an the is are was were be been it its this that these those there of in on at to for from with by "
        "and or but so then than as which who what when where how can could may might will would do does did "
        "has have had you your they their we our he she i also here into over per about if because while "
        "yes no not cannot up out both one them such other same use used using answer guide"
    )
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``passages`` are the places (from 0) of the passages that support the sentence; else ``why`` not."""

    passages: tuple[int, ...]
    why: str = ""


def bare(sentence: str) -> str:
    """``sentence`` without its markers."""
    return MARKER.sub("", sentence).strip()


def verify(sentence: str, readings: Sequence[str]) -> Verdict:
    """Which of the passages with these ``readings`` support ``sentence``, whose markers count from 1.

    A marker that names no passage, or is missing, does not lose a right sentence: then any one passage that
    supports it alone is taken. A sentence is supported by all of the passages it names together.
    """
    named = [int(found[1]) - 1 for found in MARKER.finditer(sentence) if found[1].isdecimal()]
    words = bare(sentence)
    if all(word in GLUE for word in stems(words)):
        return Verdict((), "says nothing")
    if MARKUP.search(sentence):
        return Verdict((), "holds a link or markup")
    cited = tuple(dict.fromkeys(place for place in named if 0 <= place < len(readings)))
    why = _unsupported(words, [readings[place] for place in cited]) if cited else "cites no passage"
    if cited and not why:
        return Verdict(cited)
    for place, reading in enumerate(readings):
        if not _unsupported(words, [reading]):
            return Verdict((place,))
    return Verdict((), why)


def _unsupported(sentence: str, readings: Sequence[str]) -> str:
    """Why ``readings`` do not say ``sentence``; empty when they do."""
    text = "\n".join(readings)
    told = OPENING.sub("", sentence)
    nearest = _nearest(stems(told), text)
    checks: tuple[Callable[[], str], ...] = (
        lambda: _quotes(sentence, text),
        lambda: _gives(told, text),
        lambda: _names_what(told, text),
        lambda: _says(told, text),
        lambda: _turns(told, nearest),
        lambda: _opens(sentence, nearest),
    )
    return next((why for check in checks if (why := check())), "")


def _quotes(sentence: str, text: str) -> str:
    missing = [words for words in QUOTED.findall(sentence) if _flat(words) not in _flat(text)]
    return f"quotes words that are not there: {missing[0]!r}" if missing else ""


def _gives(told: str, text: str) -> str:
    theirs = _figures(text)
    for figure, unit in _figures(told):
        if not any(figure == other and _same_unit(unit, beside) for other, beside in theirs):
            return f"gives a figure that is not there: {figure} {unit}".rstrip()
    return ""


def _names_what(told: str, text: str) -> str:
    known = set(stems(text))
    missing = [word for word in _names(told) if not set(stems(word)) <= known]
    return f"names what is not there: {missing[0]}" if missing else ""


def _says(told: str, text: str) -> str:
    known = set(stems(text))
    mine = [word for word in stems(told) if word not in GLUE]
    missing = [word for word in mine if word not in known]
    if strong := sorted(set(missing) & STRONG):
        return f"is stronger than its source: {', '.join(strong)}"
    if len(missing) > (1 - LEAST_COVERED) * len(mine):
        return f"says what is not there: {', '.join(missing)}"
    return ""


def _turns(told: str, nearest: str) -> str:
    if _negations(told) != _negations(nearest):
        return "turns a negation round"
    return "" if _in_order(_names(told), nearest) else "turns the order of its names round"


def _opens(sentence: str, nearest: str) -> str:
    """An opening yes before a denial, or a no before none, contradicts its own source."""
    opening = OPENING.match(sentence)
    if opening is None:
        return ""
    denies = opening.group().strip(" *_,.:;–—-").casefold().startswith("no")
    return "" if denies == bool(_negations(nearest)) else "its yes or no is not its source's"


def _flat(text: str) -> str:
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


def _same_unit(mine: str, theirs: str) -> bool:
    """Whether units agree: alike, one the beginning of the other ("s", "sec", "seconds"), or mine is none."""
    return not mine or mine == theirs or (bool(theirs) and (mine[0] == theirs[0]) and _short(mine, theirs))


def _short(one: str, two: str) -> bool:
    short, long = sorted((one.rstrip("s") or one, two.rstrip("s") or two), key=len)
    return long.startswith(short)


def _names(text: str) -> list[str]:
    """Words that name something: capital letters inside a sentence, or more than one in a word."""
    names = []
    for match in NAME.finditer(text):
        first = not text[: match.start()].strip(' "“(*_-') or text[: match.start()].rstrip()[-1:] in ".!?:"
        word = match.group()
        if not first or any(letter.isupper() or letter.isdigit() for letter in word[1:]):
            names.append(word)
    return names


def _nearest(words: Sequence[str], text: str) -> str:
    """The sentence of ``text`` that shares most of ``words``, the shorter one on a tie."""
    clauses = [clause for clause in CLAUSE.split(text) if clause.strip()] or [text]
    return max(clauses, key=lambda clause: (len(set(words) & set(stems(clause))), -len(clause)))


def _negations(text: str) -> int:
    """Whether a statement is a denial: 1 for an odd number of negations, 0 for an even one.

    "No data mapping" denies as "data mapping is not possible" does; a "No." that opens an answer counts
    elsewhere.
    """
    negations = [word for word, *_ in negated_words(text) if word in DENIALS or word.endswith("n't")]
    return len(negations) % 2


DENIALS = frozenset(
    [
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
    ]
)


def _in_order(names: Sequence[str], source: str) -> bool:
    """Whether the names that ``source`` holds once stand there in the same order."""
    theirs = stems(source)
    places = [theirs.index(stem) for name in names for stem in stems(name) if theirs.count(stem) == 1]
    return places == sorted(places)
