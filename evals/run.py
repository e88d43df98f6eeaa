"""A run as it is stored: what was asked, what came back, and under which versions.

Answers are kept whole, so that a changed expectation or a new measure can be applied to an old run.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field

from assistant import Answer


class Stored(BaseModel):
    """A value that is written as one line of JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Ruled(Stored):
    """What the rules alone made of given facts.

    ``asks`` is the fact to ask next, or ``nothing``. ``limits`` maps a limit to its state, ``assumed`` a
    fact to what was assumed. ``tensions``, ``overridden`` and ``leanings`` hold the preferences' nodes,
    ``path`` the nodes passed, in words.
    """

    status: str
    options: tuple[str, ...]
    asks: str
    conflicts: tuple[str, ...]
    limits: dict[str, str]
    assumed: dict[str, str]
    tensions: tuple[str, ...]
    overridden: tuple[str, ...]
    leanings: tuple[str, ...]
    path: str


class Reply(Stored):
    """What came back to one message.

    ``answer`` is ``None`` when the assistant refused the message; ``refused`` then holds its words. ``ms``
    is the time of the turn in milliseconds, seen from outside. Where facts were given instead of a message
    ``ruled`` holds what the rules made of them.
    """

    say: str
    answer: Answer | None
    refused: str = ""
    ms: float
    ruled: Ruled | None = None


class AnsweredCase(Stored):
    """The replies to one case, turn by turn.

    ``problem`` says why the case could not be run to its end; then it counts neither as passed nor as failed.
    """

    suite: str
    case: str
    replies: tuple[Reply, ...]
    problem: str = ""


class AskedSuite(Stored):
    """A suite as it was asked: its name and the hash of its file."""

    name: str
    sha256: str


class RunHeader(Stored):
    """What was asked, by which versions, where and when. ``started`` is ISO 8601 in UTC."""

    schema_name: str = Field("groundrule.run/1", alias="schema")
    pack: str
    pack_version: str
    pack_sha256: str
    suites: tuple[AskedSuite, ...]
    versions: dict[str, str]
    machine: str
    started: str


@dataclass(frozen=True, slots=True)
class Run:
    """The header, and the answered cases in the order of the suites."""

    header: RunHeader
    cases: tuple[AnsweredCase, ...]
