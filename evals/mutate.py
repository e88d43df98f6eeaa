"""Rules with one mistake each, to see whether the suites would notice it.

A mutant that no case notices is a survivor, unless it decides every complete case as the rules do: then it
says the same in other words. After DeMillo, Lipton and Sayward, "Hints on Test Data Selection" (Computer 11,
1978).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from math import prod
from typing import Literal

from evals.ask_rules import ask_rules
from evals.judged_facts import Judged, differences, judged_turns
from evals.suite import Suite
from rules import Branch, Conflict, Leaf, Limit, Node, RuleSet
from rules.compile import engine_of
from rules.load import nodes

MutantKind = Literal["swap", "drop", "move"]
Progress = Callable[[int, int, str], None]
MOST_COMPLETIONS = 1_000_000


@dataclass(frozen=True, slots=True)
class Mutant:
    """``rules`` with one mistake: ``what`` says which, ``place`` where it stands in the rules file."""

    kind: MutantKind
    what: str
    place: str
    rules: RuleSet


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mistake that no case notices. ``compared`` is false where there are too many cases to compare."""

    kind: MutantKind
    what: str
    place: str
    compared: bool


@dataclass(frozen=True, slots=True)
class Mutation:
    """``mutants`` were tried, ``equivalent`` of them decide as the rules do, ``survivors`` go unnoticed."""

    mutants: int
    equivalent: int
    survivors: tuple[Survivor, ...]


def mutation(rules: RuleSet, suites: Sequence[Suite], progress: Progress | None = None) -> Mutation:
    """Try every mistake on the cases that hold now. Raises :class:`rules.TooLargeError`."""
    judged = [one for one in judged_turns(rules, suites) if not differences(rules, one)]
    tried = list(mutants(rules))
    survivors: list[Survivor] = []
    equivalent = 0
    for number, mutant in enumerate(tried, 1):
        if not _noticed(mutant.rules, judged):
            differs = changes_a_decision(rules, mutant.rules)
            if differs is False:
                equivalent += 1
            else:
                survivors.append(Survivor(mutant.kind, mutant.what, mutant.place, differs is not None))
        if progress is not None:
            progress(number, len(tried), "mistakes")
    return Mutation(len(tried), equivalent, tuple(survivors))


def _noticed(rules: RuleSet, judged: Sequence[Judged]) -> bool:
    return any(differences(rules, one) for one in judged)


def mutants(rules: RuleSet) -> Iterator[Mutant]:
    """Every mistake: leaves of a group and ways out of a conflict swapped, leaves emptied, limits moved."""
    for group in rules.groups:
        leaves = [node for node in nodes(group.root) if isinstance(node, Leaf)]
        for one, two in combinations(leaves, 2):
            if _says(one) != _says(two):
                swapped = {one.id: _saying(one, two), two.id: _saying(two, one)}
                what = f"the leaves {one.id!r} and {two.id!r} are swapped"
                yield Mutant("swap", what, f"groups.{one.id}", _with_leaves(rules, swapped))
        for leaf in leaves:
            if leaf.contributes:
                emptied = {leaf.id: replace(leaf, require=(), exclude=(), prefer=(), recommend="")}
                what = f"the leaf {leaf.id!r} contributes nothing"
                yield Mutant("drop", what, f"groups.{leaf.id}", _with_leaves(rules, emptied))
    yield from _conflict_mutants(rules)
    for limit in rules.limits:
        for what, moved in _moved(limit):
            limits = tuple(moved if one is limit else one for one in rules.limits)
            yield Mutant("move", what, f"limits.{limit.name}", _changed(rules, what, limits=limits))


def _conflict_mutants(rules: RuleSet) -> Iterator[Mutant]:
    for conflict in rules.conflicts:
        for one, two in combinations(conflict.ways, 2):
            swapped = {
                one.answer: replace(two, answer=one.answer),
                two.answer: replace(one, answer=two.answer),
            }
            ways = tuple(swapped.get(way.answer, way) for way in conflict.ways)
            conflicts: tuple[Conflict, ...] = tuple(
                replace(conflict, ways=ways) if other is conflict else other for other in rules.conflicts
            )
            what = f"the ways out {one.answer!r} and {two.answer!r} of conflict {conflict.name!r} are swapped"
            place = f"conflicts.{conflict.name}.{one.answer}"
            yield Mutant("swap", what, place, _changed(rules, what, conflicts=conflicts))


def _moved(limit: Limit) -> Iterator[tuple[str, Limit]]:
    """The limit with each of its numbers half and twice as large (a zero: one less and one more)."""
    for number in _elsewhere(limit.maximum):
        what = f"the maximum of limit {limit.name!r} is {number:g} instead of {limit.maximum:g} {limit.unit}"
        yield what, replace(limit, maximum=number)
    for number in _elsewhere(limit.minimum):
        what = f"the minimum of limit {limit.name!r} is {number:g} instead of {limit.minimum:g} {limit.unit}"
        yield what, replace(limit, minimum=number)


def _elsewhere(number: float | None) -> tuple[float, ...]:
    if number is None:
        return ()
    return (number / 2, number * 2) if number else (-1.0, 1.0)


def _says(leaf: Leaf) -> tuple[frozenset[str], ...]:
    return frozenset(leaf.require), frozenset(leaf.exclude), frozenset(leaf.prefer)


def _saying(leaf: Leaf, other: Leaf) -> Leaf:
    return replace(
        leaf, require=other.require, exclude=other.exclude, prefer=other.prefer, recommend=other.recommend
    )


def _with_leaves(rules: RuleSet, leaves: Mapping[str, Leaf]) -> RuleSet:
    def changed(node: Node) -> Node:
        if isinstance(node, Leaf):
            return leaves.get(node.id, node)
        return replace(
            node,
            branches=tuple(Branch(one.answer, one.within, changed(one.node)) for one in node.branches),
        )

    groups = tuple(replace(group, root=changed(group.root)) for group in rules.groups)
    return _changed(rules, " ".join(leaves), groups=groups)


def _changed(rules: RuleSet, what: str, **parts: object) -> RuleSet:
    # Another content is another file to whatever is kept by the file's hash.
    return replace(rules, sha256=f"{rules.sha256} {what}", **parts)  # type: ignore[arg-type]


def changes_a_decision(rules: RuleSet, other: RuleSet) -> bool | None:
    """Whether some complete case comes out otherwise; ``None`` where there are too many to compare.

    Compared are all answers to what the trees and the conflicts ask. A limit that was moved comes out
    otherwise between its two numbers, whenever its options are recommended at all.
    """
    if rules.limits != other.limits:
        return True
    domains = _domains(rules)
    if prod(len(values) for values in domains.values()) > MOST_COMPLETIONS:
        return None
    for chosen in product(*domains.values()):
        facts = {name: value for name, value in zip(domains, chosen, strict=True) if value}
        one, two = ask_rules(rules, facts), ask_rules(other, facts)
        if one.model_dump(exclude={"path"}) != two.model_dump(exclude={"path"}):
            return True
    return False


def _domains(rules: RuleSet) -> dict[str, tuple[str, ...]]:
    """The answers of each fact that a tree asks, and of each exception besides (empty: nobody asked)."""
    domains: dict[str, tuple[str, ...]] = {}
    for variable in engine_of(rules).variables:
        numbers = tuple(repr(piece.sample()) for piece in variable.pieces)
        domains[variable.fact.name] = numbers or variable.answers
    for conflict in rules.conflicts:
        if conflict.ask is not None:
            domains[conflict.ask] = ("", *rules.facts[conflict.ask].values)
    return domains
