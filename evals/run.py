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


class Looked(Stored):
    """What retrieval and silence make of a case's first message alone, without the walk around them.

    ``sections`` are those found, best first. ``share`` is how surely the guide answers the message, from 0 to
    1, which it does from ``bound`` on; both are ``None`` where the pack has nothing to learn that from.
    """

    sections: tuple[str, ...]
    share: float | None
    bound: float | None


class AnsweredCase(Stored):
    """The replies to one case, turn by turn.

    ``problem`` says why the case could not be run to its end; then it counts neither as passed nor as failed.
    ``repeat`` counts from 1 how often the case was asked in this run.
    """

    suite: str
    case: str
    replies: tuple[Reply, ...]
    problem: str = ""
    looked: Looked | None = None
    repeat: int = 1


class AskedSuite(Stored):
    """A suite as it was asked: its name and the hash of its file."""

    name: str
    sha256: str


class RunSettings(Stored):
    """How a run was asked.

    Every case ``repeat`` times; of the cases with one of ``tags`` (all without any) ``sample``, which
    ``seed`` chooses (all if it is ``None``); ``jobs`` conversations at a time.
    """

    repeat: int = Field(1, ge=1)
    tags: tuple[str, ...] = ()
    sample: int | None = Field(None, ge=1)
    seed: int = 0
    jobs: int = Field(1, ge=1)

    @property
    def partial(self) -> bool:
        """Whether some cases of the suites were left out on purpose."""
        return bool(self.tags) or self.sample is not None


class RunHeader(Stored):
    """What was asked, by which versions, where and when. ``started`` is ISO 8601 in UTC.

    ``index`` is the fingerprint of the index that was searched, ``model`` the name of the language model
    beside the adviser, ``via`` the door that was asked; they are empty where there was none or nobody knows.
    """

    schema_name: str = Field("groundrule.run/1", alias="schema")
    pack: str
    pack_version: str
    pack_sha256: str
    suites: tuple[AskedSuite, ...]
    versions: dict[str, str]
    machine: str
    started: str
    index: str = ""
    model: str = ""
    via: str = ""
    settings: RunSettings = RunSettings()


@dataclass(frozen=True, slots=True)
class Run:
    """The header, and the answered cases in the order of the suites."""

    header: RunHeader
    cases: tuple[AnsweredCase, ...]
