"""What a door refuses, and the exit codes of the command.

::

    DoorError                 a problem of the door's own, with its remedy and its exit code
    ├── UsageError            2: the command was given something that it cannot use
    ├── ConfigurationError    3: the pack or the set-up does not allow what was asked
    └── ServiceError          5: something outside the program failed
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ended; programs rely on these numbers."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    CONFIGURATION = 3
    UNDECIDED = 4
    SERVICE = 5
    # A fault of the program itself, the number that sysexits.h gives to "internal software error".
    INTERNAL = 70
    INTERRUPTED = 130
    # As the shell reports a process whose reader went away: 128 + SIGPIPE.
    BROKEN_PIPE = 141
    # 128 + SIGTERM.
    TERMINATED = 143


class DoorError(Exception):
    """A problem of a door. ``problem`` names place and problem; ``remedy`` says what to do next."""

    code = ExitCode.INTERNAL

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem} {remedy}")


class UsageError(DoorError):
    """The command was given something that it cannot use."""

    code = ExitCode.USAGE


class ConfigurationError(DoorError):
    """The pack or the set-up does not allow what was asked."""

    code = ExitCode.CONFIGURATION


class ServiceError(DoorError):
    """Something outside the program failed."""

    code = ExitCode.SERVICE
