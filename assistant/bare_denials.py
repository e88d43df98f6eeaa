"""Pieces of a message that deny what a few words say, and say nothing else: "not on-prem", "forms? God no".

Readers that have learned from whole sentences take so short a piece for the strong word in it, and surely.
What such a piece denies is therefore read without its negation, and turned around.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answer_forms import answer_begun
from assistant.cues import NEGATIONS, WORD, Cues, find_cues
from assistant.evidence import COMMON
from assistant.sentences import blanked, sentences
from corpus import stems

MOST_ASKED, MOST_ANSWERED = 9, 6  # words of a question, and of the answer that its writer gives it
MOST_WORDS = 6  # of each piece of a list; in front of a longer one a denial may be its condition
FILLERS = frozenset(
    stems(
        "please thanks all either anymore definitely certainly really fully meant run then yet "
        "though bitte svp"
    )
)
REFUSALS = NEGATIONS | {"nope", "nah", "nein", "non"}
_AND = r"(?:but|and|so|then|aber|und|mais|et|pero|y)"
OWN_ANSWER = re.compile(r"(?P<asked>[^.!?;\n]{2,90})\?\s(?P<answer>[^.!?;\n]{2,60})[.!]*")
INSTEAD = re.compile(r"\bit(?:['’]?s| is)\b[^,;.!?\n]{1,40}[,;]\s(?:and )?not\b", re.IGNORECASE)
# "Nothing may leave the network" forbids something; it does not say that nothing is needed.
FORBIDS = re.compile(
    r"\b(?:may|can|could|allowed|permitted|(?:must|shall|should) (?:not|never)|darf|dürfen|"
    r"peut|peuvent|pueden?)\b",
    re.IGNORECASE,
)
BETWEEN = re.compile(rf"[,;]\s(?:\s*{_AND}\s)?|\s/\s|\s{_AND}\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Denial:
    """``text[start:end]`` of a message seems to deny ``denied``."""

    start: int
    end: int
    denied: str


def bare_denials(cues: Cues, text: str) -> Iterator[Denial]:
    """The pieces of ``text`` that deny cues of the pack alone, in their order.

    A sentence may be one, or end with one, or be a list of short pieces; a question with the answer that its
    writer gives it is one as well.
    """
    for found in OWN_ANSWER.finditer(text):
        if len(found["asked"].split()) <= MOST_ASKED and _refuses(found["answer"]):
            yield Denial(found.start(), found.end(), found["asked"].strip())
            text = blanked(text, *found.span())
    for first, last in sentences(text):
        if text[first:last].rstrip().endswith("?"):
            continue
        if INSTEAD.search(text, first, last):
            continue  # "it's Magento, not Shopify" names one thing for another of its kind
        pieces = list(_pieces(text, first, last))
        short = all(len(WORD.findall(text[start:end])) <= MOST_WORDS for start, end in pieces)
        for start, end in pieces if short else pieces[-1:]:
            denied = _denied(cues, text[start:end])
            if denied:
                yield Denial(start, end, denied)


def _refuses(answer: str) -> bool:
    """Whether a few words say no: "absolutely not", "haha, no"."""
    words = answer.strip(" .!").split()
    if not words or len(words) > MOST_ANSWERED:
        return False
    begun = answer_begun(answer.strip())
    return begun[0] == "no" if begun else words[-1].casefold() in REFUSALS


def _pieces(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    first += len(text[first:last]) - len(text[first:last].lstrip())
    for between in BETWEEN.finditer(text, first, last):
        yield first, between.start()
        first = between.end()
    yield first, last


def _denied(cues: Cues, piece: str) -> str:
    """What ``piece`` denies; empty where it holds more than one negation beside cues, or forbids."""
    spans = [(cue.start, cue.end) for cue in find_cues(cues, piece)]
    refusals = []
    for found in WORD.finditer(piece):
        word = found.group().casefold()
        if any(start <= found.start() < end for start, end in spans):
            continue  # a negation within a cue is part of what it says: "must not leave"
        if word in REFUSALS or word.endswith("n't"):
            refusals.append(found.span())
        elif any(stem not in COMMON and stem not in FILLERS for stem in stems(word)):
            return ""
    if not spans or len(refusals) != 1 or FORBIDS.search(piece):
        return ""
    start, end = refusals[0]
    return " ".join(f"{piece[:start]} {piece[end:]}".split()).strip(" ,.:;!?–—-")
