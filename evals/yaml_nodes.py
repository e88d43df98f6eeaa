"""YAML as nodes with their places, read piece by piece with every problem kept.

The composed nodes are read, not constructed objects: a scalar is the text that stands in the file (``yes``
and ``no`` stay words), each key has its place, and a key given twice is one problem among others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from rules import Problem
from rules.errors import did_you_mean

FLAGS = {"yes": True, "true": True, "no": False, "false": False}


@dataclass(slots=True)
class Reader:
    """Reads the nodes of one file and keeps what is wrong with them; it lives while that file is read."""

    file: str
    lines: Sequence[str]
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, code: str, node: Node | None, message: str, remedy: str) -> None:
        """Keep a problem at the place of ``node``, or of the file's beginning."""
        line, column = (node.start_mark.line, node.start_mark.column) if node is not None else (0, 0)
        self.wrong_at(code, line + 1, column + 1, message, remedy)

    def wrong_at(self, code: str, line: int, column: int, message: str, remedy: str) -> None:
        """Keep a problem at ``line`` and ``column``, both from 1."""
        source = self.lines[line - 1] if line <= len(self.lines) else ""
        self.problems.append(Problem(code, self.file, line, column, message, remedy, source))

    def mapping(self, node: Node, what: str, known: Sequence[str]) -> dict[str, Node]:
        """The values of ``node`` by key; a key that is unknown or given twice is a problem."""
        if not isinstance(node, MappingNode):
            self.wrong(
                "wrong-type", node, f"{what} must be lines of `key: value`", f"it knows: {', '.join(known)}"
            )
            return {}
        found: dict[str, Node] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, ScalarNode) else ""
            if name in found:
                self.wrong("repeated-key", key, f"{what} has `{name}` twice", "keep one of them")
            elif known and name not in known:
                self.wrong(
                    "unknown-key", key, f"{what} knows no key `{name}`", did_you_mean(str(name), known)
                )
            elif empty(value):
                self.wrong(
                    "wrong-type", key, f"{what} gives `{name}` no value", "write one, or leave the key out"
                )
            else:
                found[str(name)] = value
        return found

    def items(self, node: Node, what: str) -> tuple[Node, ...]:
        """The entries of a list."""
        if isinstance(node, SequenceNode):
            return tuple(node.value)
        self.wrong(
            "wrong-type", node, f"{what} must be a list", "begin each entry with `- `, or write [one, two]"
        )
        return ()

    def text(self, node: Node, what: str, *, blank: bool = False) -> str:
        """A text; ``blank`` allows one without any words. Empty when there is a problem."""
        if isinstance(node, ScalarNode) and (blank or (not empty(node) and str(node.value).strip())):
            return str(node.value) if blank else str(node.value).strip()
        self.wrong(
            "wrong-type", node, f"{what} must be a text", "write the text in quotes, or leave the key out"
        )
        return ""

    def flag(self, node: Node, what: str) -> bool:
        """``yes`` or ``no``."""
        said = str(node.value).casefold() if isinstance(node, ScalarNode) else ""
        if said not in FLAGS:
            self.wrong("wrong-type", node, f"{what} must be yes or no", "write yes or no")
        return FLAGS.get(said, False)

    def name(self, node: Node, what: str, known: Sequence[str], code: str = "unknown-word") -> str:
        """One of the ``known`` names; ``code`` is that of the problem when it is none."""
        said = self.text(node, what)
        if said and said not in known:
            self.wrong(code, node, f"{what} names `{said}`, which does not exist", did_you_mean(said, known))
        return said

    def names(
        self, node: Node, what: str, known: Sequence[str], code: str = "unknown-word"
    ) -> tuple[str, ...]:
        """One known name, or a list of them."""
        return tuple(self.name(item, what, known, code) for item in one_or_more(node))

    def texts(self, node: Node, what: str) -> tuple[str, ...]:
        """One text, or a list of texts."""
        return tuple(self.text(item, what) for item in one_or_more(node))


def one_or_more(node: Node) -> tuple[Node, ...]:
    """The entries of a list, and a single value as a list of one."""
    return tuple(node.value) if isinstance(node, SequenceNode) else (node,)


def empty(node: Node) -> bool:
    """Whether the file gives no value here (nothing, ``~`` or ``null``)."""
    return isinstance(node, ScalarNode) and str(node.tag) == "tag:yaml.org,2002:null"


def compose(
    text: str, reader: Reader, begin: str = "begin with `suite: <name>`, then `cases:`"
) -> Node | None:
    """The root node of ``text``, or ``None`` with a problem in ``reader``; ``begin`` mends an empty file."""
    try:
        root: Node | None = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        reader.wrong_at(
            "yaml", line, column, f"this is not YAML: {error.problem}", _remedy(str(error.problem))
        )
        return None
    except (YAMLError, RecursionError) as error:
        reader.wrong("yaml", None, f"this is not YAML: {' '.join(str(error).split())}", "mend the file")
        return None
    if root is None:
        reader.wrong("empty", None, "the file is empty", begin)
    return root


def _remedy(problem: str) -> str:
    if "mapping values are not allowed" in problem:
        return "put a text that holds `: ` in quotes"
    if "\\t" in problem:
        return "indent with spaces, not with tabs"
    return "look at this place and just before it for a bracket, quote or indent that is missing"
