"""Before and after of two versions of rules: what is written otherwise, and which decisions differ."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import prod
from typing import Literal

from rules.diagram import OPEN
from rules.differences import Change, differences
from rules.engine import CONFLICT, Outcome
from rules.joint import Block, Joint, JointFact, Side, join
from rules.model import Leaf, Node, RuleSet
from rules.renames import find_renames, renamed
from rules.witnesses import unsaid, witnesses

LIMIT_KEYS = ("for", "unless", "fact", "max", "min", "unit")
EXCEPTED = "decided_by_exception"
MOST_CHANGES = 100


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """Cases that the two versions decide otherwise: status and options ``before`` and ``after``.

    ``cases`` counts them among those of the part. ``witness`` is a smallest case of them: said no more than
    this, both versions decide so. Numbers are given as ranges.
    """

    before: Outcome
    after: Outcome
    cases: int
    witness: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ComparedPart:
    """Groups that share facts or options, compared by themselves over the ``cases`` of ``facts``.

    ``old`` and ``new`` name the groups of each version (under their old names), ``different`` counts the
    cases that they decide otherwise, ``changes`` tells them apart, the most frequent first; ``unlisted`` is
    how many rarer kinds of change are counted and not told apart.
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    facts: tuple[str, ...]
    cases: int
    different: int
    changes: tuple[OutcomeChange, ...]
    unlisted: int


@dataclass(frozen=True, slots=True)
class ComparedFact:
    """A fact that the completions run through: its ``answers``, and the version that reads it.

    ``by`` is ``both``, ``old`` or ``new``; a version that does not read the fact decides alike for all of its
    answers. ``left_out`` are answers that only one version (the second of each pair) knows. ``decides`` is
    false for a fact that only preferences read.
    """

    name: str
    answers: tuple[str, ...]
    by: Literal["both", "old", "new"]
    left_out: tuple[tuple[str, str], ...]
    decides: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions side by side; everything of the newer one stands under its older name.

    ``written`` holds what stands otherwise in the files. A case is one answer to each of those ``facts`` that
    decide (of a number one of the ranges that either version tells apart); of the ``cases``, ``different``
    have another status or other options; ``asked_cases`` and ``asked_different`` count those in which nobody
    mentions what people only volunteer. ``parts`` are the groups that share facts or options, each compared
    by itself. ``assumptions`` are facts that assume something else and can change a result, ``preferences``
    groups that lean otherwise, and ``limits`` those with another number or scope.
    """

    written: tuple[Change, ...]
    facts: tuple[ComparedFact, ...]
    cases: int
    different: int
    asked_cases: int
    asked_different: int
    parts: tuple[ComparedPart, ...]
    assumptions: tuple[str, ...]
    preferences: tuple[str, ...]
    limits: tuple[str, ...]

    @property
    def same_effect(self) -> bool:
        """Whether no case, no partial case, no leaning and no limit is decided or told otherwise."""
        answers = any(fact.left_out for fact in self.facts)
        return not (self.different or self.assumptions or self.preferences or self.limits or answers)


def compare(old: RuleSet, new: RuleSet) -> Comparison:
    """What changes from ``old`` to ``new``, over all completions of the facts that either version reads.

    Facts, options, groups, conflicts and limits that were only renamed are compared as the same. Nothing is
    listed case by case: results are diagrams, and groups that share nothing are computed apart. Raises
    :class:`TooLargeError` for versions that share too much to be computed.
    """
    names = find_renames(old, new)
    now = renamed(new, names)
    written = differences(old, now, names)
    joint = join(old, now)
    spreads = [joint.diagrams.spread(block.diagram) for block in joint.blocks]
    parts = tuple(map(partial(_part, joint), joint.blocks, spreads))
    decides = {place for block in joint.blocks for place in block.facts}
    cases = prod(len(joint.facts[place].answers) for place in decides)
    depends = frozenset[int]().union(*(joint.diagrams.support(block.diagram) for block in joint.blocks))
    return Comparison(
        written,
        tuple(_fact(fact, place in decides) for place, fact in enumerate(joint.facts)),
        cases,
        cases - int(_same(joint, spreads) * cases),
        *_asked(joint, decides),
        parts,
        tuple(
            change.name
            for change in written
            if (change.thing, change.key) == ("fact", "assume")
            and any(joint.facts[place].name == change.name for place in depends)
        ),
        tuple(_other_preferences(joint)),
        tuple(
            dict.fromkeys(
                change.name
                for change in written
                if change.thing == "limit"
                and (change.kind in ("added", "removed") or change.key in LIMIT_KEYS)
            )
        ),
    )


def _asked(joint: Joint, decides: Collection[int]) -> tuple[int, int]:
    """How many cases there are while volunteered facts are unsaid, and how many of them differ."""
    start = unsaid(joint)
    silent = [start[place] if _volunteered(joint, fact) else OPEN for place, fact in enumerate(joint.facts)]
    cases = prod(len(joint.facts[place].answers) for place in decides if silent[place] == OPEN)
    left = [joint.diagrams.restrict(block.diagram, silent) for block in joint.blocks]
    return cases, cases - int(_same(joint, [joint.diagrams.spread(diagram) for diagram in left]) * cases)


def _volunteered(joint: Joint, fact: JointFact) -> bool:
    sides = [side for side, places in ((joint.old, fact.old), (joint.new, fact.new)) if places is not None]
    return all(side.engine.rules.facts[fact.name].ask is None for side in sides)


def _fact(fact: JointFact, decides: bool) -> ComparedFact:
    by: Literal["both", "old", "new"] = "both"
    if fact.old is None or fact.new is None:
        by = "old" if fact.new is None else "new"
    return ComparedFact(fact.name, fact.answers, by, fact.left_out, decides)


def _part(joint: Joint, block: Block, shares: Mapping[int, Fraction]) -> ComparedPart:
    cases = prod(len(joint.facts[place].answers) for place in block.facts)
    others = {
        number: int(shares[number] * cases)
        for number, (before, after) in enumerate(block.results)
        if before != after
    }
    listed = sorted(others, key=lambda number: (-others[number], block.results[number]))[:MOST_CHANGES]
    shown = witnesses(joint, block, listed)
    return ComparedPart(
        block.old,
        block.new,
        tuple(joint.facts[place].name for place in block.facts),
        cases,
        sum(others.values()),
        tuple(OutcomeChange(*block.results[number], others[number], shown[number]) for number in listed),
        len(others) - len(listed),
    )


def _same(joint: Joint, spreads: Sequence[Mapping[int, Fraction]]) -> Fraction:
    """The share of all cases that both versions decide alike, all groups taken together.

    A conflict anywhere is a conflict of the whole; without one the options of every part must be the same,
    and an exception anywhere shows in the status.
    """
    sound = [Fraction(1), Fraction(1), Fraction(1)]
    excepted = {(False, False): Fraction(1)}
    for block, shares in zip(joint.blocks, spreads, strict=True):
        spread: dict[tuple[bool, bool], Fraction] = {}
        own = [Fraction(0), Fraction(0), Fraction(0)]
        for number, share in shares.items():
            before, after = block.results[number]
            sides = before != CONFLICT, after != CONFLICT
            own = [total + share * int(free) for total, free in zip(own, (*sides, all(sides)), strict=True)]
            if all(sides) and before[1] == after[1]:
                for (one, two), so_far in excepted.items():
                    key = one or before[0] == EXCEPTED, two or after[0] == EXCEPTED
                    spread[key] = spread.get(key, Fraction(0)) + so_far * share
        sound = [total * share for total, share in zip(sound, own, strict=True)]
        excepted = spread
    conflicts = 1 - sound[0] - sound[1] + sound[2]
    return conflicts + excepted.get((False, False), Fraction(0)) + excepted.get((True, True), Fraction(0))


def _other_preferences(joint: Joint) -> Iterator[str]:
    """The groups of preference that lean otherwise in some case, or exist in one version alone and lean."""
    kinds: dict[frozenset[str], int] = {frozenset[str](): 0}
    sides = [
        {group.name: group for group in side.engine.rules.groups if group.kind == "preference"}
        for side in (joint.old, joint.new)
    ]
    for name in dict.fromkeys((*sides[0], *sides[1])):
        leanings = [
            _leaning(joint, side, groups[name].root, kinds) if name in groups else joint.diagrams.end(0)
            for side, groups in zip((joint.old, joint.new), sides, strict=True)
        ]
        if leanings[0] != leanings[1]:
            yield name


def _leaning(joint: Joint, side: Side, node: Node, kinds: dict[frozenset[str], int]) -> int:
    """The diagram of what a tree of preference prefers."""
    if isinstance(node, Leaf):
        return joint.diagrams.end(kinds.setdefault(frozenset(node.prefer), len(kinds)))
    below = [_leaning(joint, side, branch.node, kinds) for branch in node.branches]
    fact, places = side.facts[node.fact]
    return joint.diagrams.case(fact, [below[side.engine.branches[node.id][n]] for n in places])
