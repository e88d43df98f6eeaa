"""The values of a suite: known messages, and what must come back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Alternatives = tuple[tuple[str, ...], ...]
"""Of each group at least one: ``(("30 seconds", "30s"), ("Low Latency",))``."""

NOTHING = "nothing"
"""In place of a fact's name: no question may be open."""
NONE = "none"
"""In place of a fact's value: the fact must not stand. In place of a limit's state: it must not be raised."""
ANY = "any"
"""In place of a fact's value: this fact is not judged."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What must come back at one turn; whatever is left empty is not judged.

    ``kinds`` and ``statuses`` hold the ones allowed. ``options`` is the whole recommendation. ``decision``
    is false when no need may be seen in the message. ``facts``, ``limits`` and ``assumed`` go by name.
    ``asks`` is the fact that the open question must be about, or :data:`NOTHING`. ``cites`` are sections
    that the text's markers must name, ``says`` words of the text, ``quotes`` words of the quotes that the
    text's markers name, ``avoids`` words that may not appear in the text. ``silent`` says whether "the guide
    doesn't say" must come or must not. ``tensions``, ``overridden`` and ``leanings`` are the nodes of all
    preferences that must be reported so; they are judged of given facts alone. ``unchanged`` asks for the
    facts, and unless the turn is a supposition the decision, of the turn before. ``refused`` asks that the
    message is not answered at all.
    """

    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    options: tuple[str, ...] | None = None
    decision: bool | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    asks: str = ""
    cites: Alternatives = ()
    says: Alternatives = ()
    quotes: Alternatives = ()
    avoids: tuple[str, ...] = ()
    silent: bool | None = None
    limits: Mapping[str, str] = field(default_factory=dict)
    conflicts: tuple[str, ...] = ()
    assumed: Mapping[str, str] = field(default_factory=dict)
    hypothetical: bool | None = None
    tensions: tuple[str, ...] | None = None
    overridden: tuple[str, ...] | None = None
    leanings: tuple[str, ...] | None = None
    unchanged: bool = False
    refused: bool = False

    @property
    def judges_decision(self) -> bool:
        """Whether the recommendation itself is expected, and not only something about it."""
        return bool(self.statuses) or self.options is not None or self.decision is False

    @property
    def judges_lookup(self) -> bool:
        """Whether a detail of the guide must come back, with words that tell a right answer."""
        return "guide" in self.kinds and bool(self.says)

    @property
    def judges_silence(self) -> bool | None:
        """Whether the guide's silence is expected (true), an answer from it (false), or neither."""
        if self.silent is not None:
            return self.silent
        if self.kinds == ("not_in_guide",):
            return True
        return False if self.kinds == ("guide",) else None


@dataclass(frozen=True, slots=True)
class CaseTurn:
    """One message of the user, and what must come back; ``expect`` is ``None`` where nothing is judged.

    ``line`` and ``column`` are those of what is expected, from 1.
    """

    say: str
    expect: Expectation | None
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """One conversation. ``why`` is the reason for what is expected; a ``must_pass`` case may never fail.

    A case with ``given`` facts has no message: the rules alone are asked, and its one turn says the facts.
    """

    id: str
    turns: tuple[CaseTurn, ...]
    why: str
    tags: tuple[str, ...]
    must_pass: bool
    line: int
    given: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Suite:
    """A file of cases.

    ``complete_facts`` are the facts that every case with ``facts`` lists whenever its message settles them:
    one that is not listed there must not stand. ``sha256`` is that of the file.
    """

    name: str
    about: str
    complete_facts: tuple[str, ...]
    cases: tuple[Case, ...]
    file: str
    sha256: str
