"""Sentences that leave open what they name: "on-premise maybe in 2028", "nice to have: approvals".

Readers hear the strong word and miss that nothing is settled; so they do not hear the sentence.
"""

from __future__ import annotations

import re

from assistant.sentences import blanked, sentences

_SOME_DAY = (
    r"(?:one day|some ?day|eventually|at some point|in (?:a few|some) years|eines tages|un jour|algún día)"
)
_OPENS = re.compile(
    r"^\W*(?:(?:(?:perhaps|maybe|possibly|vielleicht|peut-[êe]tre|quizás?|tal vez)\W+)?"
    rf"{_SOME_DAY}\b|"
    r"(?:optional(?:ly)?|nice[- ]to[- ]haves?|non-goals?|open|tbd|out of scope|later)\s*[:–-])",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"(?:\b(?:would be|is|are) (?:only )?(?:a )?(?:nice[- ]to[- ]have|nice|optional|tbd)|"
    r"\b(?:maybe|perhaps|possibly)(?: (?:later|one day|some ?day|next year|(?:in )?20\d\d))|"
    r"\((?:optional|tbd|maybe|nice[- ]to[- ]have|open)\)|\b(?:tbd|to be (?:decided|defined)))[\s.!)]*$",
    re.IGNORECASE,
)


def blank_unsettled(text: str) -> str:
    """``text`` with spaces in place of such sentences; every other word keeps its place."""
    for start, end in sentences(text):
        if _OPENS.search(text[start:end]) or _ENDS.search(text[start:end]):
            text = blanked(text, start, end)
    return text
