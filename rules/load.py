"""Reads a rules file, and tells everything that is wrong with it at once."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from rules.errors import Problem, RulesError, did_you_mean
from rules.load_facts import optional_text, read_facts, read_options
from rules.load_groups import Context, read_groups
from rules.load_rest import read_conflicts, read_disputes, read_limits
from rules.model import Ask, Conflict, FactSpec, Group, Node, Place, RuleSet
from rules.yaml_tree import Mapping, Reader, read_tree

TOP_KEYS = ("rules", "version", "guide", "options", "facts", "groups", "conflicts", "limits", "disputed")
MOST_BYTES = 20_000_000


def load_rules(path: Path) -> RuleSet:
    """The rules of the file at ``path``.

    Raises :class:`RulesError` with every problem of the file, each with its place and a remedy; also when
    the file is missing, cannot be read, is no text in UTF-8 or is larger than 20 MB.
    """
    name = str(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        remedy = "check the path and the permissions"
        problem = Problem("unreadable", name, 0, 0, f"the rules file cannot be read: {reason}", remedy)
        raise RulesError([problem]) from error
    if len(content) > MOST_BYTES:
        message = f"the rules file has {len(content):,} bytes, more than {MOST_BYTES:,}"
        raise RulesError([Problem("unreadable", name, 0, 0, message, "split it into several files")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"the rules file is no text in UTF-8: byte {error.start + 1} cannot be read"
        raise RulesError([Problem("unreadable", name, line, 1, message, "save it as UTF-8")]) from error
    rules = parse_rules(text, name)
    return replace(rules, sha256=hashlib.sha256(content).hexdigest(), path=path)


def parse_rules(text: str, file: str = "rules.yaml") -> RuleSet:
    """The rules that ``text`` writes; ``file`` is the name that messages show.

    Raises :class:`RulesError` with every problem of the text.
    """
    reader = Reader(file, text.splitlines())
    top = read_tree(text, reader)
    rules = _read_rules(top, reader, text) if top else None
    if rules is None or reader.problems:
        raise RulesError(sorted(reader.problems, key=lambda one: (one.line, one.column, one.code)))
    return rules


def _read_rules(top: Mapping, reader: Reader, text: str) -> RuleSet:
    reader.known_keys(top, TOP_KEYS, "a rules file")
    if top.get("rules") is None:
        reader.problem("missing-key", Place(1, 1), "the file has no 'rules'", "begin with 'rules: <name>'")
    name, version, guide = (optional_text(top, key, "the file", reader) or "" for key in TOP_KEYS[:3])
    reader.places["guide"] = top.place_of("guide")
    options, facts = read_options(top, reader), read_facts(top, reader)
    context = Context(reader, facts, options)
    groups = read_groups(top, context)
    conflicts = read_conflicts(top, groups, context)
    limits = read_limits(top, context)
    known = {node.id for group in groups for node in nodes(group.root)}
    known |= {one.name for one in conflicts} | {one.name for one in limits}
    disputed = read_disputes(top, frozenset(known), reader)
    _check_only_for(facts, conflicts, reader)
    _check_ids(groups, reader)
    for group in groups:
        _check_asked(group, facts, reader)
    return RuleSet(
        name,
        version,
        guide,
        options,
        facts,
        groups,
        conflicts,
        limits,
        disputed,
        hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        reader.file,
        places=reader.places,
        lines=tuple(reader.lines),
    )


def nodes(node: Node) -> Iterator[Node]:
    """``node`` and every node below it."""
    yield node
    if isinstance(node, Ask):
        for branch in node.branches:
            yield from nodes(branch.node)


def _check_ids(groups: tuple[Group, ...], reader: Reader) -> None:
    """Ids are paths joined by dots, so names that hold dots can lead two nodes to one id."""
    for name, count in Counter(node.id for group in groups for node in nodes(group.root)).items():
        if count > 1:
            reader.problem(
                "repeated-node",
                reader.places[f"groups.{name}"],
                f"two nodes have the id {name!r}",
                "rename a group or an answer: one of them holds a dot",
            )


def _check_only_for(facts: dict[str, FactSpec], conflicts: tuple[Conflict, ...], reader: Reader) -> None:
    asked = {conflict.name: conflict.ask for conflict in conflicts}
    for fact in facts.values():
        if fact.only_for is None:
            continue
        place = reader.places[f"facts.{fact.name}"]
        if fact.assume is not None:
            reader.problem(
                "exception-fact",
                place,
                f"fact {fact.name!r} is only for a conflict and cannot be assumed",
                "take 'assume' away: a conflict stands until its exception is known to apply",
            )
        if fact.only_for not in asked:
            reader.problem(
                "unknown-conflict",
                place,
                f"fact {fact.name!r} is only for {fact.only_for!r}, which is no conflict",
                did_you_mean(fact.only_for, asked),
            )
        elif asked[fact.only_for] != fact.name and fact.ask is not None and not fact.numeric:
            reader.problem(
                "exception-fact",
                place,
                f"fact {fact.name!r} is only for {fact.only_for!r}, which does not ask it",
                f"add 'ask: {fact.name}' to the conflict, or take 'only_for' away",
            )


def _check_asked(group: Group, facts: dict[str, FactSpec], reader: Reader) -> None:
    """A fact that branches must be one that can be asked, or one that holds an assumption while unsaid."""
    for node in nodes(group.root):
        fact = facts.get(node.fact) if isinstance(node, Ask) else None
        if fact is None:
            continue
        place = reader.places[f"groups.{node.id}/ask"]
        if fact.only_for is not None:
            reader.problem(
                "exception-fact",
                place,
                f"node {node.id!r} asks {fact.name!r}, which belongs to the conflict {fact.only_for!r}",
                "use another fact here, or take 'only_for' away",
            )
        elif fact.ask is None and fact.assume is None:
            reader.problem(
                "never-asked",
                place,
                f"node {node.id!r} asks {fact.name!r}, which has no 'ask' and no 'assume'",
                "give the fact 'ask' (a question), or 'assume' (what holds while nobody mentions it)",
            )
