"""The rows of a set of others: JSON lines and tables, with the line of everything that is wrong in them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from evals.errors import OutsideError

T = TypeVar("T")
REMEDY = "check that the folder holds this set as its README describes it"


@dataclass(frozen=True, slots=True)
class Row:
    """One JSON object of a file; ``place`` is its file and line."""

    place: str
    told: Mapping[str, object]

    def text(self, key: str) -> str:
        """The text under ``key``. Raises :class:`OutsideError` when there is none."""
        said = self.told.get(key)
        if not isinstance(said, str):
            raise OutsideError(self.place, f"there is no text `{key}`", REMEDY)
        return said

    def flag(self, key: str) -> bool:
        """The ``true`` or ``false`` under ``key``."""
        said = self.told.get(key)
        if not isinstance(said, bool):
            raise OutsideError(self.place, f"`{key}` is neither true nor false", REMEDY)
        return said

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of texts under ``key``."""
        said = self.told.get(key)
        if not isinstance(said, list) or not all(isinstance(item, str) for item in said):
            raise OutsideError(self.place, f"`{key}` is no list of texts", REMEDY)
        return tuple(said)

    def rows(self, key: str) -> tuple[Row, ...]:
        """The list of objects under ``key``."""
        said = self.told.get(key)
        if not isinstance(said, list) or not all(isinstance(item, dict) for item in said):
            raise OutsideError(self.place, f"`{key}` is no list of objects", REMEDY)
        return tuple(Row(self.place, item) for item in said)

    def pairs(self, key: str) -> Mapping[str, str]:
        """The object of texts under ``key``."""
        said = self.told.get(key)
        if not isinstance(said, dict) or not all(isinstance(value, str) for value in said.values()):
            raise OutsideError(self.place, f"`{key}` is no object of texts", REMEDY)
        return said


def read_rows(path: Path) -> tuple[Row, ...]:
    """The objects of a file of JSON lines; blank lines are skipped. Raises :class:`OutsideError`."""
    found = []
    for number, line in _lines(path):
        try:
            told = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            raise OutsideError(
                f"{path}:{number}", f"this is not JSON ({error})", "write one object a line"
            ) from error
        if not isinstance(told, dict):
            raise OutsideError(f"{path}:{number}", "this is no JSON object", "write one object a line")
        found.append(Row(f"{path}:{number}", told))
    return tuple(found)


def read_judgements(path: Path) -> Mapping[str, Mapping[str, int]]:
    """What is relevant to each query: query id → document id → grade, of a table with one header line."""
    found: dict[str, dict[str, int]] = {}
    for number, line in _lines(path):
        cells = line.split("\t")
        if number == 1 and not cells[-1].isdecimal():
            continue
        if len(cells) != 3 or not cells[2].isdecimal():
            problem = "this is not `query-id TAB corpus-id TAB score`"
            raise OutsideError(f"{path}:{number}", problem, REMEDY)
        found.setdefault(cells[0], {})[cells[1]] = int(cells[2])
    return found


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
        raise OutsideError(str(path), f"the file cannot be read ({reason})", REMEDY) from error
    # Not splitlines(): a text in JSON may hold separators that end no line.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line.rstrip("\r")


@dataclass(frozen=True, slots=True)
class Sample:
    """At ``most`` so many (all, with ``None``), drawn by ``seed``: the same rows at every run."""

    most: int | None = None
    seed: int = 0

    def of(self, rows: Iterable[T]) -> tuple[T, ...]:
        """Those drawn of ``rows``, in their order."""
        every = tuple(rows)
        if self.most is None or len(every) <= self.most:
            return every
        # No secret: the same seed must draw the same rows on every machine.
        places = random.Random(self.seed).sample(range(len(every)), self.most)  # noqa: S311
        return tuple(every[place] for place in sorted(places))

    def evenly(self, groups: Sequence[Sequence[T]]) -> tuple[T, ...]:
        """As many of each of ``groups``: whoever always says the same is then right as often as not."""
        least = min(len(group) for group in groups)
        each = least if self.most is None else min(least, max(1, self.most // len(groups)))
        return tuple(row for group in groups for row in Sample(each, self.seed).of(group))
