"""Writes a rules file as YAML, by hand: in the author's order, every text in quotes, none folded."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

Tree = str | Sequence[str] | Mapping[str, "Tree"]

_PLAIN = re.compile(r"[^\W\d_]\w*")
# What YAML would read as something else than a word.
_WORDS = frozenset(("null", "true", "false", "y", "n", "on", "off"))


def write_yaml(tree: Mapping[str, Tree]) -> str:
    """``tree`` as YAML 1.2, ending in a line end."""
    return "\n".join(_lines(tree, 0)) + "\n"


def _lines(tree: Mapping[str, Tree], depth: int) -> Iterator[str]:
    indent = "  " * depth
    for key, piece in tree.items():
        if isinstance(piece, str):
            yield f"{indent}{scalar(key)}: {scalar(piece)}"
        elif isinstance(piece, Mapping):
            yield f"{indent}{scalar(key)}:" + ("" if piece else " {}")
            yield from _lines(piece, depth + 1)
        else:
            yield f"{indent}{scalar(key)}: [{', '.join(map(scalar, piece))}]"


def scalar(text: str) -> str:
    """``text`` plain when it is a single word, and else in double quotes with what cannot be seen escaped."""
    if _PLAIN.fullmatch(text) and text.isascii() and text.casefold() not in _WORDS:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(one if one.isprintable() else _escape(one) for one in quoted)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
