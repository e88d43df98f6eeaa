"""What deciding works on: a rule set made ready, the situation of a case, and what its completions give.

A case is read into a *situation*, one digit for each fact; from it follows the *state* of the variables that
trees ask. Groups whose facts and options meet are one *component*; what is left of its diagram in a state is
a *part*, and all parts together are the *view*: everything that follows from the completions. What was
computed is kept by what it depends on: a path by the digits of its group's facts, a view by its parts, a
finding by its situation. Only the id and the numbers themselves belong to a single case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import RLock

from rules.decision import Decision, Flip, LimitFound, Options, Status, Step
from rules.diagram import Diagrams
from rules.model import Conflict, FactSpec, Group, RuleSet
from rules.ranges import Cut, Range

MOST_KEPT = 50_000

# For each fact, in the order of the file, what is known: the answer at position p is ANSWERED + p.
Situation = tuple[int, ...]
UNSAID, CANNOT_SAY, ANSWERED = 0, 1, 2

# A contribution: (required or excluded, option, the group when a declared conflict names it, else "").
Contribution = tuple[bool, str, str]
Outcome = tuple[Status, Options]
CONFLICT: Outcome = ("conflict", ())
CONFLICT_BIT = 1


@dataclass(frozen=True, slots=True)
class Domain:
    """How a fact is told: its ``place`` in a situation and the digit of each word that it can be told in.

    ``words`` are the same by digit, empty for ``UNSAID``, and ``json`` the fact with each of them, as ids
    hold it. ``lows`` are the lower ends of the pieces of the line that a number can lie in.
    """

    place: int
    words: tuple[str, ...]
    digits: Mapping[str, int]
    lows: tuple[Cut, ...]
    json: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Variable:
    """A fact that trees ask: its answers, or for a number the pieces of the line that branches tell apart.

    ``known`` holds for each digit of the fact's ``place`` the position of the answer, or of the assumption
    where none was given (``OPEN``: there is none).
    """

    fact: FactSpec
    place: int
    answers: tuple[str, ...]
    pieces: tuple[Range, ...]
    known: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Component:
    """Groups whose facts and options have to do with each other.

    The values of ``diagram`` are sets of bits; bit ``i`` says that ``contributions[i]`` is made.
    ``exceptions`` are the places of its conflicts' facts among the engine's.
    """

    groups: tuple[Group, ...]
    conflicts: tuple[Conflict, ...]
    exceptions: tuple[int, ...]
    contributions: tuple[Contribution, ...]
    diagram: int

    def options(self, value: int, required: bool) -> frozenset[str]:
        """The options that a value of the diagram requires, or excludes."""
        return frozenset(
            option
            for place, (kind, option, _) in enumerate(self.contributions)
            if value >> place & 1 and kind is required
        )

    def groups_that(self, value: int, required: bool, option: str) -> frozenset[str]:
        """The groups named by a conflict (others are ``""``) that require, or exclude, ``option``."""
        return frozenset(
            group
            for place, (kind, other, group) in enumerate(self.contributions)
            if value >> place & 1 and kind is required and other == option
        )


@dataclass(frozen=True, slots=True)
class State:
    """The positions of the variables (``OPEN``: not known), and the answers about exceptions in order.

    An exception about which nothing is known has an empty answer.
    """

    known: tuple[int, ...]
    exceptions: tuple[str, ...]


@dataclass(slots=True)
class Table:
    """The outcomes of a component, numbered. In diagrams the bit of its number stands for an outcome.

    ``parts`` are those looked at so far, by what was left of the component's diagram.
    """

    judge: Callable[[int], Outcome]
    outcomes: list[Outcome] = field(default_factory=lambda: [CONFLICT])
    memo: dict[int, int] = field(default_factory=dict)
    parts: dict[int, Part] = field(default_factory=dict)

    def rename(self, value: int) -> int:
        """The bit of the outcome that a value of contributions gives."""
        outcome = self.judge(value)
        if outcome not in self.outcomes:
            self.outcomes.append(outcome)
        return 1 << self.outcomes.index(outcome)

    def of_bits(self, bits: int) -> tuple[Outcome, ...]:
        """The outcomes whose bits are set."""
        return tuple(outcome for place, outcome in enumerate(self.outcomes) if bits >> place & 1)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What is left of one component: ``reached`` gives its contributions, ``result`` its outcomes' bits.

    Equal parts are one, so they compare by identity.
    """

    component: Component
    reached: int
    result: int
    outcomes: tuple[Outcome, ...]

    @property
    def open_sets(self) -> tuple[Options, ...]:
        """The sets of options of the completions that do not conflict, each once, sorted."""
        return tuple(sorted({options for status, options in self.outcomes if status != "conflict"}))


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """Everything that the completions of a state give; the same for all states with the same parts.

    ``possible``, ``possible_count``, ``may_conflict`` and ``required`` are those of a :class:`Decision`.
    ``entropies`` and ``mattering`` keep what the choice of the next question worked out.
    """

    parts: tuple[Part, ...]
    status: Status
    options: Options
    possible: tuple[Options, ...]
    possible_count: int
    may_conflict: bool
    required: Options
    entropies: dict[str, float] = field(default_factory=dict)
    mattering: dict[frozenset[int], frozenset[str]] = field(default_factory=dict)

    @property
    def outcome(self) -> Outcome:
        """Status and options."""
        return self.status, self.options


@dataclass(frozen=True, slots=True)
class Trail:
    """A group, and the paths through its tree, kept by the digits that a situation gives to its facts."""

    group: Group
    digits: Callable[[Situation], object]
    paths: dict[object, tuple[Step, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """What all cases in one situation have in common.

    ``decision`` is theirs but for the numbers ``told`` (facts, sorted): these go into its limits and, in
    that order, into ``id_text``.
    """

    decision: Decision
    id_text: str
    told: tuple[str, ...]


@dataclass(slots=True)
class Engine:
    """A rule set made ready, and what was computed so far.

    ``domains`` are in the order of the file, ``by_name`` in that of the facts' names. ``branches`` maps a
    node's id to the branch that each position of its variable takes, ``assumed`` holds all assumptions.
    ``deciding`` picks from the variables known those that needs and constraints ask, ``excepting`` picks
    from a situation the digits of facts that limits except.

    The stores below are emptied when they hold ``most_kept`` of what they keep. Whoever computes holds
    ``lock``: diagrams grow while they are read.
    """

    rules: RuleSet
    domains: Mapping[str, Domain]
    by_name: tuple[Domain, ...]
    variables: tuple[Variable, ...]
    position: Mapping[str, int]
    exceptions: tuple[str, ...]
    diagrams: Diagrams
    components: tuple[Component, ...]
    branches: Mapping[str, tuple[int, ...]]
    assumed: Mapping[str, str]
    trails: tuple[Trail, ...]
    deciding: Callable[[tuple[int, ...]], object]
    excepting: Callable[[Situation], object]
    tables: dict[tuple[int, tuple[str, ...]], Table] = field(default_factory=dict)
    seen: dict[tuple[object, tuple[str, ...]], View] = field(default_factory=dict)
    views: dict[tuple[Part, ...], View] = field(default_factory=dict)
    flips: dict[tuple[object, tuple[str, ...]], tuple[Flip, ...]] = field(default_factory=dict)
    limits: dict[tuple[Options, object], tuple[LimitFound, ...]] = field(default_factory=dict)
    findings: dict[Situation, Finding] = field(default_factory=dict)
    most_kept: int = MOST_KEPT
    lock: RLock = field(default_factory=RLock)

    def digit(self, situation: Situation, fact: str) -> int:
        """What ``situation`` says about ``fact``."""
        return situation[self.domains[fact].place]
