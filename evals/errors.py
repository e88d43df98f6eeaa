"""What can go wrong with suites and stored runs.

::

    EvalsError
    ├── SuiteError          suites that cannot be used: every problem of every file at once
    ├── NoSuiteError        there is no suite where one was looked for
    ├── NoCasesError        no case is left of those that were asked for
    ├── RunFileError        a stored run that cannot be read
    ├── InterruptedRunError an unfinished run is in the way, or cannot be gone on with
    ├── GatesError          a file of gates that cannot be used: every problem of it at once
    ├── DraftError          a conversation that cannot become a case
    └── OutsideError        a set of others, or a file to import, that cannot be read or does not exist
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rules import Problem


class EvalsError(Exception):
    """The root of this package's errors."""


class SuiteError(EvalsError):
    """Suites that cannot be used. ``problems`` holds everything that is wrong, file by file, in order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        count = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        told = "\n".join(str(problem) for problem in self.problems)
        super().__init__(f"The suites cannot be used, {count}:\n{told}")


class NoSuiteError(EvalsError):
    """There is no suite in ``place``."""

    def __init__(self, place: Path, problem: str, remedy: str) -> None:
        self.place = place
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{place}: {problem}; {remedy}")


class RunFileError(EvalsError):
    """A stored run that cannot be read: ``path``, the ``line`` (from 1) and what is wrong there."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        self.path = path
        self.line = line
        self.problem = problem
        remedy = "store the run again with `groundrule eval run --out FILE`"
        super().__init__(f"{path}:{line}: {problem}; {remedy}")


class NoCasesError(EvalsError):
    """No case is left of those that were asked for."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem}; {remedy}")


class InterruptedRunError(EvalsError):
    """An unfinished run in ``place`` is in the way, or cannot be gone on with."""

    def __init__(self, place: Path, problem: str, remedy: str) -> None:
        self.place = place
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{place}: {problem}; {remedy}")


class GatesError(EvalsError):
    """Gates that cannot be used. ``problems`` holds everything that is wrong with their file, in order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        count = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        told = "\n".join(str(problem) for problem in self.problems)
        super().__init__(f"The gates cannot be used, {count}:\n{told}")


class DraftError(EvalsError):
    """A conversation that cannot become a case, or a file that cannot take it."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem}; {remedy}")


class OutsideError(EvalsError):
    """A set of others, or a file to import, that cannot be used: where, what is wrong, and what to do."""

    def __init__(self, place: str, problem: str, remedy: str) -> None:
        self.place = place
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{place}: {problem}; {remedy}")
