"""How a node of the rules stands to the way that was taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant import PathNode


def path_state(node: PathNode) -> str:
    """``open``: the way stopped here; ``lit``: it led here; ``dim``: it did not."""
    if node.open:
        return "open"
    # Every tree's first question counts as lit; on the way is only one that has been answered.
    answered = bool(node.answer) or any(child.lit for child in node.children)
    return "lit" if node.lit and answered else "dim"
