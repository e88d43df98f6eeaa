"""Rules as trees of plain lines, the way that given facts lead marked in front."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ui.path_state import path_state
from ui.printable import printable

if TYPE_CHECKING:
    from assistant import PathNode, RulesDrawn

MARKS = {"lit": "● ", "open": "? ", "dim": "  "}
LEGEND = "● the way of these facts   ? the question that is open"


def tree_lines(drawn: RulesDrawn, width: int | None = None) -> Iterator[tuple[str, bool]]:
    """Each line with whether it is to be emphasised; ``width`` columns at most, ``None`` for any length."""
    for tree in drawn.trees:
        yield f"{tree.title}", True
        yield from _node(tree.root, "", "", width)
        yield "", False
    for conflict in drawn.conflicts:
        first, second = (name.replace("_", " ") for name in conflict.between)
        mark = MARKS["lit" if conflict.met else "dim"]
        words = f"conflict of {first} and {second} over {conflict.over}: {conflict.say}"
        yield from ((line, conflict.met) for line in _wrapped(words, mark, "  ", width))
    if drawn.conflicts:
        yield "", False
    if drawn.result:
        yield from ((line, True) for line in _wrapped(drawn.result, "=> ", "   ", width))
        yield LEGEND, False


def _node(node: PathNode, branch: str, below: str, width: int | None) -> Iterator[tuple[str, bool]]:
    """``branch`` is drawn before the node's own line, ``below`` before what hangs from it."""
    state = path_state(node)
    words = f"{node.answer[:1].upper()}{node.answer[1:]}: {node.text}" if node.answer else node.text
    following = below + ("│ " if node.children else "  ")
    for line in _wrapped(words, MARKS[state] + branch, MARKS["dim"] + following, width):
        yield line, state != "dim"
    for place, child in enumerate(node.children):
        last = place == len(node.children) - 1
        yield from _node(child, below + ("└─ " if last else "├─ "), below + ("   " if last else "│  "), width)


def _wrapped(words: str, first: str, following: str, width: int | None) -> list[str]:
    plain = " ".join(printable(words).split())
    if width is None:
        return [first + plain]
    wide = max(width, len(following) + 20)
    wrap = textwrap.TextWrapper(wide, initial_indent=first, subsequent_indent=following)
    return wrap.wrap(plain) or [first]
