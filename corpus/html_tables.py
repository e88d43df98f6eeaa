"""The tables of a page as rows of equal length, each cell of a span repeated where it reaches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import zip_longest

from bs4 import Tag

WIDEST = 60  # columns; a wider table is laid out, and says nothing by its columns
_BLOCKS = ["table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "pre"]
_MOST_SPANNED = 500

Words = Callable[[Tag], str]


def unfold_layout(content: Tag) -> None:
    """Make plain blocks of each table of ``content`` that only places things on the page."""
    for table in content.find_all("table"):
        if _is_layout(table):
            parts = [part for row in _rows(table) for part in (row, *_cells(row))]
            for part in (table, *parts):
                part.name = "div"


def _is_layout(table: Tag) -> bool:
    """Whether ``table`` holds headings, code or tables, or has one column."""
    if table.find(_BLOCKS) is not None or table.get("role") in ("presentation", "none"):
        return True
    return max((sum(1 for _ in _cells(row)) for row in _rows(table)), default=0) <= 1


def table_rows(table: Tag, words: Words) -> tuple[list[str], list[list[str]]]:
    """The column headings of ``table`` and its rows; the headings are empty where it has none.

    Headings are the rows of its head, or its first row when that holds headings alone; of several rows of
    headings a column has the words of all.
    """
    grid = list(_grid(table, words))
    heads = 0
    for row, _ in grid:
        if heads == len(grid) - 1 or not _is_head(row, first=heads == 0):
            break
        heads += 1
    width = max((len(cells) for _, cells in grid), default=0)
    filled = [cells + [""] * (width - len(cells)) for _, cells in grid]
    columns = zip_longest(*filled[:heads], fillvalue="")
    head = [" ".join(dict.fromkeys(filter(None, column))) for column in columns] or [""] * width
    return head, [row for row in filled[heads:] if any(row)]


def _is_head(row: Tag, *, first: bool) -> bool:
    if row.find_parent("thead") is not None:
        return True
    cells = list(_cells(row))
    return first and bool(cells) and all(cell.name == "th" for cell in cells)


def _grid(table: Tag, words: Words) -> Iterator[tuple[Tag, list[str]]]:
    """Each row with the words of its cells; a cell that spans rows or columns stands in all of them."""
    reaching: dict[int, tuple[int, str]] = {}
    for row in _rows(table):
        cells: list[str] = []
        below: dict[int, tuple[int, str]] = {}
        waiting = iter(_cells(row))
        while True:
            place = len(cells)
            if place in reaching:
                left, text = reaching[place]
                cells.append(text)
                if left > 1:
                    below[place] = (left - 1, text)
                continue
            cell = next(waiting, None)
            if cell is None:
                break
            text = words(cell)
            for _ in range(min(_span(cell, "colspan"), WIDEST)):
                if _span(cell, "rowspan") > 1:
                    below[len(cells)] = (_span(cell, "rowspan") - 1, text)
                cells.append(text)
        reaching = below
        yield row, cells


def _rows(table: Tag) -> Iterator[Tag]:
    for row in table.find_all("tr"):
        if isinstance(row, Tag) and row.find_parent("table") is table:
            yield row


def _cells(row: Tag) -> Iterator[Tag]:
    for cell in row.children:
        if isinstance(cell, Tag) and cell.name in ("td", "th"):
            yield cell


def _span(cell: Tag, name: str) -> int:
    told = str(cell.get(name) or "1")
    return max(1, min(int(told), _MOST_SPANNED)) if told.isdecimal() and len(told) < 6 else 1
