"""Answers in the form of a checklist: "people: yes, data: no", "[x] approvals", "ETL ✘".

Readers hear the words of an unticked line and take them for a wish; so a checklist is read by its ticks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.cues import NEGATIONS, WORD
from assistant.evidence import COMMON
from corpus import stems
from rules import FactSpec

Tick = Literal["yes", "no", "open"]

PIECE = re.compile(r"(?:[^,;\n•.!]|[.!](?!\s|$))+[.!]*")
_YES = r"yes|true|ja|oui|sí|x|needed|required|must(?:[- ]have)?|✔️?|✓|☑️?|✅"
_NO = r"no|none|false|nein|non|n/a|na|not (?:needed|required|applicable)|✘|✗|✕|❌|☐|⬜"
_OPEN = r"tbd|tbc|open|optional|unclear|unknown|maybe|nice[- ]to[- ]have|\?+"
_SYMBOLS = "✔✓☑✅✘✗✕❌☐⬜"
_PLAIN = rf"yes|no|true|false|ja|nein|oui|non|sí|tbd|n/a|[{_SYMBOLS}]️?"  # need no mark before them
# Bounded, so that a long run of spaces or hyphens is read in no time.
AFTER = re.compile(
    r"^\W{0,9}(?:q\s?:\s?)?(?P<label>\w[^:=|?\n]{0,60}?)\s{0,9}"
    rf"(?:[:=|?–(]{{1,3}}\W{{0,9}}(?:a\s?:\s?)?(?P<tick>{_YES}|{_NO}|{_OPEN}|y|n|0|1)|"
    rf"[\s-]{{1,5}}(?P<plain>{_PLAIN}))"
    r"(?:,? (?:please|of course|definitely|for sure))?[\s.!|)]{0,9}$",
    re.IGNORECASE,
)
BEFORE = re.compile(
    rf"^\W{{0,3}}?(?P<tick>\[[ xX]?\]|\([ xX]?\)|[{_SYMBOLS}]️?)\s*(?P<label>\w[^\n]{{0,60}}?)[\s.!]{{0,9}}$",
    re.IGNORECASE,
)
TICKS: tuple[tuple[Tick, re.Pattern[str]], ...] = (
    ("yes", re.compile(rf"^(?:{_YES}|y|1|\[x\]|\(x\))$", re.IGNORECASE)),
    ("no", re.compile(rf"^(?:{_NO}|n|0|\[ ?\]|\( ?\))$", re.IGNORECASE)),
)
MOST_WORDS = 6  # of a label
FEWEST = 2  # pieces of a checklist within other words


@dataclass(frozen=True, slots=True)
class Ticked:
    """``text[start:end]`` of a message says yes or no to what ``label`` names, or leaves it open."""

    label: str
    tick: Tick
    start: int
    end: int


def checklist(text: str) -> tuple[Ticked, ...]:
    """The ticked pieces of ``text``, where they are several or all that it holds."""
    pieces = [piece for piece in _pieces(text) if piece.group().strip()]
    found = [ticked for piece in pieces if (ticked := _ticked(piece)) is not None]
    return tuple(found) if len(found) >= min(FEWEST, len(pieces)) else ()


def _pieces(text: str) -> Iterator[re.Match[str]]:
    """The pieces of ``text``; symbols in a row part them, behind their labels or before them."""
    symbols = sum(text.count(symbol) for symbol in _SYMBOLS)
    if symbols < FEWEST:
        return PIECE.finditer(text)
    leads = text.lstrip("-* \t")[:1] in _SYMBOLS
    piece = rf"[{_SYMBOLS}][^{_SYMBOLS},;\n]*" if leads else rf"[^{_SYMBOLS},;\n]*[{_SYMBOLS}]️?"
    return re.finditer(piece, text)


def _ticked(piece: re.Match[str]) -> Ticked | None:
    found = BEFORE.match(piece.group()) or AFTER.match(piece.group())
    if found is None:
        return None
    label, mark = found["label"].strip(), found["tick"] or found["plain"]
    words = [word.casefold() for word in WORD.findall(label)]
    if len(words) > MOST_WORDS or NEGATIONS & set(words):
        return None
    ticks = (tick for tick, form in TICKS if form.match(mark.strip()))
    tick: Tick = next(ticks, "open")
    return Ticked(label, tick, piece.start(), piece.end())


def named(label: str, facts: Iterable[FactSpec]) -> str | None:
    """The one fact to be asked for that ``label`` names: by its own label or name, else by its question."""
    said = {stem for stem in stems(label) if stem not in COMMON}
    asked = [
        fact for fact in facts if fact.ask and fact.only_for is None and set(fact.values) == {"yes", "no"}
    ]
    names = [(fact.name, f"{fact.title} {fact.name.replace('_', ' ')}") for fact in asked]
    for known in (names, [(fact.name, f"{fact.ask} {fact.title}") for fact in asked]):
        found = [name for name, words in known if said and said <= set(stems(words))]
        if found:
            return found[0] if len(found) == 1 else None
    return None
