"""Rules as a graph in DOT, the language of Graphviz, the way that given facts lead drawn thick."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from ui.drawn_nodes import drawn_nodes
from ui.printable import printable

if TYPE_CHECKING:
    from assistant import RulesDrawn

_FONT: Final = '"Helvetica,Arial,sans-serif"'
WIDTH: Final = 32  # letters a line of a label
_ESCAPED: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "&": "&amp;", "\n": "\\n", "\t": " "})
_LOOKS: Final[Mapping[str, str]] = {
    "lit": ' color="#0b5f58" penwidth=3 fillcolor="#e0efec"',
    "open": ' color="#1d4f91" penwidth=3 style="filled,dashed" fillcolor="#e8effa"',
    "dim": "",
}


def dot(drawn: RulesDrawn) -> str:
    """The graph; its text holds every word of the rules, escaped."""
    return "\n".join(_lines(drawn)) + "\n"


def quoted(words: str) -> str:
    """``words`` as a string in quotes, broken into short lines; Graphviz reads HTML entities in it too."""
    lines = [piece for line in printable(words).split("\n") for piece in textwrap.wrap(line, WIDTH) or [""]]
    return '"' + "\n".join(lines).translate(_ESCAPED) + '"'


def _lines(drawn: RulesDrawn) -> Iterator[str]:
    yield "digraph rules {"
    yield f"  label={quoted(drawn.title)} labelloc=t rankdir=TB fontname={_FONT}"
    yield f'  node [shape=box style=filled fillcolor="#ffffff" fontname={_FONT}]'
    yield f"  edge [fontname={_FONT}]"
    ends: list[str] = []
    roots: dict[str, str] = {}
    for number, tree in enumerate(drawn.trees):
        nodes = drawn_nodes(tree.root, f"n{number}")
        roots[tree.name] = nodes[0].id
        ends += [node.id for node in nodes if node.leaf and node.state == "lit"]
        yield f"  subgraph cluster_{number} {{"
        yield f'    label={quoted(tree.title)} style=rounded color="#84898a"'
        for node in nodes:
            shape = ' shape=box style="filled,rounded"' if node.leaf else ""
            yield f"    {node.id} [label={quoted(node.text)}{shape}{_LOOKS[node.state]}]"
            if node.above:
                thick = "" if node.state == "dim" else ' penwidth=3 color="#0b5f58"'
                yield f"    {node.above} -> {node.id} [label={quoted(node.answer)}{thick}]"
        yield "  }"
    for number, conflict in enumerate(drawn.conflicts):
        said = quoted(f"Conflict over {conflict.over}: {conflict.say}")
        yield f'  c{number} [label={said} shape=octagon color="#8a4200" fillcolor="#fdf0e0"]'
        line = "bold" if conflict.met else "dashed"
        for group in conflict.between:
            yield f'  {roots[group]} -> c{number} [dir=none style={line} color="#8a4200"]'
    if drawn.result:
        look = 'shape=box style="filled,rounded" fillcolor="#0b5f58" fontcolor="#ffffff"'
        yield f"  result [label={quoted(drawn.result)} {look}]"
        yield from (f'  {end} -> result [penwidth=3 color="#0b5f58"]' for end in ends)
    yield "}"
