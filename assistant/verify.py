"""Holds a model's sentence against the passages it cites: what they do not say is not shown.

Deterministic, and strict where a reader would be misled: figures with their units, names, negations, words
that make a statement stronger, quoted words, the order in which names stand, and what is recommended. What
remains may be put in other words, as long as most of its words are the passages'.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.statement import GLUE, Clause, Source, Told, flat, names_in, source_of, told_of
from corpus import stems

# A model's marker, also one that is mangled: without its end, or with no number in it.
MARKER = re.compile(r"\s*[\[【]\s*(?:passage\s*)?(\d+|\w?)\s*(?:[\]】]|(?=[.\s]|$))", re.IGNORECASE)
# Links, images and tags: a few words of one could hide among many right ones, and call out where it is shown.
MARKUP = re.compile(
    r"[a-z][a-z0-9+.-]*:/{1,2}|www\.|\]\s*\(|!\[|<\s*[/!a-z]|\b(?:javascript|data):", re.IGNORECASE
)
FEWEST_WORDS = 2  # of a clause that says enough to deny something
LEAST_COVERED = 0.7  # share of a sentence's content words that must be the passages'
# Words that claim more than a paraphrase may: each must stand in the passages.
STRONG = frozenset(
    stems(
        "always never only must all every none any best better worst guarantee guaranteed unlimited free "
        "recommend recommendation recommended should need required require choose ignore buy certified "
        "certainly instead except unless maximum minimum least most exactly officially secure safe"
    )
)
RECOMMENDING = frozenset(stems("recommend recommends recommended recommendation recommendations"))


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
    told = told_of(words)
    cited = tuple(dict.fromkeys(place for place in named if 0 <= place < len(readings)))
    why = _unsupported(told, "\n".join(readings[place] for place in cited)) if cited else "cites no passage"
    if cited and not why:
        return Verdict(cited)
    for place, reading in enumerate(readings):
        if not _unsupported(told, reading):
            return Verdict((place,))
    return Verdict((), why)


def _unsupported(told: Told, text: str) -> str:
    """Why ``text``, the readings of passages, does not say what is told; empty when it does."""
    source = source_of(text)
    return (
        _quotes(told, source)
        or _gives(told, source)
        or _names_what(told, source)
        or _says(told, source)
        or _turns(told, source)
    )


def _quotes(told: Told, source: Source) -> str:
    missing = [words for words in told.quotes if flat(words) not in source.flat]
    return f"quotes words that are not there: {missing[0]!r}" if missing else ""


def _gives(told: Told, source: Source) -> str:
    for figure, unit in told.figures:
        if not any(figure == other and _same_unit(unit, beside) for other, beside in source.figures):
            return f"gives a figure that is not there: {figure} {unit}".rstrip()
    return ""


def _names_what(told: Told, source: Source) -> str:
    missing = [name for name, parts in told.names if not parts <= source.known]
    return f"names what is not there: {missing[0]}" if missing else ""


def _says(told: Told, source: Source) -> str:
    missing = [word for word in told.words if word not in source.known]
    if strong := sorted(set(missing) & STRONG):
        return f"is stronger than its source: {', '.join(strong)}"
    if len(missing) > (1 - LEAST_COVERED) * len(told.words):
        return f"says what is not there: {', '.join(missing)}"
    return ""


def _turns(told: Told, source: Source) -> str:
    """Each clause must deny, and order its names, as the one of the passages that shares most of its words.

    An opening yes before a denial, or a no before none, contradicts its own source.
    """
    nearest = [_nearest(clause, source) for clause in told.clauses]
    for mine, theirs in zip(told.clauses, nearest, strict=True):
        if mine.denies != theirs.denies and len(mine.words) >= FEWEST_WORDS:
            return "turns a negation round"
        if not _in_order(mine, theirs):
            return "turns the order of its names round"
        if RECOMMENDING.intersection(mine.stems) and not _in_its_words(mine, theirs):
            return "recommends in words of its own"
    return "" if told.opens in (None, not nearest[0].denies) else "its yes or no is not its source's"


def _nearest(clause: Clause, source: Source) -> Clause:
    """The clause of ``source`` that shares most words with ``clause``, the shorter one on a tie."""
    mine = frozenset(clause.stems)
    return max(source.clauses, key=lambda one: (len(mine.intersection(one.stems)), -len(one.text)))


def _in_its_words(mine: Clause, theirs: Clause) -> bool:
    """Whether a clause has the words of another in their order, and nearly all of them."""
    rest = iter(theirs.words)
    return all(word in rest for word in mine.words) and len(mine.words) >= LEAST_COVERED * len(theirs.words)


def _same_unit(mine: str, theirs: str) -> bool:
    """Whether units agree: alike, one the beginning of the other ("s", "sec", "seconds"), or mine is none."""
    return not mine or mine == theirs or (bool(theirs) and (mine[0] == theirs[0]) and _short(mine, theirs))


def _short(one: str, two: str) -> bool:
    short, long = sorted((one.rstrip("s") or one, two.rstrip("s") or two), key=len)
    return long.startswith(short)


def _in_order(mine: Clause, theirs: Clause) -> bool:
    """Whether the names of a clause that another holds once stand there in the same order."""
    names = (stem for name in names_in(mine.text) for stem in stems(name))
    places = [theirs.stems.index(stem) for stem in names if theirs.stems.count(stem) == 1]
    return places == sorted(places)
