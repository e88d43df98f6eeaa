"""The answer of one turn: the same value for every door, and the stable JSON that they print.

The field names are a promise to programs that read the JSON. ``groundrule schema answer`` prints the
schema of :class:`Answer`; a change that takes a field away or gives it another meaning needs a new
``schema`` name.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["decided", "question", "conflict", "guide", "not_in_guide", "explain", "what_if", "other"]
Reader = Literal["answer", "cue", "classifier", "model", "user"]
Status = Literal["decided", "decided_by_exception", "undecided", "conflict"]


class Frozen(BaseModel):
    """A value that never changes and knows no fields but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class StandingFact(Frozen):
    """One thing known about the user's case.

    ``quote`` is the evidence in the user's own words, ``turn`` counts the user's messages from 1, and
    ``by`` says who read it. ``value`` is ``"unknown"`` when the user was asked and cannot say.
    """

    value: str
    quote: str
    turn: int
    by: Reader


class CitedWords(Frozen):
    """Words of a guide in their place: the ``n``-th citation of an answer.

    ``quote`` stands verbatim at characters ``start`` to ``end`` of the guide in ``file``. ``line`` counts
    from 1, and is 0 where the file was converted and has no such lines. ``references`` are the sources that
    the guide names for the words.
    """

    n: int
    section: str
    heading: tuple[str, ...]
    quote: str
    file: str
    line: int
    start: int
    end: int
    references: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """The file, with the line where it has lines."""
        return f"{self.file}:{self.line}" if self.line else self.file


class TraceStep(Frozen):
    """One node of the rules that the decision passed, with the answer taken there."""

    node: str
    fact: str
    answer: str
    assumed: bool
    citation: int | None


class NextQuestion(Frozen):
    """The question that matters most now, why it matters, and what may be answered."""

    fact: str
    ask: str
    why: str
    choices: tuple[str, ...]
    citation: int | None


class Tension(Frozen):
    """A preference that the result does not follow, with the words of both sides."""

    say: str
    citations: tuple[int, ...]


class ConflictShown(Frozen):
    """Two rules of the guide that collide, what stands regardless, and the guide's own way out."""

    name: str
    say: str
    citations: tuple[int, ...]
    stands: tuple[str, ...]
    way_out: str
    exception: str


class LimitShown(Frozen):
    """A limit of the guide that applies to the recommendation; it never changes the recommendation."""

    name: str
    fact: str
    state: Literal["ok", "violated", "check"]
    value: float | None
    max: float | None
    min: float | None
    unit: str
    scope: str
    remedy: str
    citation: int | None


class DisputeShown(Frozen):
    """A rule of the guide that somebody else contradicts."""

    node: str
    by: str
    seen: str
    note: str


class FlipShown(Frozen):
    """The smallest change of the facts that gives another result."""

    change: dict[str, str]
    status: Status
    options: tuple[str, ...]


class DecisionShown(Frozen):
    """What the rule engine computed; nothing else in the product writes a recommendation."""

    id: str
    status: Status
    options: tuple[str, ...]
    how: str
    possible: tuple[tuple[str, ...], ...]
    assumed: dict[str, str]
    next: NextQuestion | None
    trace: tuple[TraceStep, ...]
    tensions: tuple[Tension, ...]
    overridden: tuple[Tension, ...]
    conflicts: tuple[ConflictShown, ...]
    limits: tuple[LimitShown, ...]
    disputed: tuple[DisputeShown, ...]
    flips: tuple[FlipShown, ...]
    hypothetical: bool


class PackName(Frozen):
    """Which pack answered: its id, its version, and the hash of everything it answers from."""

    id: str
    version: str
    sha256: str


class Answer(Frozen):
    """One reply: its kind, the words the user reads, and everything that stands behind them.

    ``text`` is Markdown with ``[n]`` markers that name entries of ``citations``. ``facts`` are the
    standing facts after the turn; ``decision`` is ``None`` until a need was stated. ``ms`` is the time
    that the turn took, in whole milliseconds.
    """

    schema_name: Literal["groundrule.answer/1"] = Field("groundrule.answer/1", alias="schema")
    kind: Kind
    text: str
    facts: dict[str, StandingFact]
    decision: DecisionShown | None
    citations: tuple[CitedWords, ...]
    pack: PackName
    ms: int

    def to_json(self) -> str:
        """The answer on one line, in the stable form."""
        return self.model_dump_json(by_alias=True)
