"""Rules as a Mermaid flowchart, the way that given facts lead drawn thick."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from ui.drawn_nodes import DrawnNode, drawn_nodes
from ui.printable import printable

if TYPE_CHECKING:
    from assistant import RulesDrawn

# Inside the quotes of a label Mermaid still reads entities, HTML, Markdown, formulas and directives (%%{…}).
_SIGNS: Final = re.compile(r"[\"#&<>`*~$%\\\[\]{}|@;]|\b_|_\b|(?<=^\d)\.|(?<=^\d\d)\.|^[-+]")
_SHAPES: Final[Mapping[bool, tuple[str, str]]] = {True: ("(", ")"), False: ("[", "]")}
# Colours that can be told apart on white and on black, as in page.css.
_CLASSES: Final = (
    "classDef lit fill:#e0efec,stroke:#0b5f58,stroke-width:3px,color:#1c2427",
    "classDef open fill:#e8effa,stroke:#1d4f91,stroke-width:3px,stroke-dasharray:6 3,color:#1c2427",
    "classDef conflict fill:#fdf0e0,stroke:#8a4200,stroke-width:2px,color:#1c2427",
    "classDef result fill:#0b5f58,stroke:#0b5f58,color:#ffffff",
)


def mermaid(drawn: RulesDrawn) -> str:
    """The flowchart; its text holds every word of the rules, escaped."""
    return "\n".join(_lines(drawn)) + "\n"


def label(words: str) -> str:
    """``words`` as a label in quotes; each sign that means something to Mermaid is an entity."""
    lines = printable(words).replace("\t", " ").split("\n")
    return '"' + "<br>".join(_SIGNS.sub(lambda one: f"#{ord(one[0])};", line) for line in lines) + '"'


def _lines(drawn: RulesDrawn) -> Iterator[str]:
    yield "flowchart TD"
    groups: dict[str, str] = {}
    all_nodes: list[DrawnNode] = []
    for number, tree in enumerate(drawn.trees):
        groups[tree.name] = f"g{number}"
        nodes = drawn_nodes(tree.root, f"n{number}")
        all_nodes += nodes
        yield f"  subgraph g{number}[{label(tree.title)}]"
        yield from (f"    {line}" for line in _tree(nodes))
        yield "  end"
    for number, conflict in enumerate(drawn.conflicts):
        said = label(f"Conflict over {conflict.over}: {conflict.say}")
        yield f"  c{number}{{{{{said}}}}}"
        arrow = "===" if conflict.met else "-.-"
        yield from (f"  {groups[group]} {arrow} c{number}" for group in conflict.between)
    if drawn.result:
        yield f"  result([{label(drawn.result)}])"
        yield from (f"  {node.id} ==> result" for node in all_nodes if node.leaf and node.state == "lit")
    yield from (f"  {line}" for line in _CLASSES)
    marked = {state: [node.id for node in all_nodes if node.state == state] for state in ("lit", "open")}
    marked["conflict"] = [f"c{number}" for number in range(len(drawn.conflicts))]
    marked["result"] = ["result"] if drawn.result else []
    yield from (f"  class {','.join(names)} {state}" for state, names in marked.items() if names)


def _tree(nodes: Sequence[DrawnNode]) -> Iterator[str]:
    for node in nodes:
        opened, closed = _SHAPES[node.leaf]
        yield f"{node.id}{opened}{label(node.text)}{closed}"
        if node.above:
            arrow = "-->" if node.state == "dim" else "==>"
            yield f"{node.above} {arrow}|{label(node.answer)}| {node.id}"
