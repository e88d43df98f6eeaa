"""What can go wrong in the assistant.

::

    AssistantError
    ├── PackError        a pack that cannot be used: every problem of it, each with its place and remedy
    └── MessageError     a message that cannot be answered: what is wrong with it and what to send instead
"""

from __future__ import annotations


class AssistantError(Exception):
    """The root of this package's errors."""


class PackError(AssistantError):
    """A pack that cannot be used.

    ``root`` is the pack's folder and ``problems`` holds one line for each thing that is wrong, each with
    its place, the problem and the remedy.
    """

    def __init__(self, root: str, problems: tuple[str, ...]) -> None:
        self.root = root
        self.problems = problems
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__(f"The pack {root} cannot be used, {count}:\n" + "\n".join(problems))


class MessageError(AssistantError):
    """A message that cannot be answered. ``problem`` says why, ``remedy`` what to send instead."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem} {remedy}")
