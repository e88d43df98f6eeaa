"""Yes or no, where the guide's own words say it.

Only the plainest words count: a cell that begins with "Yes" or "No" under the thing that is asked about, or
one sentence that denies what is asked, with nothing that softens it. All else is left to the words, since a
wrong "No." misleads more than a missing one.
"""

from __future__ import annotations

import re
from typing import Literal

from assistant.evidence import content
from assistant.question_kinds import YES_NO
from corpus import Passage

Polarity = Literal["Yes", "No"]

NEGATION = re.compile(r"\b(?:no|not|none|never|cannot|impossible|unsupported)\b|n't\b", re.IGNORECASE)
SOFTENED = re.compile(
    r"\b(?:but|only|unless|except|although|whereas|may|might|if|yet|however|while|neither|nor|without|still|"
    r"until|than)\b",
    re.IGNORECASE,
)
SEVERAL_CLAUSES = re.compile(r"\b(?:and|which|who|that|when|where)\b|[:;]|, $", re.IGNORECASE)
TURNED = re.compile(
    r"\b(?:or|and|skip\w*|avoid\w*|stop\w*|prevent\w*|leave|lack\w*|miss\w*|wrong|forbid\w*|ban\w*|just|alone)\b",
    re.IGNORECASE,
)
CELL = re.compile(r"^(?P<column>.*?)\s(?P<said>Yes|No)\b(?P<rest>.*)$")
ASIDE = re.compile(r"\s*\([^)]*\)")
SAID_OUTRIGHT = re.compile(r":\s(?P<said>Yes|No)\.\s")
MUCH = 0.6  # share of what the question is about that the sentence must name


def polarity(question: str, passage: Passage) -> Polarity | None:
    """What ``passage`` answers to a yes-or-no ``question``, ``None`` where its words do not settle it."""
    asked = question.strip()
    if not YES_NO.match(asked) or any(form.search(asked) for form in (NEGATION, TURNED, SOFTENED)):
        return None
    if passage.kind == "row":
        return _of_cell(asked, passage.reading)
    return _of_sentence(asked, passage.reading) if passage.kind in ("item", "prose") else None


def _of_cell(question: str, reading: str) -> Polarity | None:
    subject, _, cells = reading.partition(": ")
    found = [told for cell in cells.split("; ") if (told := CELL.match(cell))]
    columns = [set(content(told["column"])) for told in found]
    asked = set(content(question))
    named = [
        told
        for place, told in enumerate(found)
        if asked & columns[place].difference(*(other for n, other in enumerate(columns) if n != place))
    ]
    if len(named) != 1 or SOFTENED.search(f"{named[0]['rest']} {_behind(cells, named[0].string)}"):
        return None
    about = asked & set(content(f"{subject} {named[0]['column']}"))
    if len(about) < MUCH * len(asked):
        return None
    return "Yes" if named[0]["said"] == "Yes" else "No"


def _behind(cells: str, cell: str) -> str:
    """What follows ``cell`` and belongs to it, since it names no column of its own."""
    following = cells.partition(cell)[2].removeprefix("; ").split("; ")[0]
    return "" if CELL.match(following) or not SOFTENED.search(following) else following


def _of_sentence(question: str, reading: str) -> Polarity | None:
    asked, told = content(question), set(content(reading))
    if not asked or sum(word in told for word in asked) < MUCH * len(asked):
        return None
    if outright := SAID_OUTRIGHT.search(reading):
        return "Yes" if outright["said"] == "Yes" else "No"
    plain = ASIDE.sub("", reading)
    denials = list(NEGATION.finditer(plain))
    if len(denials) != 1 or SOFTENED.search(plain) or SEVERAL_CLAUSES.search(plain[: denials[0].start()]):
        return None
    return "No"
