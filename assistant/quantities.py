"""Numbers with units in a message, tied to the one fact of the rules that is measured so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules import RuleSet

NUMBER = r"(?<![\w.,$€£])(\d{1,3}(?:[ ,']\d{3})+|\d+(?:\.\d+)?)\s*(k|m|mio|million|thousand|billion)?\b[\s-]*"
SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mio": 1e6, "million": 1e6, "billion": 1e9}
# For each unit of a fact, the words people use and how many of the fact's units one of theirs is.
UNITS: dict[str, tuple[tuple[str, float], ...]] = {
    "s": (
        (r"(?:s|secs?|seconds?|sekunden?|secondes?|segundos?)", 1.0),
        (r"(?:min|mins|minutes?|minuten?|minutos?)", 60.0),
    ),
    "MB": (
        (r"(?:mb|megabytes?|megs?)", 1.0),
        (r"(?:gb|gigabytes?|gigs?)", 1024.0),
        (r"(?:kb|kilobytes?)", 1 / 1024),
    ),
    "req/s": ((r"(?:req(?:uest)?s?|calls?|hits)\s*(?:/|per|a|each|every)\s*(?:s|sec|second)", 1.0),),
    "messages/year": (
        (r"(?:messages?|msgs?|documents?|records?)\s*(?:/|per|a|each|every)\s*(?:year|yr|annum)", 1.0),
        (r"(?:messages?|msgs?|documents?|records?)\s*(?:/|per|a|each|every)\s*month", 12.0),
        (r"(?:messages?|msgs?|documents?|records?)\s*(?:/|per|a|each|every)\s*day", 365.0),
    ),
}
# A stretch of time is about the process only when something is said to take it.
TAKES_TIME = re.compile(
    r"\b(?:tak(?:e|es|ing)|took|need(?:s|ed)?|runs?|running|last(?:s|ed)?|respon(?:d|ds|se)|answers?|return(?:s|ed)?|"
    r"comput\w+|calculat\w+|process\w*|pric\w+|wait\w*|duration|long|execut\w+|job|dauert|braucht|dure|tarda)\b",
    re.IGNORECASE,
)


def quantities(text: str, rules: RuleSet) -> Iterator[tuple[str, float, int, int]]:
    """(fact, value in the fact's unit, start, end) for each number that a single fact can be about."""
    by_unit: dict[str, list[str]] = {}
    for name, spec in rules.facts.items():
        if spec.unit:
            by_unit.setdefault(spec.unit, []).append(name)
    for unit, names in by_unit.items():
        if len(names) != 1:
            continue  # two facts are measured alike: the number alone does not say which
        for words, factor in UNITS.get(unit, ((re.escape(unit), 1.0),)):
            for found in re.finditer(NUMBER + words + r"\b", text, re.IGNORECASE):
                if unit == "s" and not TAKES_TIME.search(_sentence_around(text, found.start(), found.end())):
                    continue
                number = float(re.sub(r"[ ,']", "", found.group(1))) * SCALES.get(
                    (found.group(2) or "").lower(), 1.0
                )
                yield names[0], number * factor, found.start(), found.end()


def _sentence_around(text: str, start: int, end: int) -> str:
    before = max(text.rfind(mark, 0, start) for mark in ".!?\n")
    after = min((place for mark in ".!?\n" if (place := text.find(mark, end)) >= 0), default=len(text))
    return text[before + 1 : after]
