"""A case with its replies and what was wrong with them: what the measures are taken from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from evals.run import Looked, Reply
from evals.score_turn import Failure
from evals.suite import Case, Expectation, Suite


@dataclass(frozen=True, slots=True)
class ScoredTurn:
    """A turn that expects something, the reply to it, and every difference between the two."""

    number: int
    expect: Expectation
    reply: Reply
    failures: tuple[Failure, ...]

    def differs(self, what: str) -> bool:
        """Whether ``what`` was judged and came otherwise."""
        return any(failure.what == what for failure in self.failures)


@dataclass(frozen=True, slots=True)
class ScoredCase:
    """``turns`` are the judged ones; they are empty, and ``problem`` is not, for a case that did not run.

    ``looked`` is what retrieval and silence made of its first message alone, where that was looked at.
    """

    suite: Suite
    case: Case
    replies: tuple[Reply, ...]
    turns: tuple[ScoredTurn, ...]
    problem: str
    looked: Looked | None = None

    @property
    def key(self) -> tuple[str, str]:
        """The names of its suite and of the case."""
        return self.suite.name, self.case.id

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Every difference of every turn."""
        return tuple(failure for turn in self.turns for failure in turn.failures)

    @property
    def outcome(self) -> Literal["passed", "failed", "not_run"]:
        """How the case ended."""
        if self.problem:
            return "not_run"
        return "failed" if self.failures else "passed"
