"""From the headings and pieces of a text to a guide: sections with lasting ids, passages with exact spans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from corpus.errors import GuideError
from corpus.guide import Form, Guide, GuideMeta, Passage, PassageKind, Section
from corpus.name_sections import Heading, NamedSection, name_sections
from corpus.reading import marks_of

MOST_CHARACTERS = 4_000_000
MOST_LINES = 120_000
MOST_PASSAGES = 20_000
LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a guide comes from: what it is called in its pack, and its file and form."""

    id: str
    path: Path
    file: str
    form: Form


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage before its section is known."""

    kind: PassageKind
    start: int
    end: int
    reading: str
    lead: str = ""
    cells: tuple[tuple[str, str], ...] = ()


def check_characters(text: str, file: str) -> None:
    """Raise :class:`GuideError` when ``text`` is too long for one guide or holds half of a surrogate pair."""
    if len(text) > MOST_CHARACTERS:
        problem = f"is {len(text):,} characters long, more than {MOST_CHARACTERS:,}"
        raise GuideError(file, problem, "split it into several guides")
    if (lines := max(text.count("\n"), text.count("\r"))) > MOST_LINES:
        # Reading them would find out slowly that they make too many passages.
        problem = f"holds {lines:,} lines, more than {MOST_LINES:,}"
        raise GuideError(file, problem, "split it into several guides")
    if found := re.search(r"[\ud800-\udfff]", text):
        line = line_of(text, found.start())
        raise GuideError(file, "holds half of a surrogate pair", "save the file as UTF-8 again", line)


def line_of(text: str, position: int) -> int:
    """The line of ``position`` in ``text``, counted from 1; ``\\r\\n``, ``\\r`` and ``\\n`` end lines."""
    ends = text.count("\n", 0, position) + text.count("\r", 0, position) - text.count("\r\n", 0, position)
    # Between \r and \n a line has not ended yet.
    return ends + 1 - (position > 0 and text[position - 1 : position + 1] == "\r\n")


def assemble_guide(
    origin: Origin,
    text: str,
    body: int,
    headings: Sequence[Heading],
    pieces: Sequence[Piece],
    meta: GuideMeta,
) -> Guide:
    """The guide of ``text``, whose words begin at ``body``.

    Raises :class:`GuideError` when it has more headings or passages than one guide may have.
    """
    if max(len(pieces), len(headings)) > MOST_PASSAGES:
        count = f"{len(headings)} headings and {len(pieces)} passages"
        raise GuideError(
            origin.file, f"holds {count}, more than {MOST_PASSAGES}", "split it into several guides"
        )
    title = meta.title or PurePosixPath(origin.id).name.replace("-", " ").replace("_", " ")
    named = name_sections(origin.id, title, headings, body, len(text))
    held: list[list[Piece]] = [[] for _ in named]
    place = 0
    for piece in sorted(pieces, key=lambda piece: (piece.start, piece.end)):
        while place + 1 < len(named) and piece.start >= named[place + 1].start:
            place += 1
        held[place].append(piece)
    sections = tuple(_section(text, origin.id, n, h) for n, h in zip(named, held, strict=True))
    title = named[0].heading[0]
    return Guide(origin.id, origin.path, origin.file, title, text, meta, sections, origin.form)


def _section(text: str, guide_id: str, named: NamedSection, pieces: Iterable[Piece]) -> Section:
    passages: list[Passage] = []
    seen: dict[str, int] = {}
    for piece in pieces:
        words = text[piece.start : piece.end]
        digest = sha256(words.encode()).hexdigest()[:8]
        seen[digest] = repeat = seen.get(digest, 0) + 1
        passages.append(
            Passage(
                id=f"{named.id}@{digest}" + (f"-{repeat}" if repeat > 1 else ""),
                section=named.id,
                heading=named.heading,
                kind=piece.kind,
                start=piece.start,
                end=piece.end,
                text=words,
                reading=piece.reading,
                cells=piece.cells,
                lead=piece.lead,
                marks=() if piece.kind in {"code", "tree"} else marks_of(words),
            )
        )
    return Section(
        id=named.id,
        guide=guide_id,
        heading=named.heading,
        start=named.start,
        end=named.end,
        passages=tuple(passages),
    )
