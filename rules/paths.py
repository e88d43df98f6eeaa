"""The paths of a drawn tree: from below its root to the end of each branch."""

from __future__ import annotations

from collections.abc import Iterator

from rules.read_drawn import DrawnNode, DrawnTree


def paths(tree: DrawnTree) -> tuple[tuple[str, ...], ...]:
    """The words of each node from below the root to the end of a branch, verbatim, in the drawn order.

    Every line with none drawn below it ends a path, notes and examples included.
    """
    return tuple(path for child in tree.root.children for path in _ends(child, ()))


def _ends(node: DrawnNode, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    here = (*above, node.words)
    if not node.children:
        yield here
    for child in node.children:
        yield from _ends(child, here)
