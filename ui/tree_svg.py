"""A tree of the rules as a picture: SVG that needs no script, read from left to right."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ui.html_tags import tag, text
from ui.path_state import path_state
from ui.printable import printable

if TYPE_CHECKING:
    from assistant import PathNode

LETTERS: Final = 24  # of a line in a box; a wide character counts as two
MOST_LINES: Final = 7
LINE: Final = 18
PAD: Final = 11
BOX: Final = 204
NARROW: Final = 98  # between the boxes of two levels, where the answers stand: for a short word
WIDE: Final = 194  # and for up to three lines
GAP: Final = 14
SHORT: Final = 9  # letters of an answer for which the narrow way is enough
ANSWER: Final = 20  # letters of one of its lines otherwise
ANSWER_LINES: Final = 3
ANSWER_LINE: Final = 15


@dataclass(frozen=True, slots=True)
class _Box:
    """A node in its place: its left upper corner, its lines, and the boxes that hang from it."""

    x: int
    y: int
    height: int
    lines: tuple[str, ...]
    answer: str
    state: str
    below: tuple[_Box, ...]

    @property
    def middle(self) -> int:
        return self.y + self.height // 2


def tree_svg(tree: PathNode, title: str, kind: str = "") -> str:
    """The picture of ``tree``, called ``title``; the page that it stands on styles the ``class`` names.

    The boxes on the way are ``lit``, where it stopped ``open``. ``kind`` is one more class of the whole.
    """
    reach = NARROW if _longest_answer(tree) <= SHORT else WIDE
    # The first answer stands above the line to its box, and may be higher than that.
    top = 1 if reach == NARROW else 1 + (ANSWER_LINES - 1) * ANSWER_LINE
    root, height = _placed(tree, 1, top, reach)
    boxes = list(_all(root))
    width = max(box.x for box in boxes) + BOX + 1
    lines = "".join(_line(box, child) for box in boxes for child in box.below)
    shown = "".join(_shown(box) for box in boxes)
    return tag(
        "svg",
        tag("title", text(title)),
        lines,
        shown,
        viewBox=f"0 0 {width} {height + 2}",
        width=str(width),
        height=str(height + 2),
        role="img",
        class_=f"drawn {kind}".strip(),
    )


def _placed(node: PathNode, x: int, top: int, reach: int) -> tuple[_Box, int]:
    """The box of ``node`` at ``x`` with all below it from height ``top`` on, and where they end."""
    lines = _lines(node.text, LETTERS, MOST_LINES)
    own = len(lines) * LINE + 2 * PAD
    below: list[_Box] = []
    end = top
    for child in node.children:
        box, end = _placed(child, x + BOX + reach, end, reach)
        below.append(box)
        end += GAP
    state = path_state(node)
    if not below:
        return _Box(x, top, own, lines, node.answer, state, ()), top + own
    end -= GAP
    shift = max(0, (own - (end - top)) // 2)
    if shift:
        below = [_moved(box, shift) for box in below]
    middle = (below[0].middle + below[-1].middle) // 2
    y = max(top, middle - own // 2)
    placed = _Box(x, y, own, lines, node.answer, state, tuple(below))
    return placed, max(end + shift, y + own)


def _moved(box: _Box, down: int) -> _Box:
    below = tuple(_moved(child, down) for child in box.below)
    return replace(box, y=box.y + down, below=below)


def _all(box: _Box) -> Iterator[_Box]:
    yield box
    for child in box.below:
        yield from _all(child)


def _longest_answer(node: PathNode) -> int:
    return max([len(node.answer), *map(_longest_answer, node.children)])


def _lines(words: str, letters: int, most: int) -> tuple[str, ...]:
    plain = " ".join(printable(words).split())
    if any(unicodedata.east_asian_width(one) in "WF" for one in plain):
        letters //= 2
    lines = textwrap.wrap(plain, letters) or [""]
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][: letters - 1] + "…"]
    return tuple(lines)


def _line(box: _Box, child: _Box) -> str:
    """The curve to a box below, with the answer on it."""
    x, y = box.x + BOX, box.middle
    end_x, end_y = child.x, child.middle
    bend = x + 26
    curve = f"M{x} {y}C{bend} {y} {x} {end_y} {bend} {end_y}H{end_x}"
    told = _lines(child.answer[:1].upper() + child.answer[1:], ANSWER, ANSWER_LINES)
    place = str((bend + end_x) // 2)
    first = end_y - 6 - (len(told) - 1) * ANSWER_LINE
    spans = (
        tag("tspan", text(line), x=place, y=str(first + number * ANSWER_LINE))
        for number, line in enumerate(told)
    )
    return tag("path", d=curve, class_=f"way {child.state}") + tag(
        "text", *spans, class_="told", text_anchor="middle"
    )


def _shown(box: _Box) -> str:
    frame = tag(
        "rect",
        x=str(box.x),
        y=str(box.y),
        width=str(BOX),
        height=str(box.height),
        rx="10",
        class_=f"{'asks' if box.below else 'says'} {box.state}",
    )
    first = box.y + PAD + LINE - 5
    spans = (
        tag("tspan", text(line), x=str(box.x + PAD + 1), y=str(first + number * LINE))
        for number, line in enumerate(box.lines)
    )
    return frame + tag("text", *spans, class_="words")
