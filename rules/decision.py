"""What the engine answers, as values. Nothing here is text for people but what the rules file says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rules.model import Dispute, Source

Status = Literal["decided", "decided_by_exception", "undecided", "conflict"]
Exception_ = Literal["unasked", "applies", "refused", "unknown", "none"]
LimitState = Literal["ok", "violated", "check"]
Options = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One node passed: ``answer`` to ``fact`` led to ``node``.

    A group that is a leaf by itself has one step without fact and answer. ``assumed`` says that the answer
    is the fact's assumption. The sets of options, ``how``, ``say`` and ``source`` are those of the leaf;
    they are empty before one is reached.
    """

    node: str
    fact: str
    answer: str
    assumed: bool
    leaf: bool
    require: Options
    exclude: Options
    prefer: Options
    how: str
    say: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class Question:
    """The fact to ask next. ``choices`` are its answers (none for a number, which has a ``unit``).

    ``source`` holds the guide's words that make the fact matter.
    """

    fact: str
    ask: str
    why: str
    choices: tuple[str, ...]
    source: Source | None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Tension:
    """A preference that the result does not follow.

    ``node`` is the preference's leaf, ``prefer`` what it prefers; ``against`` is the node that decides
    otherwise and ``options`` what that node requires or excludes. ``sources`` are the guide's words of the
    preference and of what decides, as far as they are cited.
    """

    node: str
    prefer: Options
    against: str
    options: Options
    say: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Leaning:
    """A preference that is known while the result is not decided."""

    node: str
    prefer: Options
    say: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class ConflictFound:
    """A collision: groups ``between`` require and exclude ``over``.

    ``sides`` are the words of both. ``stands`` is what is required regardless. ``exception`` tells about
    the way out: there is none, or it is not asked yet, applies, is refused, or cannot be told. ``how`` and
    ``source`` describe the way out that the guide offers. ``declared`` is false for a collision that the
    rules file does not name. ``nodes`` are the leaves that collide.
    """

    name: str
    say: str
    between: tuple[str, str]
    nodes: tuple[str, str]
    sides: tuple[Source, ...]
    over: str
    stands: Options
    ask: str | None
    exception: Exception_
    how: str
    source: Source | None
    declared: bool = True


@dataclass(frozen=True, slots=True)
class LimitFound:
    """A limit that concerns the recommended options: kept, broken, or to be checked (value not known).

    ``value``, ``max`` and ``min`` are in ``unit``; ``scope`` says where the limit holds.
    """

    name: str
    fact: str
    state: LimitState
    max: float | None
    min: float | None
    unit: str
    value: float | None
    scope: str
    remedy: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What follows from the facts that are known.

    ``options`` is sorted, and empty unless decided. ``possible`` are the sets of options that completions
    of the missing facts still allow (of a conflict: none); where there are very many, ``possible_count``
    tells how many and ``possible`` holds the first. ``may_conflict`` says that some completion ends in a
    conflict. ``required`` is what every completion requires. ``assumed`` names the assumptions that
    matter: dropping one could change status or options. ``id`` replays: the same rules file and facts give
    the same id and the same decision.
    """

    id: str
    status: Status
    options: Options
    how: str
    possible: tuple[Options, ...]
    possible_count: int
    may_conflict: bool
    required: Options
    assumed: Mapping[str, str]
    next: Question | None
    trace: tuple[Step, ...]
    tensions: tuple[Tension, ...]
    overridden: tuple[Tension, ...]
    leanings: tuple[Leaning, ...]
    conflicts: tuple[ConflictFound, ...]
    limits: tuple[LimitFound, ...]
    disputed: tuple[Dispute, ...]

    def numbered(self, own_id: str, limits: tuple[LimitFound, ...]) -> Decision:
        """The same decision with an id and limits of its own."""
        return Decision(
            own_id,
            self.status,
            self.options,
            self.how,
            self.possible,
            self.possible_count,
            self.may_conflict,
            self.required,
            self.assumed,
            self.next,
            self.trace,
            self.tensions,
            self.overridden,
            self.leanings,
            self.conflicts,
            limits,
            self.disputed,
        )


@dataclass(frozen=True, slots=True)
class Flip:
    """A smallest change of the facts that gives another result.

    ``change`` maps facts to the answer that they would have to have; of a number to a range such as
    ``> 30``. ``status`` and ``options`` are those of the result after the change.
    """

    change: Mapping[str, str]
    status: Status
    options: Options


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why an option is not recommended.

    ``recommended`` is true when it is. ``blocked_by`` are the steps that exclude it or that chose other
    branches where it could have been required; ``would`` are the smallest changes that lead to it.
    """

    option: str
    recommended: bool
    blocked_by: tuple[Step, ...]
    would: tuple[Flip, ...]
