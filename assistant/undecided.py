"""Clauses that a message says are not decided: "not sure yet whether someone has to check them".

Readers hear the strong words of such a clause, or, with no other word about people, that nobody takes part.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from assistant.sentences import sentences


def _any(*forms: str) -> str:
    return f"(?:{'|'.join(forms)})"


_YET = r"(?: (?:yet|still|really|quite|even))*"
_NOT = r"(?:n['’]?t| ?not)"
_UNDECIDED = _any(
    rf"not{_YET} (?:sure|certain|clear|decided|known|settled|agreed)",
    "unsure|unclear|uncertain|undecided|up in the air",
)
_BEGINS = r"(?:^|[.,;:!?–(-])\W{0,3}(?:(?:but|and|though|although) )?"
_WE = r"\b(?:we|i|they|nobody|no one|the business|management)\b"
_BE = r"(?: am| are| is|['’]?m|['’]?re|['’]?s)"
# What stands before "whether". The subject matters: that a machine is not sure whether something is right
# may be just what somebody has to decide.
_BEFORE = _any(
    rf"(?:{_BEGINS}|{_WE}{_BE} )(?:still )?{_UNDECIDED}",
    rf"\b(?:it|that){_BE}{_YET} (?:{_UNDECIDED}|open)",
    rf"{_WE}{_YET} (?:do|have|did|can|could){_NOT}{_YET} (?:know|decided?|agreed?|settled?|say|tell)",
    rf"{_WE}{_BE}(?: still)? (?:debating|discussing|arguing|fighting)",
    r"\b(?:the|one|an|another) (?:open |only |remaining |last )?(?:question|issue|point) is",
    rf"{_BEGINS}(?:open is|no idea|it remains to be seen)",
    r"\b(?:nicht (?:sicher|klar|entschieden)|unklar|offen)",
    r"\b(?:(?:wir|ich) (?:wissen|weiß|weiss)|(?:wissen|weiß|weiss) (?:wir|ich)) (?:noch |auch )?nicht",
    r"\b(?:on|nous|je) (?:ne |n['’])?(?:sait|savons|sais) pas(?: encore)?",
    r"\bpas (?:encore )?(?:sûre?s?|clair|décidé)|\breste à (?:voir|savoir|décider)",
    r"\bno (?:sabemos|sé|se sabe)(?: aún| todavía)?|\bno está (?:claro|decidido)",
    r"\bfalta (?:decidir|ver|saber)",
)
_FIRST = re.compile(
    rf"{_BEFORE}{_YET}(?: on| about| over)?(?: to (?:me|us))?{_YET},? "
    r"(?:whether|if|ob|si)\s+(?P<about>[^,;:.!?\n]{3,200})",
    re.IGNORECASE,
)
# What stands after it.
_AFTER = _any(
    rf"(?:is|are|was){_YET} (?:{_UNDECIDED}|open|tbd|to be (?:decided|defined|seen)|an open question)",
    r"(?:is|are) (?:still )?(?:being (?:discussed|debated|argued)|under discussion)(?: about)?",
    rf"is (?:something|what) {_WE}{_BE}(?: still)? (?:debating|discussing|arguing|fighting)(?: about| over)?",
    rf"has{_NOT} been (?:decided|settled|discussed)|remains (?:open|to be seen)",
    rf"{_WE}{_YET} (?:do|have|can){_NOT}{_YET} (?:know|decided|say|discussed|agreed|settled)(?: at all)?",
    r"ist (?:noch )?(?:offen|unklar|nicht (?:klar|entschieden))|steht (?:noch )?nicht fest",
    r"wissen wir (?:noch )?nicht|reste à (?:voir|savoir|décider|définir)",
    r"n['’]est pas (?:encore )?(?:décidé|clair)|est[aá] por (?:ver|decidir)(?:se)?",
    r"no est[aá] (?:claro|decidido)|no (?:lo )?sabemos",
)
_LAST = re.compile(
    rf"\b(?:whether|ob|si)\s+(?P<about>[^;:.!?\n]{{3,200}}?),?\s+{_AFTER}\b{_YET}", re.IGNORECASE
)
_MAYBE = "(?:possibly|maybe|perhaps|vielleicht|peut-[êe]tre|quizás)"
_MAYBE_NOT = re.compile(
    rf"\b{_MAYBE} (?P<about>[^,;:.!?\n]{{3,200}}), (?:or )?{_MAYBE} (?:not|without|nicht|pas|no)\b",
    re.IGNORECASE,
)
_NAMED_WITHIN = 4  # words; "not sure if Flow can …" asks about an option, and tells what it shall do


@dataclass(frozen=True, slots=True)
class Undecided:
    """``text[start:end]`` of a message says that something is open, and ``about`` what."""

    start: int
    end: int
    about: str


def undecided(text: str, names: Collection[str]) -> Iterator[Undecided]:
    """The pieces of ``text``, one a sentence, about what is open; ``names`` are words that name an option."""
    for first, last in sentences(text):
        sentence = text[first:last]
        found = _LAST.search(sentence) or _FIRST.search(sentence) or _MAYBE_NOT.search(sentence)
        if found is None:
            continue
        words = re.findall(r"\w+", found["about"].casefold())
        if set(words[:_NAMED_WITHIN]).isdisjoint(names):
            yield Undecided(first + found.start(), first + found.end(), found["about"])
