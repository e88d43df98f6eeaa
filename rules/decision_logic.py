"""Reads ``Decision Logic`` sections: headings ``If …`` with what follows, in order, and a default."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rules.advice import Advice, Item, yes_no
from rules.drawn_lines import Words, text_lines
from rules.drawn_words import arrow_first, clean, outside, split_arrow
from rules.read_drawn import DrawnProblem

_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})\s+(?P<words>.*?)\s*#*\s*$")
_SECTION = re.compile(r"decision (?:logic|rules)\b", re.I)
_IF = re.compile(r"(?:else\s+|otherwise,?\s+)?if\s+(?P<condition>.*)", re.I)
_DEFAULT = re.compile(r"(?:default|otherwise|else)\b", re.I)
_FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_BOLD = re.compile(r"\*\*(.+?)(?:[.:]\*\*|\*\*(?=[.:]|\Z))")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“*])")
_SHORT = re.compile(r"(?:\b(?:e\.g|i\.e|vs|etc|approx|no|st|inc|dr|mr|ms)|\b[A-Z])\.$", re.I)


@dataclass(frozen=True, slots=True)
class OrderedRule:
    """A condition, empty for the default, and what the guide says then; ``source`` is the heading."""

    condition: str
    advice: Advice
    source: Words


@dataclass(frozen=True, slots=True)
class DecisionLogic:
    """Rules of which the first whose condition holds applies, the default where none does."""

    rules: tuple[OrderedRule, ...]


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    words: Words
    body: tuple[Words, ...]


def read_decision_logic(text: str) -> tuple[tuple[DecisionLogic, ...], tuple[DrawnProblem, ...]]:
    """Each ``Decision Logic`` section of a guide that is read whole, a problem for each line that is not.

    A section with a rule that is not understood is refused as a whole: the rules behind it would apply where
    the guide does not mean them to.
    """
    found, problems = [], list[DrawnProblem]()
    headings = list(_headings(text))
    for place, heading in enumerate(headings):
        if not _SECTION.match(heading.words.text):
            continue
        below = []
        for one in headings[place + 1 :]:
            if one.level <= heading.level:
                break
            below.append(one)
        read = [_rule(one) for one in below]
        rules = tuple(one for one in read if isinstance(one, OrderedRule))
        wrong = [one for one in read if isinstance(one, DrawnProblem)]
        wrong += _misplaced(rules)
        problems += wrong
        if rules and not wrong:
            found.append(DecisionLogic(rules))
    return tuple(found), tuple(sorted(problems, key=lambda problem: problem.line))


def in_order(logic: DecisionLogic) -> tuple[Item, ...]:
    """The rules as questions: each is asked where all before it do not hold."""
    items: tuple[Item, ...] = ()
    for rule in reversed(logic.rules):
        if rule.condition:
            items = (yes_no(f"Does this hold: {rule.condition}?", rule.source, (rule.advice,), items),)
        else:
            items = (rule.advice,)
    return items


def _misplaced(rules: tuple[OrderedRule, ...]) -> list[DrawnProblem]:
    """Rules behind the default, which could never apply."""
    defaults = [place for place, rule in enumerate(rules) if not rule.condition]
    behind = rules[defaults[0] + 1 :] if defaults else ()
    return [DrawnProblem(rule.source.line, "the rule stands behind the default") for rule in behind]


def _headings(text: str) -> Iterator[_Heading]:
    """The headings outside of code and comments, each with the lines below it that hold words."""
    # Comments keep their length, so that every place in the text stays what it was.
    shown = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    level, words, body, code = 0, Words(0, 0, 0, ""), list[Words](), False
    for number, start, line in text_lines(shown):
        code ^= bool(_FENCE.match(line))
        heading = None if code else _HEADING.match(line)
        if heading:
            if level:
                yield _Heading(level, words, tuple(body))
            begin, end = heading.span("words")
            level, body = len(heading["marks"]), []
            words = Words(number, start + begin, start + end, heading["words"])
        elif line.strip():
            begin = len(line) - len(line.lstrip())
            body.append(Words(number, start + begin, start + len(line.rstrip()), line.strip()))
    if level:
        yield _Heading(level, words, tuple(body))


def _rule(heading: _Heading) -> OrderedRule | DrawnProblem:
    said, result = split_arrow(heading.words.text)
    found = _IF.fullmatch(said)
    if not found and not _DEFAULT.match(said):
        message = (
            "the heading begins neither with 'If' nor with 'Default': what its rule applies to is not said"
        )
        return DrawnProblem(heading.words.line, message)
    first = heading.words
    if not result:
        if not heading.body:
            return DrawnProblem(
                heading.words.line, "nothing stands below the heading: what follows is not said"
            )
        first = heading.body[0]
        arrow = arrow_first(first.text)
        result = first.text[arrow:]
        first = Words(first.line, first.start + arrow, first.end, result)
    rest = [one.text for one in heading.body if one.line > first.line]
    condition = _plain(found["condition"]) if found else ""
    return OrderedRule(condition, _advice([result, *rest], first), heading.words)


def _advice(lines: list[str], source: Words) -> Advice:
    """A sentence in bold with which the advice begins, or else its first; the rest says how."""
    text = " ".join(lines)
    bold = _BOLD.match(text)
    end = bold.end() if bold else next(_sentence_ends(text), len(text))
    head, how = _plain(text[:end]), _plain(text[end:]).lstrip(".:—– ")
    return Advice(head.rstrip(".") or _plain(text), how, "", source)


def _sentence_ends(text: str) -> Iterator[int]:
    for space in _SENTENCE.finditer(text):
        if outside(text, space.start()) and not _SHORT.search(text[: space.start()]):
            yield space.start()


def _plain(text: str) -> str:
    return clean(_LINK.sub(r"\1", text).replace("**", ""))
