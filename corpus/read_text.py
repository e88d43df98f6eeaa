"""A guide in plain text, as pasted from a page: only what its lines show for certain is structure.

Pasting loses the borders of tables, the levels of headings and the indentation of code. None of that is
guessed: a line that is no certain part of something stands for itself, so a cell that lost its table stays a
line of its own and is never read together with its neighbours. Certain are

- the title: the first line, when it is short,
- a heading underlined with ``===`` or ``---``, one in capitals between empty lines, and one numbered like
  ``2.1`` between empty lines,
- a list item with its bullet or number, introduced by a line before the list that ends in a colon,
- a table row whose cells are set apart by tabs, in two lines or more with as many tabs,
- a tree drawn with ``+--`` or ``├──``, with the line that it hangs from,
- a command that a backslash carries on to the next line, with the comment right above it,
- a paragraph wrapped at a width that the whole text keeps to.

Spans count in the file's own text; its signs are signs and no Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Final

from corpus.assemble_guide import LINE_END, Origin, Piece, assemble_guide, check_characters
from corpus.front_matter import NO_META
from corpus.guide import Guide, PassageKind
from corpus.name_sections import Heading
from corpus.reading import passage_spans, plain_reading
from corpus.row_reading import row_reading

LONGEST_HEADING: Final = 100
LONGEST_TITLE: Final = 200
NARROWEST_WRAPPED: Final = 40  # characters
WIDEST_WRAPPED: Final = 100  # nobody wraps by hand at more
LEAST_WRAPPED: Final = 3  # lines that must go on below before a text counts as wrapped
_SHARE_WRAPPED: Final = 0.9  # of the lines with another below them, those that were full
_UNDERLINE: Final = re.compile(r"(={3,}|-{3,})")
_NUMBERED: Final = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?[ \t]+\S")
_ITEM: Final = re.compile(r"[ \t]*(?:[-*•‣◦·–]|\(?\d{1,3}[.)])[ \t]+(?=\S)")
_TREE: Final = re.compile(r"[ \t|│]*(?:\+--|[├└]─|[|`\\]--|\|[ \t]+[|+├└])")
_SENTENCE: Final = re.compile(r"[.!?…:][\"'”’)\]]*$|[.!?…][\"'”’)\]]*\s")
_COMMENT: Final = re.compile(r"[ \t]*(?:#|//|--)[ \t]")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with the place of its first and after its last sign; blanks around it belong to none."""

    words: str
    start: int
    end: int
    indent: int


def read_text(text: str, guide_id: str, path: Path, file: str) -> Guide:
    """The guide that the plain ``text`` holds.

    Raises :class:`corpus.errors.GuideError` when it is too large to be one guide, or holds half a surrogate
    pair.
    """
    check_characters(text, file)
    lines = list(_lines(text))
    reader = _Reader(text, lines, _wrapping(lines))
    reader.read()
    origin = Origin(guide_id, path, file, "text")
    return assemble_guide(origin, text, 0, reader.headings, reader.pieces, NO_META)


def _lines(text: str) -> Iterator[_Line]:
    place = 0
    for end in [*(found.span() for found in LINE_END.finditer(text)), (len(text), len(text))]:
        line = text[place : end[0]]
        words = line.strip()
        indent = len(line) - len(line.lstrip())
        yield _Line(words, place + indent, place + indent + len(words), indent)
        place = end[1]


def _wrapping(lines: Sequence[_Line]) -> int:
    """The width at which the text is wrapped; 0 when its lines end where their words end."""
    width = max((len(line.words) for line in lines), default=0)
    if not NARROWEST_WRAPPED <= width <= WIDEST_WRAPPED:
        return 0
    pairs = [(a, b) for a, b in pairwise(lines) if a.words and b.words and not _ITEM.match(b.words)]
    full = sum(_is_full(line, below, width) for line, below in pairs)
    return width if len(pairs) >= LEAST_WRAPPED and full >= _SHARE_WRAPPED * len(pairs) else 0


def _is_full(line: _Line, below: _Line, width: int) -> bool:
    """Whether the first word below did not fit on ``line`` any more."""
    return len(line.words) + 1 + len(below.words.split()[0]) > width


@dataclass(slots=True)
class _Reader:
    """One pass over the lines; ``width`` is that at which the text is wrapped, 0 where it is not.

    ``lead`` introduces the list or block that follows; ``inner`` holds whether the last item that ends in a
    colon was numbered, and its words.
    """

    text: str
    lines: list[_Line]
    width: int
    headings: list[Heading] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    lead: str = ""
    inner: tuple[bool, str] | None = None

    def read(self) -> None:
        place = self._title()
        while place < len(self.lines):
            if not self.lines[place].words:
                place += 1
                continue
            for part in (self._heading, self._tree, self._command, self._rows, self._item, self._paragraph):
                if (after := part(place)) > place:
                    if part != self._item:
                        self.inner = None
                    place = after
                    break

    def _title(self) -> int:
        first = next((place for place, line in enumerate(self.lines) if line.words), len(self.lines))
        if first == len(self.lines) or self._wrapped(first):
            return first
        words = self.lines[first].words
        if len(words) > LONGEST_TITLE or words[-1] in ".,;:" or _ITEM.match(words) or _TREE.match(words):
            return first
        self._add_heading(1, self.lines[first])
        return first + 1 + self._underlined(first)

    def _heading(self, place: int) -> int:
        line = self.lines[place]
        if self._underlined(place):
            self._add_heading(2 if self.lines[place + 1].words[0] == "=" else 3, line)
            return place + 2
        if not self._alone(place) or len(line.words) > LONGEST_HEADING or line.words[-1] in ".,;:!?":
            return place
        letters = [letter for letter in line.words if letter.isalpha()]
        if len(letters) >= 4 and all(letter.isupper() for letter in letters):
            self._add_heading(2, line)
            return place + 1
        if _NUMBERED.match(line.words):
            number = line.words.split()[0].rstrip(".")
            self._add_heading(2 + number.count("."), line)
            return place + 1
        return place

    def _underlined(self, place: int) -> bool:
        """Whether the next line underlines this one: as long as it, give or take a few signs."""
        if place + 1 >= len(self.lines):
            return False
        words, below = self.lines[place].words, self.lines[place + 1].words
        return (
            bool(_UNDERLINE.fullmatch(below))
            and abs(len(words) - len(below)) <= 3
            and len(words) <= LONGEST_HEADING
        )

    def _alone(self, place: int) -> bool:
        before = place == 0 or not self.lines[place - 1].words
        return before and (place + 1 < len(self.lines) and not self.lines[place + 1].words)

    def _add_heading(self, level: int, line: _Line) -> None:
        self.headings.append(Heading(level, plain_reading(line.words), line.start - line.indent))
        self.lead = ""

    def _tree(self, place: int) -> int:
        """A drawn tree with the line above that it hangs from; its lines as they stand."""
        after = self._run(place + 1, _TREE)
        drawn = after - place - 1 + bool(_TREE.match(self.lines[place].words))
        if drawn < 2:
            return place
        self._add_block("tree", place, after)
        return after

    def _command(self, place: int) -> int:
        """A command over several lines, each but the last ending in a backslash."""
        first = place + bool(_COMMENT.match(self.lines[place].words))
        after = first
        while after < len(self.lines) and self.lines[after].words.endswith("\\"):
            after += 1
        if after == first:
            return place
        after = min(after + 1, len(self.lines))
        self._add_block("code", place, after)
        return after

    def _rows(self, place: int) -> int:
        tabs = self._source(place).count("\t")
        after = place
        while after < len(self.lines) and tabs and self._source(after).count("\t") == tabs:
            after += 1
        if after - place < 2:
            return place
        for line in self.lines[place:after]:
            cells = tuple(("", plain_reading(cell)) for cell in self._whole(line).split("\t"))
            if line.words and any(value for _, value in cells):
                self.pieces.append(Piece("row", line.start, line.end, row_reading(cells), self.lead, cells))
        self.lead = ""
        return after

    def _item(self, place: int) -> int:
        line = self.lines[place]
        found = _ITEM.match(line.words)
        if found is None:
            return place
        after = place + 1
        while after < len(self.lines) and self._carries_on(line, found.end(), after):
            after += 1
        # Bullets below a numbered item that ends in a colon are led by it; the next number is not.
        numbered = found[0].strip()[-1] in ".)"
        if self.inner is None or self.inner[0] == numbered:
            self.inner = None
        lead = self.inner[1] if self.inner else self.lead
        self._add_words("item", line.start + found.end(), self.lines[after - 1].end, lead)
        if line.words.endswith(":"):
            self.inner = (numbered, plain_reading(line.words[found.end() :]))
        return after

    def _carries_on(self, item: _Line, hang: int, place: int) -> bool:
        """Whether a line belongs to the item above: it hangs below the item's words."""
        line = self.lines[place]
        return bool(line.words) and line.indent == item.indent + hang and not _ITEM.match(line.words)

    def _paragraph(self, place: int) -> int:
        after = place + 1
        while self._wrapped(after - 1):
            after += 1
        start, end = self.lines[place].start, self.lines[after - 1].end
        kind: PassageKind = "prose" if _SENTENCE.search(plain_reading(self.text[start:end])) else "line"
        self._add_words(kind, start, end, "")
        said = self.lines[after - 1].words
        self.lead = (
            plain_reading(self.text[start:end]) if said.endswith(":") and len(said) <= LONGEST_TITLE else ""
        )
        return after

    def _wrapped(self, place: int) -> bool:
        """Whether a line was broken only because the next word did not fit."""
        if not self.width or place + 1 >= len(self.lines):
            return False
        line, below = self.lines[place], self.lines[place + 1]
        if not below.words or line.indent != below.indent:
            return False
        if _ITEM.match(below.words) or _TREE.match(below.words) or self._underlined(place + 1):
            return False
        return _is_full(line, below, self.width)

    def _run(self, place: int, sign: re.Pattern[str]) -> int:
        while place < len(self.lines) and sign.match(self.lines[place].words):
            place += 1
        return place

    def _add_block(self, kind: PassageKind, place: int, after: int) -> None:
        start, end = self.lines[place].start, self.lines[after - 1].end
        self.pieces.append(Piece(kind, start, end, self.text[start:end], self.lead))
        self.lead = ""

    def _add_words(self, kind: PassageKind, start: int, end: int, lead: str) -> None:
        for first, last in passage_spans(self.text[start:end]):
            if words := plain_reading(self.text[start + first : start + last]):
                self.pieces.append(Piece(kind, start + first, start + last, words, lead))

    def _source(self, place: int) -> str:
        return self._whole(self.lines[place]) if self.lines[place].words else ""

    def _whole(self, line: _Line) -> str:
        """The line with the tabs around its words: an empty cell at an end is a cell."""
        begin = line.start - line.indent
        found = LINE_END.search(self.text, line.end)
        return self.text[begin : found.start() if found else len(self.text)]
