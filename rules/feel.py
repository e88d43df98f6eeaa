"""Values and tests in FEEL, the expression language of DMN."""

from __future__ import annotations

from collections.abc import Iterable

from rules.ranges import Range
from rules.rows import range_test

ANY = "-"
_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def feel_string(text: str) -> str:
    """``text`` as a string literal of FEEL; characters that cannot be seen, or stand in XML, are escaped."""
    return (
        '"' + "".join(_ESCAPED.get(one) or (one if one.isprintable() else _code(one)) for one in text) + '"'
    )


def feel_list(texts: Iterable[str]) -> str:
    """A list of string literals."""
    return f"[{', '.join(map(feel_string, texts))}]"


def feel_test(cell: str | Range | None) -> str:
    """What a cell of a decision table asks of its input; ``None`` asks nothing."""
    if cell is None:
        return ANY
    return feel_string(cell) if isinstance(cell, str) else range_test(cell) or ANY


def otherwise(name: str, value: str) -> str:
    """The input ``name``, or the expression ``value`` where nothing is said."""
    return f"if {name} = null then {value} else {name}"


def _code(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:06X}"
