"""Markdown of answers and guides as HTML that is safe to show, with quotes highlighted.

What a user, a guide or a model wrote reaches the page through here or escaped (``html_tags``), and no other
way. The HTML that comes out holds formatting alone: no links but the page's own, no images, no
attributes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Final

import nh3
from markdown_it import MarkdownIt

from ui.html_tags import lines

# Private-use characters mark the ends of a quote on its way through the Markdown reader.
OPEN: Final = "\ue000"
CLOSE: Final = "\ue001"
_NO_MARKS: Final = str.maketrans({OPEN: "\ufffd", CLOSE: "\ufffd"})
_TABLE: Final = ("table", "thead", "tbody", "tr", "th", "td")
_TAGS: Final = frozenset(
    ("p", "br", "hr", "strong", "em", "s", "code", "pre", "ul", "ol", "li", "blockquote", *_TABLE)
)
_TAG: Final = re.compile(r"(<[^>]*>)")
_INLINE: Final = re.compile(r"</?(?:strong|em|s|code)>")
_MARKER: Final = re.compile(r"\[(\d{1,3})\]")
# A quote's ends are marked at words, and not at the signs that open a list item, a heading or a fence:
# there a mark would change what the Markdown means.
_WORD: Final = re.compile(r"[^\W_]+")
_STOPS: Final = re.compile(r"[.,;:!?…]+")
_SIGNS: Final = re.compile(
    r"(?m)^[ \t>]*(?:```|~~~)[^\n]*$|^[ \t]*(?:>[ \t]*)*(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+|#{1,6}[ \t]+)"
)
# Where a link leads is not shown, so a mark there would be lost.
_TARGET: Final = re.compile(r"(?<=\])\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"\n]*\")?\)")
_CELL_END: Final = re.compile(r"(?<!\\)\|")
_TRIES: Final = 8
PLAIN_AROUND: Final = 2000  # characters of a plain text shown on each side of a quote


def answer_html(text: str, link: Callable[[int], str | None]) -> str:
    """The Markdown ``text`` of an answer.

    ``link`` gives the HTML for the marker ``[n]``, or ``None`` where the answer has no citation ``n``; then
    the marker stays the text that it is.
    """
    parts = _code_and_text(_clean(_answer_reader().render(text.translate(_NO_MARKS))))
    return "".join(
        part if is_code else _MARKER.sub(lambda found: link(int(found[1])) or found[0], part)
        for part, is_code in parts
    )


@lru_cache(maxsize=1024)  # every turn shows the sources of the turns before it again
def section_html(text: str, start: int, end: int) -> str:
    """The Markdown ``text`` of a section, with its characters ``start`` to ``end`` inside ``<mark>``.

    A span without words highlights nothing.
    """
    return marked_html(text, [(start, end)])


def marked_html(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The Markdown ``text`` with each of ``spans`` (characters; none overlap) inside ``<mark>``."""
    marked = text.translate(_NO_MARKS)
    clean = unmarked = _clean(_guide_reader().render(marked))
    count = 0
    for start, end in sorted(spans, reverse=True):  # from the end, so that earlier places stay where they are
        found = _marked_at(marked, start, end, count + 1, unmarked)
        if found is not None:
            (marked, clean), count = found, count + 1
    return _highlighted(clean)


def _marked_at(marked: str, start: int, end: int, count: int, unmarked: str) -> tuple[str, str] | None:
    """The text with ``start`` to ``end`` marked as well, and how it is shown; ``None`` where it cannot be.

    A mark that fell into the target of a link is gone; the next narrower place is tried then. Better a
    highlight that costs a sign of formatting than none.
    """
    changed = None
    for first, last in _places(marked, start, end):
        tried = f"{marked[:first]}{OPEN}{marked[first:last]}{CLOSE}{marked[last:]}"
        shown = _clean(_guide_reader().render(tried))
        if shown.count(OPEN) == shown.count(CLOSE) == count:
            if shown.replace(OPEN, "").replace(CLOSE, "") == unmarked:
                return tried, shown
            changed = changed or (tried, shown)
    return changed


@lru_cache(maxsize=1024)
def plain_html(text: str, start: int, end: int) -> str:
    """The plain ``text`` of a section line by line, with its characters ``start`` to ``end`` highlighted.

    Of a long section only the lines around the quote are shown.
    """
    first = text.rfind("\n", 0, max(0, start - PLAIN_AROUND)) + 1 if start > PLAIN_AROUND else 0
    last = text.find("\n", end + PLAIN_AROUND)
    last = len(text) if last < 0 else last
    if not text[start:end].strip():
        return f"<p>{lines(text[first:last])}</p>"
    parts = (lines(text[first:start]), f"<mark>{lines(text[start:end])}</mark>", lines(text[end:last]))
    return f"<p>{'… ' if first else ''}{''.join(parts)}{' …' if last < len(text) else ''}</p>"


def words_html(markdown: str, *, row: bool = False) -> str:
    """The bare words of ``markdown`` on one line, as HTML without any tag and without ``[n]`` markers.

    ``row`` says that it is a row of a table; its cells are set apart by dots.
    """
    plain = markdown.translate(_NO_MARKS)
    if row:
        # A cell is no block, and formatting never reaches from one into the next.
        cells = filter(None, (cell.strip() for cell in _CELL_END.split(plain)))
        html = " · ".join(_guide_reader().renderInline(cell) for cell in cells)
    else:
        html = _guide_reader().render(plain)
    shown = _TAG.sub(" ", _INLINE.sub("", _clean(html)))
    return " ".join(re.sub(rf"\s*{_MARKER.pattern}", "", shown).split())


def is_row(text: str, start: int) -> bool:
    """Whether character ``start`` of the Markdown ``text`` stands in a row of a table."""
    line = text[text.rfind("\n", 0, start) + 1 : start + 1]
    return line.lstrip().startswith("|")


def _places(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the ends of a quote may be marked: its first and last word, then narrower places."""
    signs = {i for sign in (_SIGNS, _TARGET) for found in sign.finditer(text) for i in range(*found.span())}
    found = list(_WORD.finditer(text, max(0, start), max(0, end)))
    words = [word for word in found if word.start() not in signs]
    inward = chain.from_iterable(((0, i), (i, 0), (i, i)) for i in range(1, _TRIES))
    # In code a number at the start of a line opens no list, and belongs to the quote.
    tries = [(found, 0, 0)] if len(found) > len(words) else []
    for held, first, last in chain(tries, ((words, *ends) for ends in chain([(0, 0)], inward))):
        if first + last < len(held):
            ending = _STOPS.match(text, held[-1 - last].end(), max(0, end))
            yield held[first].start(), ending.end() if ending else held[-1 - last].end()


def _highlighted(clean: str) -> str:
    """The text between the two marks inside ``<mark>``, once for each element that it runs through."""
    inside = False
    out: list[str] = []
    for part in _TAG.split(clean):
        if part.startswith("<"):
            out.append(part)
            continue
        for piece in re.split(f"([{OPEN}{CLOSE}])", part):
            if piece in (OPEN, CLOSE):
                inside = piece == OPEN
            elif piece:
                out.append(f"<mark>{piece}</mark>" if inside and piece.strip() else piece)
    return "".join(out)


def _code_and_text(clean: str) -> Iterator[tuple[str, bool]]:
    """The pieces of ``clean``, tags apart from text, each with whether it stands in code."""
    depth = 0
    for part in _TAG.split(clean):
        depth += part in ("<code>", "<pre>")
        depth -= part in ("</code>", "</pre>")
        yield part, depth > 0


def _clean(html: str) -> str:
    return nh3.clean(html, tags=set(_TAGS), attributes={})


@lru_cache(maxsize=1)
def _answer_reader() -> MarkdownIt:
    # Brackets in an answer are markers; a link or a link's definition would swallow them.
    return _reader(breaks=True).disable(["link", "reference"])


@lru_cache(maxsize=1)
def _guide_reader() -> MarkdownIt:
    return _reader(breaks=False)


def _reader(*, breaks: bool) -> MarkdownIt:
    """A Markdown reader that knows no HTML; an image stays a link to it, and headings are bold lines."""
    reader = MarkdownIt("commonmark", {"html": False, "breaks": breaks}).enable(["table", "strikethrough"])
    reader.disable(["image", "html_block", "html_inline", "autolink"])
    # The page has its own headings; those of a guide would break their order for a screen reader.
    reader.add_render_rule("heading_open", lambda *_: "<p><strong>")
    reader.add_render_rule("heading_close", lambda *_: "</strong></p>\n")
    return reader
