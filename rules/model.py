"""What a rules file says, as values: facts, groups of trees, conflicts, limits and disputes.

``load_rules`` makes these values from a file and checks them; everything else in this package only reads
them. A node's id is its path of group and answers (``fit.yes.no``), so it does not change when the file is
put in another order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from rules.name_words import named_after
from rules.ranges import Range

GroupKind = Literal["need", "constraint", "preference"]

# What a fact is told to be when the user was asked and cannot say.
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Source:
    """Words of the guide: the id of the section they stand in, and the quote, verbatim."""

    cite: str
    quote: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file. Lines and columns count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class FactSpec:
    """One thing that may be known about a case.

    ``values`` are its possible answers, in the author's order; empty for a number, which has a ``unit``.
    ``meanings`` says for each answer what it covers. A fact without ``ask`` is *volunteered*: nobody is
    asked for it, and while it is unsaid its ``assume`` holds silently. ``assume`` on a fact that is asked
    is named beside every decision it matters for. ``only_for`` names the conflict whose way out asks it.
    ``label`` is a short name for people.
    """

    name: str
    ask: str | None
    why: str | None
    values: tuple[str, ...]
    meanings: Mapping[str, str]
    assume: str | None
    unit: str | None
    only_for: str | None
    source: Source | None
    label: str | None

    @property
    def numeric(self) -> bool:
        """Whether the fact is a number with a unit."""
        return self.unit is not None

    @property
    def title(self) -> str:
        """The label, or the name in words."""
        return self.label or self.name.replace("_", " ").replace("-", " ").capitalize()

    def words(self, answer: str) -> str:
        """``answer`` for people: the guide's own words where it is named after them, else its name."""
        meaning = self.meanings.get(answer, "")
        return meaning if named_after(answer, meaning) else answer.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Leaf:
    """The end of a branch: sets of options that it requires, excludes or prefers, and the guide's words.

    ``recommend`` holds the guide's own words when the leaf recommends instead of requiring; they are then
    its one required option. ``how`` says how the options are used, ``say`` what the leaf means. ``since`` and
    ``until`` are the first and the last day on which the leaf holds; ``as_of`` heeds them.
    """

    id: str
    require: tuple[str, ...]
    exclude: tuple[str, ...]
    prefer: tuple[str, ...]
    recommend: str
    how: str
    say: str
    source: Source | None
    since: date | None = None
    until: date | None = None

    @property
    def contributes(self) -> bool:
        """Whether the leaf requires, excludes or prefers anything."""
        return bool(self.require or self.exclude or self.prefer)


@dataclass(frozen=True, slots=True)
class Branch:
    """One answer of a node and what follows from it. ``within`` is the range of a number, else ``None``."""

    answer: str
    within: Range | None
    node: Node


@dataclass(frozen=True, slots=True)
class Ask:
    """A node that branches on the answers of one fact."""

    id: str
    fact: str
    branches: tuple[Branch, ...]


Node = Ask | Leaf


@dataclass(frozen=True, slots=True)
class Group:
    """A tree of one kind: what is needed, what is not possible, or what is preferred."""

    name: str
    kind: GroupKind
    root: Node


@dataclass(frozen=True, slots=True)
class WayOut:
    """How a conflict's exception is answered.

    ``require`` is what is then required as well, ``allow`` the options that are then no longer excluded by
    the groups in conflict. ``unresolved`` says that this answer leaves the conflict standing.
    """

    answer: str
    require: tuple[str, ...]
    allow: tuple[str, ...]
    how: str
    unresolved: bool
    source: Source | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A collision that the author knows of: one group requires ``over``, another one excludes it.

    ``ask`` names the fact that decides about the exception, with one way out for each of its answers; no
    exception, no ``ask``.
    """

    name: str
    between: tuple[str, str]
    over: str
    say: str
    ask: str | None
    ways: tuple[WayOut, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """A number of the guide that the recommended options must keep.

    It holds where all options of ``applies`` are recommended and ``unless`` does not hold (all of its facts
    known to have one of the answers given). ``maximum`` and ``minimum`` are in ``unit`` of the fact and
    keep the limit themselves. ``scope`` says in words where the limit holds.
    """

    name: str
    applies: tuple[str, ...]
    unless: Mapping[str, tuple[str, ...]]
    fact: str
    maximum: float | None
    minimum: float | None
    unit: str
    scope: str
    remedy: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class Dispute:
    """Somebody who contradicts a rule: ``node`` is the id of a node, or a conflict's or limit's name."""

    node: str
    by: str
    seen: str
    note: str


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class RuleSet:
    """A whole rules file: checked, immutable, compared by identity.

    ``options`` maps an option's id to its name for people. ``sha256`` is that of the file's bytes, ``file``
    is the name that messages show, ``day`` that of :func:`rules.as_of`. ``places`` maps what stands in the
    file (``facts.on_premise``, ``groups.fit.yes.no``, ``groups.fit.yes.no/quote``) to its line and column;
    ``lines`` are the file's.
    """

    name: str
    version: str
    guide: str
    options: Mapping[str, str]
    facts: Mapping[str, FactSpec]
    groups: tuple[Group, ...]
    conflicts: tuple[Conflict, ...]
    limits: tuple[Limit, ...]
    disputed: tuple[Dispute, ...]
    sha256: str
    file: str
    path: Path | None = None
    day: date | None = None
    places: Mapping[str, Place] = field(default_factory=dict, repr=False)
    lines: tuple[str, ...] = field(default=(), repr=False)
