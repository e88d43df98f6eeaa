"""Words as Markdown that reads as just these words, with as few backslashes as will do."""

from __future__ import annotations

import re

# Signs that may open emphasis, code, a tag, an entity or the target of a link.
_SIGNS = re.compile(
    r"[*`]|\\(?=[!-/:-@\[-`{-~])|(?<![^\W_])_|_(?![^\W_])|<(?=[a-zA-Z/!?])|&(?=#?\w+;)|(?<=\])\((?=\S)|~(?=~)|(?<=\])(?=:)"
)
_LINE_START = re.compile(r"(\s*)(?:(#{1,6}|[-+>]|={2,}|-{2,}|~{3,})(?=\s|$)|(\d{1,9})([.)])(?=\s|$))")


def escape_words(words: str) -> str:
    """``words`` with a backslash before each sign that Markdown would read as more than a sign."""
    return _SIGNS.sub(lambda found: f"\\{found[0]}", words)


def escape_line_start(line: str) -> str:
    """``line`` with a backslash where its beginning would open a heading, a list or a quotation."""
    found = _LINE_START.match(line)
    if found is None:
        return line
    blank, sign, number, stop = found.groups()
    start = f"\\{sign}" if sign else f"{number}\\{stop}"
    return f"{blank}{start}{line[found.end() :]}"


def fenced(code: str) -> str:
    """``code`` as a block between fences, which are longer than any within it."""
    ticks = max((len(run) for run in re.findall(r"`{3,}", code)), default=2) + 1
    return f"\n\n{'`' * ticks}\n{code.strip(chr(10))}\n{'`' * ticks}\n\n"
