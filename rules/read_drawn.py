"""Reads the trees that a guide draws in text, whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rules.drawn_lines import DrawnLine, Words, read_line, text_lines

ROOT = re.compile(r"\s*START\b(?!-?UP\b)")
_WHOSE = (
    "these words stand no further right than the branch above and have no branch of their own: "
    "what they belong to cannot be told"
)
_FENCE = re.compile(r" {0,3}(?P<marks>`{3,}|~{3,})(?P<info>.*)$")


@dataclass(frozen=True, slots=True)
class DrawnProblem:
    """A line of a guide (from 1) that was not understood, and why."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class DrawnNode:
    """One drawn line with the lines that carry on its words, and what is drawn below it.

    ``depth`` counts from 0, the root's. ``parts`` holds the words line by line, the first on ``line``.
    """

    parts: tuple[Words, ...]
    depth: int
    children: tuple[DrawnNode, ...]

    @property
    def line(self) -> int:
        """The number of the node's own line in the guide, from 1."""
        return self.parts[0].line

    @property
    def words(self) -> str:
        """The words behind the glyphs, verbatim; lines that carry on are joined by line ends."""
        return "\n".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class DrawnTree:
    """A tree as it is drawn. Its root is the line that begins with ``START``."""

    root: DrawnNode


@dataclass(frozen=True, slots=True)
class DrawnTrees:
    """The trees of a guide that were read whole, how many it draws, and why the others were refused."""

    trees: tuple[DrawnTree, ...]
    drawn: int
    problems: tuple[DrawnProblem, ...]


class _MisdrawnError(Exception):
    def __init__(self, line: int, message: str) -> None:
        self.problem = DrawnProblem(line, message)
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class _Block:
    lines: tuple[tuple[int, int, str], ...]
    closed: bool


@dataclass(slots=True)
class _Open:
    """A node while the lines below it are still being read."""

    column: int
    parts: list[Words]
    children: list[_Open]


def read_drawn(text: str) -> DrawnTrees:
    """The trees in the code blocks of ``text`` whose first line begins with ``START``.

    A block that draws no branch is no tree. A tree with a line that is not understood is refused as a whole,
    with that line: half a tree would advise wrongly.
    """
    trees, problems = [], []
    for block in _blocks(text):
        if not ROOT.match(block.lines[0][2]) or not _draws(block):
            continue
        try:
            trees.append(_read_tree(block))
        except _MisdrawnError as error:
            problems.append(error.problem)
    return DrawnTrees(tuple(trees), len(trees) + len(problems), tuple(problems))


def _blocks(text: str) -> Iterator[_Block]:
    """The fenced code blocks of Markdown, from their first line that is not empty."""
    marks, lines = "", list[tuple[int, int, str]]()
    for number, start, line in text_lines(text):
        fence = _FENCE.match(line)
        if not marks:
            if fence and not (fence["marks"][0] == "`" and "`" in fence["info"]):
                marks, lines = fence["marks"], []
        elif fence and fence["marks"].startswith(marks) and not fence["info"].strip():
            if lines:
                yield _Block(tuple(lines), closed=True)
            marks = ""
        elif lines or line.strip():
            lines.append((number, start, line))
    if marks and lines:
        yield _Block(tuple(lines), closed=False)


def _draws(block: _Block) -> bool:
    read = (read_line(*line) for line in block.lines[1:])
    return any(line is not None and line.branch for line in read)


def _read_tree(block: _Block) -> DrawnTree:
    number, start, line = block.lines[0]
    if not block.closed:
        raise _MisdrawnError(number, "the code block that begins here has no end")
    indent = len(line) - len(line.lstrip())
    text = line.strip()
    root = _Open(-1, [Words(number, start + indent, start + indent + len(text), text)], [])
    path = [root]
    for each in block.lines[1:]:
        drawn = read_line(*each)
        if drawn is not None:
            _add(path, drawn)
    return DrawnTree(_closed(root, 0))


def _add(path: list[_Open], drawn: DrawnLine) -> None:
    """Adds a line to the node it belongs to; ``path`` leads from the root to the node drawn last."""
    line = drawn.words.line
    if drawn.trouble:
        raise _MisdrawnError(line, drawn.trouble)
    if not drawn.branch:
        if drawn.column <= path[-1].column:
            raise _MisdrawnError(line, _WHOSE)
        path[-1].parts.append(drawn.words)
        return
    _check_rails([node.column for node in path], drawn)
    while path[-1].column >= drawn.column:
        path.pop()
    siblings = path[-1].children
    if siblings and siblings[-1].column != drawn.column:
        raise _MisdrawnError(
            line, "the branch is drawn between two depths: what it belongs to cannot be told"
        )
    node = _Open(drawn.column, [drawn.words], [])
    siblings.append(node)
    path.append(node)


def _check_rails(columns: Sequence[int], drawn: DrawnLine) -> None:
    """A rail left of a branch comes down from a node above it; one from nowhere is a line out of place."""
    for rail in drawn.rails:
        if rail not in columns:
            raise _MisdrawnError(
                drawn.words.line, f"the rail in column {rail + 1} comes from no branch: the depth is doubtful"
            )


def _closed(node: _Open, depth: int) -> DrawnNode:
    return DrawnNode(tuple(node.parts), depth, tuple(_closed(child, depth + 1) for child in node.children))
