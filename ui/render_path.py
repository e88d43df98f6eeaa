"""The panel "Decision path": the pack's rules as nested lists and as pictures, the way that was taken lit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui.html_tags import tag, text
from ui.page_words import Words
from ui.path_state import path_state
from ui.tree_svg import tree_svg

if TYPE_CHECKING:
    from assistant import PathNode


def path_html(trees: Sequence[PathNode], words: Words, *, supposed: bool = False) -> str:
    """Every rule tree; ``supposed`` says that the lit way is that of facts only supposed."""
    title = tag("h2", text(words.path), id="path-title")
    if not trees:
        inner = tag("p", text(words.no_path), class_="none")
    else:
        intro = words.supposed_path_intro if supposed else words.path_intro
        inner = tag("p", text(intro), class_="intro") + tree_html(trees, words) + _pictures(trees, words)
    return tag("section", title, inner, aria_labelledby="path-title")


def tree_html(trees: Sequence[PathNode], words: Words) -> str:
    """The trees as nested lists."""
    return tag("ul", *(_node(root, words) for root in trees), class_="tree")


def picture_html(root: PathNode, words: Words) -> str:
    """A tree as a picture, which scrolls by itself where it is wider than its place."""
    name = _capital(root.node.replace("_", " "))
    picture = tree_svg(root, words.tree_of.format(title=name))
    label = words.picture_of.format(name=name)
    return tag("div", picture, class_="figure", tabindex="0", role="group", aria_label=label)


def _pictures(trees: Sequence[PathNode], words: Words) -> str:
    # A leaf alone is no tree to look at.
    pictures = [picture_html(root, words) for root in trees if root.children]
    if not pictures:
        return ""
    return tag("details", tag("summary", text(words.picture)), *pictures, class_="rest pictures")


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


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
