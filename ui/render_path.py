"""The panel "Decision path": the pack's rules as nested lists, the way that was taken lit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui.html_tags import tag, text
from ui.page_words import Words

if TYPE_CHECKING:
    from assistant import PathNode


def path_html(trees: Sequence[PathNode], words: Words, *, supposed: bool = False) -> str:
    """Every rule tree; ``supposed`` says that the lit way is that of facts only supposed."""
    title = tag("h2", text(words.path), id="path-title")
    if not trees:
        inner = tag("p", text(words.no_path), class_="none")
    else:
        intro = words.supposed_path_intro if supposed else words.path_intro
        tree = tag("ul", *(_node(root, words) for root in trees), class_="tree")
        inner = tag("p", text(intro), class_="intro") + tree
    return tag("section", title, inner, aria_labelledby="path-title")


def _node(node: PathNode, words: Words) -> str:
    state = path_state(node)
    # The state is told in words too: a screen reader does not see what is lit.
    told = {"lit": words.taken, "open": words.here}.get(state, "")
    line = tag(
        "p",
        tag("span", text(_capital(node.answer)), class_="way") + " " if node.answer else "",
        tag("span", text(node.text), class_="text"),
        tag("span", text(f" ({told})"), class_="state") if told else "",
    )
    below = tag("ul", *(_node(child, words) for child in node.children)) if node.children else ""
    return tag("li", line, below, class_=state)


def path_state(node: PathNode) -> str:
    """``open``: the way stopped here; ``lit``: it led here; ``dim``: it did not."""
    if node.open:
        return "open"
    # Every tree's first question counts as lit; on the way is only one that has been answered.
    answered = bool(node.answer) or any(child.lit for child in node.children)
    return "lit" if node.lit and answered else "dim"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
