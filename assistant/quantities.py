"""Numbers with units in a message, tied to the one fact of the rules that is measured so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rules import RuleSet

# Not "one" nor "a": "a second pair of eyes" and "give me a minute" measure nothing.
WORDS = {
    word: float(value)
    for value, words in {
        2: "two zwei deux dos", 3: "three drei trois tres", 4: "four vier quatre cuatro",
        5: "five fünf cinq cinco", 6: "six sechs seis", 7: "seven sieben sept siete",
        8: "eight acht huit ocho", 9: "nine neun neuf nueve",
        10: "ten zehn dix diez", 12: "twelve zwölf", 15: "fifteen", 20: "twenty", 30: "thirty", 40: "forty",
        45: "forty-five", 50: "fifty", 60: "sixty", 90: "ninety",
    }.items()
    for word in words.split()
} | {"half a": 0.5, "half an": 0.5}  # fmt: skip
NUMBER = (
    r"(?<![\w.,$€£])(\d{1,3}(?:[ ,']\d{3})+|\d+(?:\.\d+)?|(?:"
    + "|".join(sorted(map(re.escape, WORDS), key=len, reverse=True))
    + r")(?=[\s-]))(?:\s*(k|m|mio|million|millions|thousand|billion)\b)?[\s-]*"
)
SCALES = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "mio": 1e6, "million": 1e6, "millions": 1e6, "billion": 1e9,
}  # fmt: skip
PIECES = r"(?:messages?|msgs?|documents?|records?|nachrichten|mensajes)"
HOUR = 3600.0  # seconds
# For each unit of a fact, the words people use and how many of the fact's units one of theirs is.
UNITS: dict[str, tuple[tuple[str, float], ...]] = {
    "s": (
        (r"(?:s|secs?|seconds?|sekunden?|secondes?|segundos?)", 1.0),
        (r"(?:min|mins|minutes?|minuten?|minutos?)", 60.0),
        (r"(?:h|hrs?|hours?|stunden?|heures?|horas?)", HOUR),
    ),
    "MB": (
        (r"(?:mb|megabytes?|megs?)", 1.0),
        (r"(?:gb|gigabytes?|gigs?)", 1024.0),
        (r"(?:kb|kilobytes?)", 1 / 1024),
    ),
    "req/s": (
        (r"(?:(?:req(?:uest)?s?|calls?|hits)\s*(?:/|per|a|each|every)\s*(?:s|sec|second)|rps)", 1.0),
        (r"(?:req(?:uest)?s?|calls?|hits)\s*(?:/|per|a|each|every)\s*(?:min|minute)", 1 / 60),
    ),
    "messages/year": (
        (
            PIECES
            + r"\s*(?:(?:/|per|a|each|every|pro|im|par|al)\s*(?:year|yr|annum|jahr|an|año)|yearly|annually)",
            1.0,
        ),
        (PIECES + r"\s*(?:(?:/|per|a|each|every|pro|im|par|al)\s*(?:month|monat|mois|mes)|monthly)", 12.0),
        (PIECES + r"\s*(?:(?:/|per|a|each|every|pro)\s*(?:week|woche)|weekly)", 52.0),
        (PIECES + r"\s*(?:(?:/|per|a|each|every|pro|am|par|al)\s*(?:day|tag|jour|día)|daily)", 365.0),
    ),
}
# A stretch of time is about the process only when something is said to take it.
TAKES_TIME = re.compile(
    r"\b(?:tak(?:e|es|ing)|took|need(?:s|ed)?|runs?|running|last(?:s|ed)?|respon(?:d|ds|se)|answers?|return(?:s|ed)?|"
    r"comput\w+|calculat\w+|process\w*|pric\w+|wait\w*|duration|long|execut\w+|job|dauert|braucht|dure|tarda)\b",
    re.IGNORECASE,
)


# "Runs every 5 minutes" tells how often, not how long; "takes her 3 hours a day" is how much work it is.
HOW_OFTEN = re.compile(r"\b(?:every|each|all[e]?|toutes les|tous les|cada)\s+$", re.IGNORECASE)
HOW_MUCH_WORK = re.compile(
    r"\s*(?:(?:a|per|each|every|/|pro|am|par|al)\s*(?:day|week|month|morning|person|tag|woche|jour|semaine|día|"
    r"semana)|daily|weekly|of work)\b",
    re.IGNORECASE,
)
# Hours that somebody needs, or has time for, are seldom those of a program.
TAKES_HOURS = re.compile(
    r"\b(?:tak(?:e|es|ing)|took|runs?|running|last(?:s|ed)?|comput\w+|calculat\w+|execut\w+|job|duration|dauert|"
    r"dure|tarda)\b",
    re.IGNORECASE,
)
# "They send 850s and 856s": several of a kind that goes by a number, unless it says how long.
GLUED_PLURAL = re.compile(r"\d{3,}s", re.IGNORECASE)
SAYS_HOW_LONG = re.compile(
    r"\b(?:tak(?:e|es|ing)|took|runs?|lasts?|lasted|needs?|waits?|in|within|for|about|around|to|than|is|after)\s+$",
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
                if unit == "s" and not _lasts(text, found, factor):
                    continue
                number = _number(found.group(1)) * SCALES.get((found.group(2) or "").lower(), 1.0)
                yield names[0], number * factor, found.start(), found.end()


def _number(said: str) -> float:
    word = " ".join(said.lower().split())
    return WORDS[word] if word in WORDS else float(re.sub(r"[ ,']", "", said))


def _lasts(text: str, found: re.Match[str], factor: float) -> bool:
    """Whether the stretch of time there is said to be how long something takes to run."""
    start, end = found.span()
    if HOW_OFTEN.search(text[:start]) or HOW_MUCH_WORK.match(text, end):
        return False
    if GLUED_PLURAL.fullmatch(found.group()) and not SAYS_HOW_LONG.search(text[:start]):
        return False
    takes = TAKES_HOURS if factor >= HOUR else TAKES_TIME
    return takes.search(_sentence_around(text, start, end)) is not None


def _sentence_around(text: str, start: int, end: int) -> str:
    before = max(text.rfind(mark, 0, start) for mark in ".!?\n")
    after = min((place for mark in ".!?\n" if (place := text.find(mark, end)) >= 0), default=len(text))
    return text[before + 1 : after]
