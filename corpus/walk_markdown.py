"""One pass over the blocks of a Markdown guide: where its headings and the pieces of its text stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from textwrap import dedent

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.assemble_guide import LINE_END, Piece
from corpus.guide import PassageKind
from corpus.name_sections import Heading
from corpus.reading import (
    LONGEST_PASSAGE,
    blank_comments,
    cut_overlong,
    html_to_reading,
    passage_spans,
    to_reading,
)
from corpus.row_reading import row_reading

_TREE_LINE = re.compile(r"^[\s|│]*(?:\+--|[├└]─|[|`\\]--)", re.MULTILINE)
DEEPEST = 100
"""Levels of lists and quotations, a list and its items being two; the parser drops what lies deeper."""
_PREFIX = re.compile(r"[ \t>]*")
_ROW_PREFIX = re.compile(r"[ \t>]*\|?[ \t]*")


@lru_cache(maxsize=1)
def _block_parser() -> MarkdownIt:
    # Inline parsing is done passage by passage, when the words of a passage are wanted.
    return MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable("table").disable(["inline", "text_join"])


@dataclass(slots=True)
class Walk:
    """One pass over the blocks of a guide, collecting its headings and the pieces that become passages.

    ``items`` holds the words of each list item that the walk is in, ``None`` before they are read;
    ``leads`` the words that introduce each open list; ``caption`` the words of the paragraph just passed;
    ``too_deep`` is where something begins whose inner parts the parser dropped, -1 where there is nothing.
    """

    text: str
    body: int
    headings: list[Heading] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    items: list[str | None] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    caption: str = ""
    quotes: int = 0
    lines: list[int] = field(default_factory=list)
    too_deep: int = -1

    def blocks(self) -> None:
        """Read all blocks of the Markdown that begins at ``body``."""
        tokens = _block_parser().parse(self.text[self.body :])
        ends = (found.end() for found in LINE_END.finditer(self.text, self.body))
        self.lines = [self.body, *ends, len(self.text), len(self.text)]
        readers: Mapping[str, Callable[[list[Token], int], None]] = {
            "heading_open": self._heading,
            "paragraph_open": self._paragraph,
            "bullet_list_open": self._list_open,
            "ordered_list_open": self._list_open,
            "bullet_list_close": self._list_close,
            "ordered_list_close": self._list_close,
            "list_item_open": self._item_open,
            "list_item_close": self._item_close,
            "blockquote_open": self._quote_open,
            "blockquote_close": self._quote_close,
            "table_open": self._table,
            "fence": self._code,
            "code_block": self._code,
            "html_block": self._html,
        }
        for place, token in enumerate(tokens):
            if (
                token.level >= DEEPEST - 1
                and token.type in ("list_item_open", "blockquote_open")
                and token.map
            ):
                self.too_deep = self.lines[token.map[0]]
                return
            if reader := readers.get(token.type):
                reader(tokens, place)

    def _heading(self, tokens: list[Token], place: int) -> None:
        token = tokens[place]
        words = to_reading(tokens[place + 1].content)
        if token.level == 0 and token.map:
            self.headings.append(Heading(int(token.tag[1:]), words, self.lines[token.map[0]]))
            self.caption = ""
        else:
            # A heading within a list or a quotation opens no section; it introduces what follows.
            self.caption = words

    def _paragraph(self, tokens: list[Token], place: int) -> None:
        start, end = self._span(tokens[place + 1])
        source = self.text[start:end]
        words = to_reading(source[:LONGEST_PASSAGE], self.quotes > 0)
        first_of_item = bool(self.items) and self.items[-1] is None
        if first_of_item:
            self.items[-1] = words
            lead = self.leads[-1]
            self._add("item", cut_overlong(source, 0, len(source)), start, lead)
        else:
            lead = (self.items[-1] or "") if self.items else ""
            self._add("prose", passage_spans(source), start, lead)
        self.caption = words

    def _add(self, kind: PassageKind, spans: Iterable[tuple[int, int]], offset: int, lead: str) -> None:
        for start, end in spans:
            words = to_reading(self.text[offset + start : offset + end], self.quotes > 0)
            if words:
                self.pieces.append(Piece(kind, offset + start, offset + end, words, lead))

    def _list_open(self, tokens: list[Token], place: int) -> None:  # noqa: ARG002 - one shape for all readers
        introduced = self.caption if self.caption.endswith(":") else ""
        self.leads.append((self.items[-1] or introduced) if self.items else introduced)

    def _list_close(self, tokens: list[Token], place: int) -> None:  # noqa: ARG002
        self.leads.pop()
        self.caption = ""

    def _item_open(self, tokens: list[Token], place: int) -> None:  # noqa: ARG002
        self.items.append(None)
        self.caption = ""

    def _item_close(self, tokens: list[Token], place: int) -> None:  # noqa: ARG002
        self.items.pop()

    def _quote_open(self, tokens: list[Token], place: int) -> None:  # noqa: ARG002
        self.quotes += 1

    def _quote_close(self, tokens: list[Token], place: int) -> None:  # noqa: ARG002
        self.quotes -= 1
        self.caption = ""

    def _table(self, tokens: list[Token], place: int) -> None:
        lead = self.caption if self.caption.endswith(":") else ""
        columns: list[str] = []
        row: list[str] = []
        while tokens[place].type != "table_close":
            token = tokens[place]
            if token.type == "tr_open":
                row = []
            elif token.type == "inline":
                row.append(to_reading(token.content))
            elif token.type == "thead_close":
                columns = row
            elif token.type == "tbody_open":
                row = []
            if token.type == "tr_close" and (span := self._row_span(tokens, place)) and any(row) and columns:
                cells = tuple(zip(columns, row, strict=False))
                self.pieces.append(Piece("row", *span, row_reading(cells), lead, cells))
            place += 1
        self.caption = ""

    def _row_span(self, tokens: list[Token], place: int) -> tuple[int, int] | None:
        while tokens[place].type != "tr_open":
            place -= 1
        line = tokens[place].map
        if line is None:
            return None
        start, end = self.lines[line[0]], self.lines[line[0] + 1]
        if prefix := _ROW_PREFIX.match(self.text, start, end):
            start = prefix.end()
        end = start + len(self.text[start:end].rstrip())
        if self.text[start:end].endswith("|") and not self.text[start:end].endswith("\\|"):
            end = start + len(self.text[start : end - 1].rstrip())
        return (start, end) if start < end else None

    def _code(self, tokens: list[Token], place: int) -> None:
        token = tokens[place]
        written = token.content.split("\n")
        filled = [number for number, line in enumerate(written) if line.strip()]
        if token.map is None or not filled:
            return
        first = token.map[0] + (token.type == "fence")
        start = self._suffix(first + filled[0], written[filled[0]])
        last = self._line_end(first + filled[-1])
        words = dedent("\n".join(written[filled[0] : filled[-1] + 1]))
        lead = self.caption or (self.items[-1] or "" if self.items else "")
        kind: PassageKind = "tree" if draws_tree(words) else "code"
        if start < last:
            self.pieces.append(Piece(kind, start, last, words, lead))
        self.caption = ""

    def _html(self, tokens: list[Token], place: int) -> None:
        token = tokens[place]
        if token.map is None:
            return
        start, end = self.lines[token.map[0]], self._line_end(token.map[1] - 1)
        source = blank_comments(self.text[start:end])
        for a, b in cut_overlong(source, 0, len(source)):
            if words := html_to_reading(source[a:b]):
                self.pieces.append(Piece("prose", start + a, start + b, words))

    def _span(self, inline: Token) -> tuple[int, int]:
        """Where a paragraph's words begin and end, without the signs of lists and quotations before them."""
        first, after = inline.map or [0, 0]
        content = inline.content.split("\n")
        return self._suffix(first, content[0]), self._line_end(min(first + len(content), after) - 1)

    def _suffix(self, line: int, content: str) -> int:
        """Where ``content`` begins on ``line``: the parser takes signs away in front of it only."""
        start, end = self.lines[line], self._line_end(line)
        wanted = content.strip()
        length = len(self.text[start:end])
        if wanted and self.text[start:end].replace("\0", "�").endswith(wanted):
            indent = len(content.rstrip()) - len(wanted)
            at = end - len(wanted)
            # Indentation within code is part of it, as far as the source has it and not as a tab.
            return at - indent if self.text[max(start, at - indent) : at] == " " * indent else at
        prefix = _PREFIX.match(self.text, start, start + length)
        return prefix.end() if prefix else start

    def _line_end(self, line: int) -> int:
        """The end of ``line`` without its line end and the blanks before it."""
        start, end = self.lines[line], self.lines[line + 1]
        return start + len(self.text[start:end].rstrip())


def draws_tree(code: str) -> bool:
    """Whether a block of code draws a tree with branches such as ``+--`` or ``├──``."""
    return len(_TREE_LINE.findall(code)) >= 2
