"""What one line of a text-drawn tree holds: a branch, words that go on, or rails alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

RAILS = " \t|│┃║¦"
_TEES = "+|├└╰┝┕┣┗╠╚`'\\\\"
_STROKES = "-─━═╌┄_"
# A single ASCII stroke without a space behind it may be a minus: "+-5 %".
_BRANCH = re.compile(
    rf"(?P<rails>[{RAILS}]*)(?P<tee>[{_TEES}])"
    rf"(?:[{_STROKES}]{{2,}}|[─━═╌┄]|[-_](?=\s|$))[>▶►]?[ \t]*(?P<words>.*)"
)
_BOXES = "\u2500-\u257f"
_STRANGE = re.compile(rf"[{_BOXES}]|[-+*o\\/`'\[]*[-_=]{{2,}}(?!>|\s)|[+*o\\/`'|][-_=]+(?!>)(?=\s|\w)|[┌┐]")
_FRAME = re.compile(r"(?:\s[|│┃║┐┘┤╮╯]|[│┃║┐┘┤╮╯]|─{3,})$")


@dataclass(frozen=True, slots=True)
class Words:
    """Words on one line of the guide: its number (from 1), and where they stand in the guide's text."""

    line: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line of a drawing.

    ``column`` is where its glyph stands when it is a ``branch``, and else where its words begin. ``trouble``
    says what of it is not understood, empty when all is.
    """

    branch: bool
    column: int
    rails: tuple[int, ...]
    words: Words
    trouble: str


def text_lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Each line's number, the place in ``text`` at which it begins, and the line without its end."""
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        yield number, start, line.removesuffix("\r")
        start += len(line) + 1


def read_line(number: int, start: int, line: str) -> DrawnLine | None:
    """What ``line`` draws; ``None`` when it holds nothing but rails. ``start`` is its place in the text."""
    found = _BRANCH.match(line)
    at = found.start("words") if found else len(line) - len(line.lstrip(RAILS))
    text = line[at:].rstrip()
    if not text and not found:
        return None
    rails = line[: found.start("tee") if found else at]
    return DrawnLine(
        found is not None,
        _width(rails),
        tuple(_width(rails[:place]) for place, glyph in enumerate(rails) if not glyph.isspace()),
        Words(number, start + at, start + at + len(text), text),
        _trouble(text, branch=found is not None),
    )


def _width(text: str) -> int:
    return len(text.expandtabs(4))


def _trouble(text: str, *, branch: bool) -> str:
    if not text:
        return "a branch is drawn without words"
    if _FRAME.search(text):
        return "the line ends in a drawn frame, which may or may not belong to its words"
    if _STRANGE.match(text):
        where = "behind the branch" if branch else "where a branch may be meant"
        return f"the glyph {text.split()[0][:12]!r} {where} is not understood"
    return ""
