"""What runs in the process that converts one PDF or Word file: bytes in, Markdown out."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import Final

from corpus.convert_html import convert_html
from corpus.escape_markdown import escape_line_start, escape_words

MOST_MEMORY: Final = 1_000_000_000  # bytes of address space
MOST_PAGES: Final = 1000
_LARGER: Final = 1.15  # how much larger than the text a line is set that heads what follows
_LONGEST_HEADING: Final = 150
_LEVELS: Final = 4
_EDGE: Final = 0.1  # of a page's height
_LEAST_RUNNING: Final = 3  # pages
_DIGITS: Final = re.compile(r"\d+")
_STYLES: Final = "p[style-name='Title'] => h1:fresh"


def main(form: str) -> None:
    """Convert standard input; the last line on standard error says why where that cannot be done."""
    # Only a process of its own may be limited, and not every system can.
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    held = sys.stdin.buffer.read()
    text = pdf_markdown(held) if form == "pdf" else word_markdown(held)
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))


def word_markdown(held: bytes) -> str:
    """The Markdown of a Word file: headings by their styles, lists and tables; pictures are left out."""
    import mammoth

    told = mammoth.convert_to_html(
        BytesIO(held), style_map=_STYLES, convert_image=mammoth.images.img_element(lambda _: {"src": ""})
    )
    return convert_html(f"<main>{told.value}</main>", "the file")


def pdf_markdown(held: bytes) -> str:
    """The Markdown of a PDF file: its lines in reading order, joined where they stand as a paragraph.

    A line set larger than the text is a heading. Nothing in a PDF tells a table from words side by side, so
    none is read.
    """
    blocks = _without_running_lines(list(_blocks(held)))
    if not any(block.words for block in blocks):
        raise SystemExit("it holds no text, only pictures of it; run it through a text recognition first")
    sizes: Counter[float] = Counter()
    for block in blocks:
        sizes[block.size] += len(block.words)
    usual = sizes.most_common(1)[0][0]
    larger = sorted({b.size for b in blocks if _heads(b, usual)}, reverse=True)
    levels = {size: min(place, _LEVELS) for place, size in enumerate(larger, 1)}
    parts = []
    for block in blocks:
        if _heads(block, usual):
            parts.append(f"{'#' * levels[block.size]} {escape_words(block.words)}")
        elif block.words:
            parts.append(escape_line_start(escape_words(block.words)))
    return "\n\n".join(parts) + "\n"


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of one size that stand together, as one line; ``size`` is in points, ``page`` counts from 1.

    ``edge`` says that it stands at the upper or lower edge of its page.
    """

    words: str
    size: float
    page: int
    edge: bool


def _without_running_lines(blocks: list[_Block]) -> list[_Block]:
    """``blocks`` without what stands at the edge of most pages, the same but for a number."""
    pages = max((block.page for block in blocks), default=0)
    found = {(_DIGITS.sub("0", block.words), block.page) for block in blocks if block.edge}
    counts = Counter(words for words, _ in found)
    least = max(_LEAST_RUNNING, pages / 2)
    return [b for b in blocks if not (b.edge and counts[_DIGITS.sub("0", b.words)] >= least)]


def _heads(block: _Block, usual: float) -> bool:
    return block.size >= _LARGER * usual and 0 < len(block.words) <= _LONGEST_HEADING


def _blocks(held: bytes) -> Iterator[_Block]:
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LTChar, LTTextBox, LTTextLine

    for number, page in enumerate(extract_pages(BytesIO(held)), 1):
        if number > MOST_PAGES:
            raise SystemExit(f"it has more than {MOST_PAGES} pages; split it")
        for box in page:
            if not isinstance(box, LTTextBox):
                continue
            lines = [line for line in box if isinstance(line, LTTextLine)]
            sized = [
                (_size([sign.size for sign in line if isinstance(sign, LTChar)]), line) for line in lines
            ]
            for size, group in groupby(sized, key=lambda pair: pair[0]):
                words = " ".join(" ".join(line.get_text() for _, line in group).split())
                edge = box.y0 > (1 - _EDGE) * page.height or box.y1 < _EDGE * page.height
                yield _Block(words, size, number, edge)


def _size(sizes: list[float]) -> float:
    """The size that most signs of a line are set in, to a quarter of a point."""
    return Counter(round(4 * size) / 4 for size in sizes).most_common(1)[0][0] if sizes else 0.0
