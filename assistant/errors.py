"""What can go wrong in the assistant.

::

    AssistantError
    ├── PackError        a pack that cannot be used: every problem of it, each with its place and remedy
    ├── MessageError     a message that cannot be answered: what is wrong with it and what to send instead
    ├── LanguageModelError   a language model that did not answer, or not in time
    └── StoreError       the store of conversations cannot be used
        ├── UnknownConversationError   there is no such conversation, or it is somebody else's
        └── TurnTakenError             another process wrote this turn first
"""

from __future__ import annotations

from collections.abc import Iterable

from rules import Problem


class AssistantError(Exception):
    """The root of this package's errors."""


class PackError(AssistantError):
    """A pack that cannot be used.

    ``root`` is the pack's folder and ``problems`` holds each thing that is wrong, with its place, the
    problem and the remedy.
    """

    def __init__(self, root: str, problems: Iterable[Problem]) -> None:
        self.root = root
        self.problems: tuple[Problem, ...] = tuple(problems)
        count = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        told = "\n".join(map(str, self.problems))
        super().__init__(f"The pack {root} cannot be used, {count}:\n{told}")


class MessageError(AssistantError):
    """A message that cannot be answered. ``problem`` says why, ``remedy`` what to send instead."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem} {remedy}")


class LanguageModelError(AssistantError):
    """The language model ``name`` gave no reply that can be used; ``problem`` says why."""

    def __init__(self, name: str, problem: str) -> None:
        self.name = name
        self.problem = problem
        super().__init__(f"The language model {name} {problem}.")


class StoreError(AssistantError):
    """The store of conversations cannot be used. ``place`` is its address, without any password."""

    def __init__(self, place: str, problem: str, remedy: str) -> None:
        self.place = place
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"The store {place} {problem}; {remedy}.")


class UnknownConversationError(StoreError):
    """There is no conversation of this id, or it belongs to somebody else: which of both is not told."""

    def __init__(self, conversation: str) -> None:
        self.conversation = conversation
        super().__init__("of conversations", f"holds no {conversation!r}", "look at the id")


class TurnTakenError(StoreError):
    """Another process wrote turn ``number`` of this conversation, or answered this event, first."""

    def __init__(self, conversation: str, number: int) -> None:
        self.conversation = conversation
        self.number = number
        problem = f"holds turn {number} of {conversation!r} already"
        super().__init__("of conversations", problem, "answer again from where it stands")
