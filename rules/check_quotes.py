"""Checks that every rule is cited, with words that stand in the section it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from rules.errors import Problem, did_you_mean
from rules.finding import problem_at
from rules.load import nodes
from rules.model import Leaf, RuleSet, Source

ALIKE = 0.5
_MARKS = re.compile(r"(\s*\[[^\]]*\])*\s*$")  # references behind a sentence: [src1] [src2]


@dataclass(frozen=True, slots=True)
class Cited:
    """Something of a rules file that is cited, or should be; ``path`` is its place in the file."""

    what: str
    path: str
    source: Source | None
    wanted: bool


def cited_things(rules: RuleSet) -> Iterator[Cited]:
    """Everything that carries a citation: leaves, ways out and limits must, facts may."""
    for fact in rules.facts.values():
        yield Cited(f"fact {fact.name!r}", f"facts.{fact.name}", fact.source, False)
    for group in rules.groups:
        for node in nodes(group.root):
            if isinstance(node, Leaf):
                yield Cited(f"leaf {node.id!r}", f"groups.{node.id}", node.source, True)
    for conflict in rules.conflicts:
        for way in conflict.ways:
            what = f"answer {way.answer!r} of conflict {conflict.name!r}"
            yield Cited(what, f"conflicts.{conflict.name}.{way.answer}", way.source, True)
    for limit in rules.limits:
        yield Cited(f"limit {limit.name!r}", f"limits.{limit.name}", limit.source, True)


def uncited_sections(rules: RuleSet, sections: Mapping[str, str]) -> tuple[str, ...]:
    """The sections that no rule cites, in the guide's order."""
    cited = {thing.source.cite for thing in cited_things(rules) if thing.source}
    return tuple(section for section in sections if section not in cited)


def check_quotes(
    rules: RuleSet, sections: Mapping[str, str] | None, *, wanted: bool = True
) -> Iterator[Problem]:
    """What is not cited, cites a section that is not there, or quotes words that do not stand in it.

    Without ``wanted`` the first of these is left aside: what is not cited can still be decided with.
    """
    for thing in cited_things(rules):
        if thing.source is None:
            if thing.wanted and wanted:
                message, remedy = (
                    f"{thing.what} is not cited",
                    "add 'cite' (a section) and 'quote' (its words)",
                )
                yield problem_at(rules, "uncited", thing.path, message, remedy)
        elif sections is not None:
            yield from _check_source(rules, thing, thing.source, sections)


def _check_source(
    rules: RuleSet, thing: Cited, source: Source, sections: Mapping[str, str]
) -> Iterator[Problem]:
    text = sections.get(source.cite)
    if text is None:
        message = f"{thing.what} cites {source.cite!r}, which is no section of the guide"
        yield problem_at(
            rules, "unknown-section", f"{thing.path}/cite", message, did_you_mean(source.cite, sections)
        )
    elif source.quote not in text:
        message = f"{thing.what} quotes words that do not stand in {source.cite!r}: {_short(source.quote)!r}"
        yield problem_at(rules, "quote", f"{thing.path}/quote", message, _where(source, text, sections))


def _where(source: Source, text: str, sections: Mapping[str, str]) -> str:
    """A remedy: the section that holds the words, else the words of the section that come nearest."""
    elsewhere = next((name for name, other in sections.items() if source.quote in other), None)
    if elsewhere:
        return f"they stand in {elsewhere!r}: cite that"
    nearest, likeness = nearest_words(source.quote, text)
    if likeness < ALIKE:
        return "quote words exactly as they stand there"
    return f"the nearest words there are {nearest!r}"


def nearest_words(quote: str, text: str) -> tuple[str, float]:
    """The line of ``text`` that comes nearest to ``quote``, without its mark-up, and how near (0 to 1)."""
    best, likeness = "", 0.0
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(quote)
    for line in text.splitlines():
        words = _MARKS.sub("", line.strip().lstrip("-*|># "))
        matcher.set_seq1(words)
        if matcher.real_quick_ratio() > likeness and matcher.quick_ratio() > likeness:
            ratio = matcher.ratio()
            if ratio > likeness:
                best, likeness = words, ratio
    return best, likeness


def _short(quote: str) -> str:
    return quote if len(quote) <= 60 else quote[:59] + "…"
