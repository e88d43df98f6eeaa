"""A Markdown guide as sections and passages with exact spans (CommonMark with tables, by markdown-it-py)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path, PurePosixPath

from corpus.errors import GuideError
from corpus.front_matter import read_front_matter
from corpus.guide import Guide, GuideMeta, Passage, Section
from corpus.name_sections import NamedSection, name_sections
from corpus.reading import marks_of
from corpus.walk_markdown import Piece, Walk

MOST_CHARACTERS = 4_000_000
MOST_PASSAGES = 20_000


def read_markdown(text: str, guide_id: str, path: Path, file: str) -> Guide:
    """The guide that the Markdown ``text`` holds.

    Raises :class:`GuideError` when the front matter is not YAML, when ``text`` holds half a surrogate pair,
    or when it is too large to be one guide.
    """
    _check_characters(text, file)
    meta, body = read_front_matter(text, file)
    walk = Walk(text, body)
    walk.blocks()
    if max(len(walk.pieces), len(walk.headings)) > MOST_PASSAGES:
        count = f"{len(walk.headings)} headings and {len(walk.pieces)} passages"
        raise GuideError(file, f"holds {count}, more than {MOST_PASSAGES}", "split it into several guides")
    return _assemble(walk, meta, guide_id, path, file)


def _check_characters(text: str, file: str) -> None:
    if len(text) > MOST_CHARACTERS:
        problem = f"is {len(text):,} characters long, more than {MOST_CHARACTERS:,}"
        raise GuideError(file, problem, "split it into several guides")
    if found := re.search(r"[\ud800-\udfff]", text):
        line = line_of(text, found.start())
        raise GuideError(file, "holds half of a surrogate pair", "save the file as UTF-8 again", line)


def line_of(text: str, position: int) -> int:
    """The line of ``position`` in ``text``, counted from 1; ``\\r\\n``, ``\\r`` and ``\\n`` end lines."""
    ends = text.count("\n", 0, position) + text.count("\r", 0, position) - text.count("\r\n", 0, position)
    # Between \r and \n a line has not ended yet.
    return ends + 1 - (position > 0 and text[position - 1 : position + 1] == "\r\n")


def _assemble(walk: Walk, meta: GuideMeta, guide_id: str, path: Path, file: str) -> Guide:
    title = meta.title or PurePosixPath(guide_id).name.replace("-", " ").replace("_", " ")
    named = name_sections(guide_id, title, walk.headings, walk.body, len(walk.text))
    pieces = iter(sorted(walk.pieces, key=lambda piece: (piece.start, piece.end)))
    held: list[list[Piece]] = [[] for _ in named]
    place = 0
    for piece in pieces:
        while place + 1 < len(named) and piece.start >= named[place + 1].start:
            place += 1
        held[place].append(piece)
    sections = tuple(_section(walk.text, guide_id, n, h) for n, h in zip(named, held, strict=True))
    title = named[0].heading[0]
    return Guide(guide_id, path, file, title, walk.text, meta, sections)


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
