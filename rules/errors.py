"""What can go wrong with rules and facts.

::

    RulesError            a rules file that cannot be used: every problem of it at once
    FactsError            facts that do not fit the rules: a bad argument of the caller
    ├── FactError         one fact: unknown name, or a value it cannot have
    └── OptionError       an option that the rules do not know
    TooLargeError         rules whose facts depend on each other in too many ways to be computed
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file.

    ``code`` names the kind of problem, ``line`` and ``column`` count from 1 (0: the file as a whole),
    ``source`` is the line as it stands in the file. ``severity`` is ``error`` or ``warning``.
    """

    code: str
    file: str
    line: int
    column: int
    message: str
    remedy: str
    source: str = ""
    severity: str = "error"

    @property
    def place(self) -> str:
        """``file:line:column``, or the file alone."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    def __str__(self) -> str:
        head = f"{self.place}: {self.severity}[{self.code}]: {self.message}; {self.remedy}"
        if not self.source.strip():
            return head
        text = self.source.rstrip().replace("\t", " ")
        return f"{head}\n    {text}\n    {' ' * (self.column - 1)}^"


class RulesError(Exception):
    """A rules file that cannot be used. ``problems`` holds all of its problems, in the file's order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[RulesError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class FactsError(ValueError):
    """Facts or options that do not fit the rules. ``nearest`` is what may have been meant, or empty."""

    nearest: str = ""


class FactError(FactsError):
    """A fact that the rules do not know, or a value that it cannot have.

    ``fact`` and ``value`` are what was given, ``allowed`` the names or values there are.
    """

    def __init__(self, fact: str, value: object, allowed: Iterable[str], problem: str) -> None:
        self.fact = fact
        self.value = value
        self.allowed: tuple[str, ...] = tuple(allowed)
        self.problem = problem
        wrong = fact if fact not in self.allowed and value is None else str(value)
        self.nearest = nearest(wrong, self.allowed)
        super().__init__(f"{problem}; {did_you_mean(wrong, self.allowed)}")

    def __reduce__(self) -> tuple[type[FactError], tuple[str, object, tuple[str, ...], str]]:
        return type(self), (self.fact, self.value, self.allowed, self.problem)


class OptionError(FactsError):
    """An option that the rules do not know; ``allowed`` are those there are."""

    def __init__(self, option: str, allowed: Iterable[str]) -> None:
        self.option = option
        self.allowed: tuple[str, ...] = tuple(allowed)
        self.nearest = nearest(option, self.allowed)
        super().__init__(f"there is no option {option!r}; {did_you_mean(option, self.allowed)}")

    def __reduce__(self) -> tuple[type[OptionError], tuple[str, tuple[str, ...]]]:
        return type(self), (self.option, self.allowed)


class TooLargeError(Exception):
    """Facts that depend on each other in more ways than can be computed. ``limit`` is how many can."""

    def __init__(self, groups: Iterable[str], limit: int) -> None:
        self.groups: tuple[str, ...] = tuple(groups)
        self.limit = limit
        super().__init__(
            f"the groups {', '.join(self.groups)} share facts and options in more than {limit:,} ways; "
            "split them into rules files of their own, or let them share fewer facts"
        )

    def __reduce__(self) -> tuple[type[TooLargeError], tuple[tuple[str, ...], int]]:
        return type(self), (self.groups, self.limit)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that ``word`` may have meant, or empty."""
    found = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A remedy in words: the nearest known word, and else all of them (up to twelve)."""
    names = list(known)
    near = nearest(word, names)
    if near:
        return f"did you mean {near!r}?"
    if not names:
        return "there are none"
    shown = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    return f"there are: {shown}"
