"""The nodes of a tree in a row, numbered, for the languages in which graphs are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.path_state import path_state

if TYPE_CHECKING:
    from assistant import PathNode


@dataclass(frozen=True, slots=True)
class DrawnNode:
    """A node of a picture.

    ``id`` holds letters, digits and underscores only; ``above`` is that of the node it hangs from, empty
    for a root. ``state`` is ``lit``, ``open`` or ``dim``; ``leaf`` says that nothing hangs below.
    """

    id: str
    above: str
    answer: str
    text: str
    state: str
    leaf: bool


def drawn_nodes(root: PathNode, prefix: str) -> tuple[DrawnNode, ...]:
    """Every node of the tree, each before those below it; ``prefix`` begins the ids."""

    def walk(node: PathNode, name: str, above: str) -> Iterator[DrawnNode]:
        yield DrawnNode(name, above, node.answer, node.text, path_state(node), not node.children)
        for number, child in enumerate(node.children):
            yield from walk(child, f"{name}_{number}", name)

    return tuple(walk(root, prefix, ""))
