"""Lasting section ids: the guide's id, then the slug of a heading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_NO_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it stands: its level, its words, and the character at which its line begins."""

    level: int
    words: str
    start: int


@dataclass(frozen=True, slots=True)
class NamedSection:
    """A section's id, its path of headings from the title down, and its span."""

    id: str
    heading: tuple[str, ...]
    start: int
    end: int


def slug(words: str) -> str:
    """``words`` as a part of an id: lower case, letters and digits of any script, runs of others a hyphen."""
    return _NO_LETTER.sub("-", words.casefold()).strip("-") or "section"


def name_sections(
    guide_id: str, title: str, headings: Sequence[Heading], start: int, end: int
) -> tuple[NamedSection, ...]:
    """The sections that ``headings`` make of the text from ``start`` to ``end``.

    The first is the text before the first sub-heading; its id is the guide's, and a first heading of level 1
    is its title. When two headings have the same slug, the slug of the heading above is put in front, and
    where that leaves them alike, a number behind.
    """
    if headings and headings[0].level == 1:
        title, headings = headings[0].words or title, headings[1:]
    paths = _paths(headings)
    slugs = [slug(path[-1].words) for path in paths]
    repeated = Counter(slugs)
    names = [
        f"{slug(path[-2].words)}/{own}" if repeated[own] > 1 and len(path) > 1 else own
        for path, own in zip(paths, slugs, strict=True)
    ]
    ends = [heading.start for heading in headings] + [end]
    sections = [NamedSection(guide_id, (title,), start, ends[0])]
    taken: Counter[str] = Counter()
    used = set(names)
    for path, name, stop in zip(paths, names, ends[1:], strict=True):
        taken[name] += 1
        number = taken[name]
        while number > 1 and f"{name}-{number}" in used:
            number += 1
        own = name if number == 1 else f"{name}-{number}"
        used.add(own)
        words = (title, *(heading.words for heading in path))
        sections.append(NamedSection(f"{guide_id}#{own}", words, path[-1].start, stop))
    return tuple(sections)


def _paths(headings: Sequence[Heading]) -> list[tuple[Heading, ...]]:
    """Each heading with those above it."""
    paths: list[tuple[Heading, ...]] = []
    path: tuple[Heading, ...] = ()
    for heading in headings:
        path = (*(above for above in path if above.level < heading.level), heading)
        paths.append(path)
    return paths
