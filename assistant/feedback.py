"""What people think of an answer, given at any door: the verdict, and their own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Verdict = Literal["right", "wrong_sources", "wrong_decision", "missing"]

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class Feedback:
    """The ``verdict`` of ``giver`` on turn ``number`` of ``conversation``, with a ``note`` that may be empty.

    ``missing`` says that the guide should have answered and does not. ``giver`` is who the door says it is:
    the conversation's owner, or one of many people in a channel. ``at`` is UTC, ISO 8601.
    """

    conversation: str
    number: int
    verdict: Verdict
    note: str
    giver: str
    at: str
