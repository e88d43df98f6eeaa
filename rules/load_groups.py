"""Reads the ``groups`` of a rules file: trees whose nodes ask a fact and whose leaves name options."""

from __future__ import annotations

import re
from collections.abc import Mapping as Dict
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rules.errors import did_you_mean
from rules.load_facts import declared_name, names_of, optional_text, read_source
from rules.model import Ask, Branch, FactSpec, Group, GroupKind, Leaf, Node
from rules.ranges import Range, overlapping, parse_range, uncovered
from rules.yaml_tree import Entry, Mapping, Reader

KINDS: tuple[GroupKind, ...] = ("need", "constraint", "preference")
LEAF_KEYS = ("require", "exclude", "prefer", "recommend", "how", "say", "cite", "quote", "since", "until")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
Contribution = Literal["require", "exclude", "prefer"]


@dataclass(frozen=True, slots=True)
class Context:
    """What a group is read against. ``options`` grows by the words of leaves that recommend."""

    reader: Reader
    facts: Dict[str, FactSpec]
    options: dict[str, str]


def read_groups(top: Mapping, context: Context) -> tuple[Group, ...]:
    """The groups in the author's order."""
    reader = context.reader
    mapping = reader.mapping(top.get("groups"), "groups", top.place_of("groups"))
    groups = []
    for entry in mapping.entries if mapping else ():
        body = reader.mapping(entry.piece, f"group {entry.key.text!r}", entry.key.place)
        if body is not None:
            groups.append(_read_group(entry, body, context))
    if mapping is not None and not mapping.entries:
        reader.problem(
            "wrong-type", mapping.place, "there are no groups", "add one with its 'kind' and its tree"
        )
    return tuple(groups)


def _read_group(entry: Entry, body: Mapping, context: Context) -> Group:
    name, reader = entry.key.text, context.reader
    reader.places[f"groups.{name}"] = entry.key.place
    text = optional_text(body, "kind", f"group {name!r}", reader)
    kind = next((known for known in KINDS if known == text), None)
    if body.get("kind") is None:
        reader.problem(
            "missing-key", entry.key.place, f"group {name!r} has no 'kind'", "add " + " or ".join(KINDS)
        )
    elif kind is None and text is not None:
        place = body.place_of("kind")
        reader.problem("unknown-kind", place, f"there is no kind {text!r}", did_you_mean(text, KINDS))
    rest = Mapping(tuple(item for item in body.entries if item.key.text != "kind"), body.place, body.braces)
    return Group(name, kind or "need", _read_node(rest, name, kind, context))


def _read_node(body: Mapping, path: str, kind: GroupKind | None, context: Context) -> Node:
    if body.get("ask") is None:
        return _read_leaf(body, path, kind, context)
    reader = context.reader
    reader.places[f"groups.{path}/ask"] = body.place_of("ask")
    name = declared_name(body, "ask", f"node {path!r}", context.facts, reader)
    branches = [entry for entry in body.entries if entry.key.text != "ask"]
    fact = context.facts.get(name) if name else None
    if name and fact is None:
        reader.problem(
            "unknown-fact",
            body.place_of("ask"),
            f"node {path!r} asks {name!r}, which is no fact",
            did_you_mean(name, context.facts),
        )
    ranges = _check_answers(branches, body, path, fact, reader) if fact else [None] * len(branches)
    read = []
    for entry, within in zip(branches, ranges, strict=True):
        below = f"{path}.{entry.key.text}"
        reader.places[f"groups.{below}"] = entry.key.place
        inner = reader.mapping(entry.piece, f"node {below!r}", entry.key.place)
        if inner is not None:
            read.append(Branch(entry.key.text, within, _read_node(inner, below, kind, context)))
    return Ask(path, name or "", tuple(read))


def _check_answers(
    branches: list[Entry], body: Mapping, path: str, fact: FactSpec, reader: Reader
) -> list[Range | None]:
    """The range of each branch (``None`` for a word), with a problem for each that does not fit the fact."""
    if fact.numeric:
        return _check_ranges(branches, body, path, fact, reader)
    unknown = [entry for entry in branches if entry.key.text not in fact.values]
    for entry in unknown:
        leaf_word = entry.key.text in LEAF_KEYS
        reader.problem(
            "unknown-answer",
            entry.key.place,
            f"{entry.key.text!r} is no value of the fact {fact.name!r}",
            "move it into a leaf: a node asks or is a leaf, not both"
            if leaf_word
            else did_you_mean(entry.key.text, fact.values),
        )
    given = {entry.key.text for entry in branches}
    missing = [value for value in fact.values if value not in given]
    if len(missing) > len(unknown):  # else each is taken for a missing one, misspelt
        reader.problem(
            "gap",
            body.place_of("ask"),
            f"node {path!r} asks {fact.name!r} but has no branch for {', '.join(map(repr, missing))}",
            "add a branch for each answer; a leaf without options is written {cite: …, quote: …}",
        )
    return [None] * len(branches)


def _check_ranges(
    branches: list[Entry], body: Mapping, path: str, fact: FactSpec, reader: Reader
) -> list[Range | None]:
    read = [parse_range(entry.key.text, fact.unit) for entry in branches]
    for entry, within in zip(branches, read, strict=True):
        if within is None:
            reader.problem(
                "bad-range",
                entry.key.place,
                f"{entry.key.text!r} is no range of {fact.name!r} in {fact.unit}",
                'write it like "<= 30", "> 30" or "> 30 and <= 60"',
            )
    good = [(entry, within) for entry, within in zip(branches, read, strict=True) if within is not None]
    clash = overlapping([within for _, within in good])
    if clash:
        one, two = (good[position][0] for position in clash)
        reader.problem(
            "range-overlap",
            two.key.place,
            f"the ranges {one.key.text!r} and {two.key.text!r} share numbers",
            "let one of them begin where the other ends",
        )
    gaps = uncovered(within for _, within in good) if len(good) == len(read) else ()
    if gaps:
        reader.problem(
            "gap",
            body.place_of("ask"),
            f"node {path!r} has no branch for {fact.name!r} {' and for '.join(map(str, gaps))}",
            "add a branch, so that the ranges cover every number",
        )
    return read


def _read_leaf(body: Mapping, path: str, kind: GroupKind | None, context: Context) -> Leaf:
    reader, what = context.reader, f"leaf {path!r}"
    reader.known_keys(body, LEAF_KEYS, what)
    recommend = optional_text(body, "recommend", what, reader) or ""
    require = _read_options(body, "require", what, context)
    if recommend and require:
        reader.problem(
            "recommend-and-require",
            body.place_of("recommend"),
            f"{what} both recommends and requires",
            "keep 'recommend' for the guide's own words, 'require' for declared options",
        )
    if recommend:
        context.options.setdefault(recommend, recommend)
        require = (recommend,)
    exclude, prefer = (
        _read_options(body, "exclude", what, context),
        _read_options(body, "prefer", what, context),
    )
    _check_kind(body, kind, what, reader)
    since, until = _read_date(body, "since", what, reader), _read_date(body, "until", what, reader)
    if since and until and until < since:
        reader.problem(
            "bad-date", body.place_of("until"), f"{what} ends before it begins", "swap the two dates"
        )
    how, say = optional_text(body, "how", what, reader) or "", optional_text(body, "say", what, reader) or ""
    source = read_source(body, what, f"groups.{path}", reader)
    return Leaf(path, require, exclude, prefer, recommend, how, say, source, since, until)


def _read_options(body: Mapping, key: str, what: str, context: Context) -> tuple[str, ...]:
    piece = body.get(key)
    if piece is None:
        return ()
    scalars = context.reader.texts(piece, f"{key!r} of {what}")
    for scalar in scalars:
        if scalar.text not in context.options:
            context.reader.problem(
                "unknown-option",
                scalar.place,
                f"{what} names {scalar.text!r}, which is no option",
                did_you_mean(scalar.text, context.options),
            )
    return names_of(scalars)


def _check_kind(body: Mapping, kind: GroupKind | None, what: str, reader: Reader) -> None:
    allowed = ("prefer",) if kind == "preference" else ("require", "recommend", "exclude")
    for key in ("require", "recommend", "exclude", "prefer"):
        if kind is not None and key not in allowed and body.get(key) is not None:
            reader.problem(
                "wrong-contribution",
                body.place_of(key),
                f"{what} cannot {key} in a group of kind {kind!r}",
                f"use {' or '.join(repr(word) for word in allowed)}, or move it to a group of another kind",
            )


def _read_date(body: Mapping, key: str, what: str, reader: Reader) -> date | None:
    text = optional_text(body, key, what, reader)
    day = None if text is None else day_of(text)
    if text is not None and day is None:
        reader.problem(
            "bad-date",
            body.place_of(key),
            f"{key!r} of {what} is no date: {text!r}",
            "write it as 2026-03-31",
        )
    return day


def day_of(text: str) -> date | None:
    """The day that ``text`` writes as year-month-day, or ``None``; other ways can be read as several days."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
