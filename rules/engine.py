"""What deciding works on: a rule set made ready, a state of its facts, and what the completions give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import RLock

from rules.decision import Decision, Options, Status, Step
from rules.diagram import Diagrams
from rules.model import Conflict, FactSpec, Group, RuleSet
from rules.ranges import Range

MOST_KEPT = 100_000

# A contribution: (required or excluded, option, the group when a declared conflict names it, else "").
Contribution = tuple[bool, str, str]
Outcome = tuple[Status, Options]
CONFLICT: Outcome = ("conflict", ())
CONFLICT_BIT = 1


@dataclass(frozen=True, slots=True)
class Variable:
    """A fact that trees ask: its answers, or for a number the pieces of the line that branches tell apart.

    ``positions`` are those of the answers, ``assumed`` is that of the assumption (``OPEN``: there is none).
    """

    fact: FactSpec
    answers: tuple[str, ...]
    pieces: tuple[Range, ...]
    positions: Mapping[str, int]
    assumed: int

    def index(self, answer: str, number: float | None) -> int:
        """The position of an answer or of a number."""
        if number is None:
            return self.positions[answer]
        return next(position for position, piece in enumerate(self.pieces) if number in piece)


@dataclass(frozen=True, slots=True)
class Component:
    """Groups whose facts and options have to do with each other.

    The values of ``diagram`` are sets of bits; bit ``i`` says that ``contributions[i]`` is made.
    """

    groups: tuple[Group, ...]
    conflicts: tuple[Conflict, ...]
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
    """The positions of the variables (``OPEN``: not known), and the answers about exceptions in order."""

    known: tuple[int, ...]
    exceptions: tuple[str | None, ...]


@dataclass(slots=True)
class Table:
    """The outcomes of a component, numbered. In diagrams the bit of its number stands for an outcome."""

    judge: Callable[[int], Outcome]
    outcomes: list[Outcome] = field(default_factory=lambda: [CONFLICT])
    memo: dict[int, int] = field(default_factory=dict)

    def rename(self, value: int) -> int:
        """The bit of the outcome that a value of contributions gives."""
        outcome = self.judge(value)
        if outcome not in self.outcomes:
            self.outcomes.append(outcome)
        return 1 << self.outcomes.index(outcome)

    def of_bits(self, bits: int) -> tuple[Outcome, ...]:
        """The outcomes whose bits are set."""
        return tuple(outcome for place, outcome in enumerate(self.outcomes) if bits >> place & 1)


@dataclass(frozen=True, slots=True)
class Part:
    """One component in a state: ``reached`` gives its contributions, ``result`` its outcomes in ``table``."""

    component: Component
    table: Table
    reached: int
    result: int
    outcomes: tuple[Outcome, ...]

    @property
    def open_sets(self) -> tuple[Options, ...]:
        """The sets of options of the completions that do not conflict, each once, sorted."""
        return tuple(sorted({options for status, options in self.outcomes if status != "conflict"}))


@dataclass(frozen=True, slots=True)
class View:
    """A state and everything that its completions give."""

    state: State
    parts: tuple[Part, ...]
    status: Status
    options: Options

    @property
    def outcome(self) -> Outcome:
        """Status and options."""
        return self.status, self.options

    @property
    def may_conflict(self) -> bool:
        """Whether some completion is a conflict."""
        return any(CONFLICT in part.outcomes for part in self.parts)


@dataclass(slots=True)
class Engine:
    """A rule set made ready, and what was computed so far.

    ``branches`` maps a node's id to the branch that each position of its variable takes, ``asked`` holds for
    each group the positions of its facts, ``assumed`` all assumptions. The stores keep results by what they
    depend on, and are emptied when they have grown large. Whoever computes holds ``lock``: diagrams grow
    while they are read.
    """

    rules: RuleSet
    variables: tuple[Variable, ...]
    position: Mapping[str, int]
    exceptions: tuple[str, ...]
    diagrams: Diagrams
    components: tuple[Component, ...]
    branches: Mapping[str, tuple[int, ...]]
    asked: tuple[tuple[int, ...], ...]
    assumed: Mapping[str, str]
    paths: dict[tuple[str, tuple[tuple[int, bool], ...]], tuple[Step, ...]] = field(default_factory=dict)
    views: dict[State, View] = field(default_factory=dict)
    tables: dict[tuple[int, tuple[tuple[str, str], ...]], Table] = field(default_factory=dict)
    decisions: dict[frozenset[tuple[str, str | float]], Decision] = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock)
