"""The values of an import: cases of another tool's file, and what of it has no counterpart in a suite."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

MOST_WORDS = 12  # a longer answer is never said word for word
ID_WORDS = 7


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """What of ``file`` was not taken over, at ``line`` (from 1): its name, and what to do instead."""

    file: str
    line: int
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}; {self.remedy}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What must come back, as far as a suite can say it: of each group of ``says`` at least one, none of
    ``avoids``, and the guide's silence or not (``None``: either)."""

    says: tuple[tuple[str, ...], ...] = ()
    avoids: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    silent: bool | None = None

    @property
    def nothing(self) -> bool:
        """Whether nothing at all is expected."""
        return self == Wanted()


@dataclass(frozen=True, slots=True)
class ImportedCase:
    """One message with what must come back; ``line`` is where it stood."""

    id: str
    say: str
    wanted: Wanted
    why: str
    tags: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Imported:
    """Everything that came of a file."""

    cases: tuple[ImportedCase, ...]
    problems: tuple[ImportProblem, ...]


def together(parts: Iterable[Wanted]) -> Wanted:
    """What all of ``parts`` expect at once; of two that exclude each other the last one counts."""
    every = tuple(parts)
    silent = [part.silent for part in every if part.silent is not None]
    return Wanted(
        tuple(dict.fromkeys(group for part in every for group in part.says)),
        tuple(dict.fromkeys(words for part in every for words in part.avoids)),
        tuple(dict.fromkeys(section for part in every for section in part.cites)),
        silent[-1] if silent else None,
    )


def short_name(text: str, taken: set[str]) -> str:
    """An id made of the first words of ``text``, unlike those ``taken``, to which it is added."""
    words = re.findall(r"[a-z0-9]+", text.casefold())[:ID_WORDS]
    base = name = "-".join(words) or "case"
    number = 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    taken.add(name)
    return name
