"""The values of this package: guides, their sections and passages, and words cited from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

PassageKind = Literal["prose", "item", "row", "code", "tree", "line"]
Form = Literal["markdown", "text", "html", "pdf", "word"]
CONVERTED: tuple[Form, ...] = ("html", "pdf", "word")
"""Forms that are read as the Markdown they were converted to: places count in that, not in the file."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A source that the guide itself names, such as the vendor's documentation. Unknown parts are empty."""

    id: str
    title: str
    author: str
    url: str
    published: str


@dataclass(frozen=True, slots=True)
class Pointer:
    """What a guide says about when another one is meant: ``condition`` and the name of the ``other`` guide.

    ``condition`` stands verbatim at characters ``start`` to ``end`` of the guide's text.
    """

    condition: str
    other: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class GuideMeta:
    """What the front matter says: never text of the guide. Unknown parts are empty.

    ``name`` is what other guides call this one. ``sources`` maps the mark used in the text (``src3``) to the
    reference it stands for. ``points_to`` are the guides to read instead, each with its condition.
    """

    title: str
    version: str
    date: str
    sources: Mapping[str, Reference]
    name: str = ""
    points_to: tuple[Pointer, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A retrievable piece of a section; ``guide.text[start:end] == text`` always (in characters).

    ``reading`` is what a person would read: emphasis, link targets and reference marks are gone, and a
    table row is a sentence with its column headings. ``cells`` holds (column heading, value) of a row.
    ``lead`` is the paragraph or list item that introduces a list, a table or a code block, as reading,
    empty if there is none. ``marks`` names the references of the passage (``("src3",)``).

    A ``line`` is one of plain text that is no sentence: it may be a cell that lost its table, and says
    nothing together with its neighbours.
    """

    id: str
    section: str
    heading: tuple[str, ...]
    kind: PassageKind
    start: int
    end: int
    text: str
    reading: str
    cells: tuple[tuple[str, str], ...]
    lead: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The text under one heading, without that under the headings below it.

    ``heading`` is the path of headings from the guide's title down; ``start`` and ``end`` are characters of
    the guide's text and include the heading's own line.
    """

    id: str
    guide: str
    heading: tuple[str, ...]
    start: int
    end: int
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """One source document.

    ``id`` is its path below the corpus folder without the ending, ``file`` its path as citations show it
    (from the corpus folder's own name on). ``text`` holds all characters of the file with their line ends;
    of a ``form`` that is converted it holds the Markdown that the file was converted to, always the same
    for the same file. A plain ``text`` is no Markdown: its signs are only signs.
    """

    id: str
    path: Path
    file: str
    title: str
    text: str
    meta: GuideMeta
    sections: tuple[Section, ...]
    form: Form = "markdown"


@dataclass(frozen=True, slots=True)
class Citation:
    """Words that stand verbatim at characters ``start`` to ``end`` of the guide in ``file``.

    ``line`` counts from 1; it is 0 where the file has no such lines, because it was converted.
    ``references`` are the sources that the guide names for these words.
    """

    section: str
    heading: tuple[str, ...]
    quote: str
    file: str
    line: int
    start: int
    end: int
    references: tuple[Reference, ...] = ()
