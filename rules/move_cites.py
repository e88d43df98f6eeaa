"""Moves the citations of a rules file to other sections, and leaves every other character as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rules.check_quotes import cited_things
from rules.errors import RulesError
from rules.load import parse_rules
from rules.model import Ask, Branch, Node, Place, RuleSet, Source

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node as YamlNode

_ALIAS = re.compile(r"\s*:\s+(\*[^\s,\[\]{}]+)")
_ANCHOR = re.compile(r"(?:[&!][^\s]*\s+)+")
# A word that needs no quotes anywhere in YAML; a section id may hold '#', which only begins a comment after
# a space.
_PLAIN = re.compile(r"[^\W\d_][\w./#-]*")

Move = Callable[[Source], Source]


class MoveError(Exception):
    """Citations that cannot be moved by editing the file; the file is as it was. ``problem`` says why."""

    def __init__(self, file: str, problem: str, remedy: str) -> None:
        self.file = file
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{file}: is left as it was: {problem}; {remedy}")

    def __reduce__(self) -> tuple[type[MoveError], tuple[str, str, str]]:
        return type(self), (self.file, self.problem, self.remedy)


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    words: str


def move_cites(rules: RuleSet, text: str, places: Mapping[Source, str]) -> str:
    """``text``, the rules file that ``rules`` were read from, with the citations of ``places`` moved.

    ``places`` maps what is cited to the section to cite instead. Only the values of ``cite`` keys change;
    comments, layout and quotes stay byte for byte. The result was read again and says the same as before
    but for these sections; where it would not (an anchor that others share), :class:`MoveError` is raised.
    """
    edits = sorted(_edits(rules, text, places), key=lambda edit: -edit.start)
    moved = text
    for edit in edits:
        moved = moved[: edit.start] + edit.words + moved[edit.end :]
    _verify(rules, moved, places)
    return moved


def _edits(rules: RuleSet, text: str, places: Mapping[Source, str]) -> Iterator[_Edit]:
    from ruamel.yaml import YAML

    wanted = _wanted(rules, places)
    seen: set[int] = set()
    for key, value in _pairs(YAML(typ="safe", pure=True).compose(text), set()):
        place = Place(key.start_mark.line + 1, key.start_mark.column + 1)
        section = wanted.get(place)
        if section is None or key.start_mark.index in seen:
            continue
        seen.add(key.start_mark.index)
        alias = _ALIAS.match(text, key.end_mark.index)
        if alias is not None:
            yield _Edit(alias.start(1), alias.end(1), _written(section, ""))
            continue
        start, end = value.start_mark.index, value.end_mark.index
        anchor = _ANCHOR.match(text, start, end)
        start = anchor.end() if anchor else start
        old = text[start:end].rstrip()
        if old[:1] in "|>" and "#" in old.partition("\n")[0]:
            remedy = "write that 'cite' on one line, then try again"
            raise MoveError(rules.file, f"line {place.line}: a comment stands inside the 'cite'", remedy)
        yield _Edit(start, start + len(old), _written(section, old))


def _wanted(rules: RuleSet, places: Mapping[Source, str]) -> dict[Place, str]:
    """The section to write behind each ``cite`` key of the file."""
    wanted = {}
    for thing in cited_things(rules):
        section = places.get(thing.source) if thing.source else None
        place = rules.places.get(f"{thing.path}/cite")
        if section is not None and place is not None:
            wanted[place] = section
    return wanted


def _written(section: str, old: str) -> str:
    """``section`` in the way in which ``old`` was written."""
    if old[:1] == "'":
        return "'" + section.replace("'", "''") + "'"
    plain = _PLAIN.fullmatch(section) and section.casefold() not in ("null", "true", "false")
    return section if plain and old[:1] != '"' else json.dumps(section, ensure_ascii=False)


def _verify(rules: RuleSet, moved: str, places: Mapping[Source, str]) -> None:
    remedy = "move the citations by hand; `groundrule pack drift` says where to"
    try:
        after = parse_rules(moved, rules.file)
    except RulesError as error:
        problem = f"the file could not be read with the citations moved ({error.problems[0].message})"
        raise MoveError(rules.file, problem, remedy) from error
    wanted = with_sources(rules, lambda source: replace(source, cite=places.get(source, source.cite)))
    if _content(after) != _content(wanted):
        problem = "moving the citations would change something else: an anchor shares what is edited"
        raise MoveError(rules.file, problem, remedy)


def _content(rules: RuleSet) -> tuple[object, ...]:
    return (
        (rules.name, rules.version, rules.guide, list(rules.options.items()), list(rules.facts.items())),
        (rules.groups, rules.conflicts, rules.limits, rules.disputed),
    )


def with_sources(rules: RuleSet, move: Move) -> RuleSet:
    """The same rules with every citation replaced by what ``move`` makes of it."""

    def moved(source: Source | None) -> Source | None:
        return None if source is None else move(source)

    def below(node: Node) -> Node:
        if isinstance(node, Ask):
            return replace(
                node, branches=tuple(Branch(one.answer, one.within, below(one.node)) for one in node.branches)
            )
        return replace(node, source=moved(node.source))

    return replace(
        rules,
        facts={name: replace(fact, source=moved(fact.source)) for name, fact in rules.facts.items()},
        groups=tuple(replace(group, root=below(group.root)) for group in rules.groups),
        conflicts=tuple(
            replace(one, ways=tuple(replace(way, source=moved(way.source)) for way in one.ways))
            for one in rules.conflicts
        ),
        limits=tuple(replace(limit, source=moved(limit.source)) for limit in rules.limits),
    )


def _pairs(node: YamlNode, seen: set[int]) -> Iterator[tuple[YamlNode, YamlNode]]:
    """Each key of the file with its value; what an alias repeats is walked once."""
    from ruamel.yaml.nodes import MappingNode, SequenceNode

    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, SequenceNode):
        for item in node.value:
            yield from _pairs(item, seen)
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            yield key, value
            yield from _pairs(value, seen)
