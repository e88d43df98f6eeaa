"""Cues: words of a pack that tell how a message is meant, found with the scope of negations.

A pack names its cues in ``rules/*.cues.yaml``: classes of words, each class one signal. What a class says
about a fact is learned from the example messages; here it is only found, plain or negated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.read_yaml import read_yaml
from rules import Problem
from rules.yaml_tree import Listing, Reader
from rules.yaml_tree import Mapping as Keys

FILE_KEYS = ("cues", "classes")
NEGATIONS = frozenset(
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
        "dont",
        "doesnt",
        "isnt",
        "cant",
        "wont",
        "arent",
        "didnt",
        "kein",
        "keine",
        "keinen",
        "keiner",
        "keines",
        "nicht",
        "ohne",
        "niemand",
        "nie",
        "pas",
        "sans",
        "aucun",
        "aucune",
        "personne",
        "jamais",
        "ni",
        "sin",
        "ningún",
        "ninguna",
        "nadie",
        "nunca",
        "nada",
    ]
)
SCOPE_ENDS = frozenset(
    ["but", "however", "yet", "though", "except", "only", "aber", "sondern", "mais", "pero", "sino"]
)
REACH = 5  # words a negation reaches to its right, measured on the bundled example messages
WORD = re.compile(r"[\w'+&/-]+|[.,;:!?()\n]")


@dataclass(frozen=True, slots=True)
class Cues:
    """``classes`` maps the name of a signal to its patterns; ``names`` fixes their order as features."""

    classes: Mapping[str, tuple[str, ...]]

    @property
    def names(self) -> tuple[str, ...]:
        """The classes in the order of their features."""
        return tuple(self.classes)


@dataclass(frozen=True, slots=True)
class FoundCue:
    """One cue in a text: its class, its place, and whether a negation reaches it."""

    name: str
    start: int
    end: int
    negated: bool


def load_cues(paths: Sequence[Path]) -> tuple[Cues, list[Problem]]:
    """The cues of all ``paths``, and everything that is wrong in them."""
    classes: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for path in paths:
        told, reader = read_yaml(path)
        if told is not None:
            reader.known_keys(told, FILE_KEYS, "a file of cues")
            classes |= _classes(told, reader)
        problems += reader.problems
    return Cues(classes), problems


def _classes(told: Keys, reader: Reader) -> dict[str, tuple[str, ...]]:
    piece = told.get("classes")
    if not isinstance(piece, Keys):
        remedy = "write a list of words under each class"
        reader.problem("missing-key", told.place_of("classes"), "the file has no 'classes'", remedy)
        return {}
    found: dict[str, tuple[str, ...]] = {}
    body = reader.mapping(piece, "classes", piece.place) or piece
    for entry in body.entries:
        name = entry.key.text
        if isinstance(entry.piece, Listing):
            found[name] = tuple(one.text for one in reader.texts(entry.piece, f"the class {name!r}"))
        else:
            message = f"the class {name!r} must be a list of words"
            reader.problem("wrong-type", entry.piece.place, message, "begin each with '- '")
    return found


SETTLED = re.compile(r"([^.!?\n]*)\?\s*(?:no|nope|nah|never|nein|non)\b\s*[.!,]?", re.IGNORECASE)


def settled(text: str) -> str:
    """``text`` with every question that its own writer answers with no turned into that answer.

    "Does anyone need to click? No." becomes "No does anyone need to click.", which reads like the denial
    that it is.
    """
    return SETTLED.sub(lambda found: f"no {found.group(1).strip()}.", text)


def negated_words(text: str) -> list[tuple[str, int, int, bool]]:
    """The words of ``text`` in lower case with their places, each with whether a negation reaches it.

    Two negations that reach the same word cancel out. A negation reaches :data:`REACH` words, not beyond
    the end of its sentence or a contrast ("but", "except"), and a comma shortens it by two words.
    """
    words: list[tuple[str, int, int, bool]] = []
    reaching: list[int] = []
    for found in WORD.finditer(text.casefold()):
        word = found.group()
        if word in ".;:!?()\n" or word in SCOPE_ENDS:
            reaching = []
        elif word == ",":
            reaching = [left - 2 for left in reaching]
        reaching = [left for left in reaching if left > 0]
        words.append((word, found.start(), found.end(), len(reaching) % 2 == 1))
        reaching = [left - 1 for left in reaching]
        if _negates(word):
            reaching.append(REACH)
    return words


def denies(text: str) -> bool:
    """Whether any word of ``text`` is a negation."""
    return any(_negates(word) for word in WORD.findall(text.casefold()))


def _negates(word: str) -> bool:
    return word in NEGATIONS or word.endswith("n't")


def find_cues(cues: Cues, text: str) -> tuple[FoundCue, ...]:
    """Every cue in ``text``, in the order of the classes."""
    return _found(_patterns(tuple(cues.classes.items())), text)


# Every reader of a message looks for its cues.
@lru_cache(maxsize=256)
def _found(patterns: tuple[tuple[str, re.Pattern[str]], ...], text: str) -> tuple[FoundCue, ...]:
    reached = {start: negated for _, start, _, negated in negated_words(text)}
    found = []
    for name, pattern in patterns:
        for match in pattern.finditer(text):
            negated = reached.get(match.start(), False)
            found.append(FoundCue(name, match.start(), match.end(), negated))
    return tuple(found)


def cue_count(cues: Cues) -> int:
    """How many features :func:`cue_features` gives."""
    classes = len(cues.names)
    return classes * 3 + classes * (classes - 1) // 2


def cue_features(cues: Cues, text: str) -> NDArray[np.float32]:
    """The cues of ``text`` as numbers between 0 and 1.

    Three a class (said plainly, said under a negation, how often at all), then one for each pair of classes
    that occur together, since "manager" beside "approves" says more than both apart.
    """
    names = cues.names
    counts = np.zeros((len(names), 2), dtype=np.float32)
    place = {name: number for number, name in enumerate(names)}
    for cue in find_cues(cues, text):
        counts[place[cue.name], int(cue.negated)] += 1
    total = counts.sum(axis=1)
    single = np.stack(
        [np.minimum(counts[:, 0], 2) / 2, np.minimum(counts[:, 1], 2) / 2, np.minimum(total, 3) / 3]
    )
    first, second = np.triu_indices(len(names), 1)
    present = (total > 0).astype(np.float32)
    return np.concatenate([single.T.ravel() * SINGLE_WEIGHT, present[first] * present[second] * PAIR_WEIGHT])


# How loud the cues speak beside a sentence vector of length 1; cross-validated on the example messages.
SINGLE_WEIGHT = np.float32(0.5)
PAIR_WEIGHT = np.float32(0.2)


@lru_cache(maxsize=8)
def _patterns(classes: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        # What borders a phrase is asked once a place, not once a phrase: several times as fast.
        (name, re.compile(rf"(?<![\w-])(?:{'|'.join(map(_pattern, phrases))})(?!\w)", re.IGNORECASE))
        for name, phrases in classes
        if phrases
    )


def _pattern(phrase: str) -> str:
    words = [r"\S+" if word == "_" else re.escape(word).replace(r"\*", r"[\w'-]*") for word in phrase.split()]
    return r"\s+".join(words)
