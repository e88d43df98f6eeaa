"""What a question asks for (a price, a number, a date, the way to do something …), told from its form.

A passage about the right thing that holds nothing of the kind asked for does not answer.
"""

from __future__ import annotations

import re

from corpus import Passage


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


PRICE = _form(
    r"price|costs?|fee|charge|cheap\w*|expensive|discount|refund|budget|licen[cs]e fee|pay|invoice|quote"
)
WAY = _form(
    r"how (?:do|can|to|does one|would|is|are|did)|where (?:do|can|is|in|are)|step by step|"
    r"which (?:menu|setting|button)|set ?up|configure|install|enable"
)
NUMBER = _form(
    r"how (?:many|much|long|often|big|large|fast|high|old|quickly)|max\w*|min\w*|limit|number of|exact|size|"
    r"percent|rate"
)
DATE = _form(r"when|date|day|year|month|since|until")
FUTURE = _form(r"will|plan|planned|roadmap|going to|next|future|soon")
PERSON = _form(r"who|whom|whose")
COMPARISON = _form(r"better|faster|cheaper|compare|compared|versus|vs|than|best|difference")
YES_NO = re.compile(r"^(?:can|could|is|are|does|do|may|must|will|has|have)\b", re.IGNORECASE)
PRECISION = _form(
    r"exact\w*|precise\w*|specific\w*|detail\w*|step by step|template|tutorial|examples?|sample|list of"
)
KINDS = (PRICE, WAY, NUMBER, DATE, FUTURE, PERSON, COMPARISON, YES_NO, PRECISION)

MONEY = re.compile(r"[$€£]|dollar|euro|per-user|pric", re.IGNORECASE)
DAY = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:january|february|march|april|june|july|august|september|october|november|"
    r"december)\b",
    re.IGNORECASE,
)
STEP = re.compile(
    r"^(?:fix:|verify:|open|enter|set|create|pick|add|choose|place|publish|deploy|configure|run|use|to )",
    re.IGNORECASE,
)
HELD = (PRICE, WAY, NUMBER, DATE)
"""The kinds of which :func:`held` tells whether a passage holds such a thing, in its order."""


def asked_for(question: str) -> tuple[bool, ...]:
    """For each of :data:`KINDS`, whether ``question`` has its form."""
    return tuple(kind.search(question) is not None for kind in KINDS)


def held(passage: Passage) -> tuple[bool, ...]:
    """For each of :data:`HELD`, whether ``passage`` holds something of the kind."""
    words = passage.reading
    return (
        MONEY.search(words) is not None,
        passage.kind in ("code", "tree") or STEP.search(words) is not None,
        any(character.isdigit() for character in words),
        DAY.search(words) is not None,
    )
