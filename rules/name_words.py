"""Names for facts, answers and groups, made of the guide's words."""

from __future__ import annotations

import re
from collections.abc import Container

_SIGNS = (
    (re.compile(r"[<≤]\s*=?(?=\s*[$€£]?[\d.])"), " under "),
    (re.compile(r"[>≥]\s*=?(?=\s*[$€£]?[\d.])"), " over "),
    (re.compile(r"(?<=\d)\+"), " and more "),
    (re.compile(r"(?<=\d)[.,](?=\d)"), ""),
    (re.compile(r"['’`]"), ""),
)
_NO_LETTER = re.compile(r"[\W_]+")
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
MOST = 48


def name_words(words: str, taken: Container[str], otherwise: str) -> str:
    """A name such as ``over_30_s`` that is not ``taken``; ``otherwise`` where ``words`` hold no letter.

    Words in brackets are left out, names end with a whole word, and a number keeps equal ones apart.
    """
    bare = _IN_BRACKETS.sub(" ", words)
    name = _name(bare) or _name(words) or otherwise
    unique, number = name, 1
    while unique in taken:
        number += 1
        unique = f"{name}_{number}"
    return unique


def named_after(name: str, words: str) -> bool:
    """Whether :func:`name_words` makes ``name`` of ``words``, be it with a number behind."""
    made = name_words(words, (), "") if words else ""
    return bool(made) and re.fullmatch(rf"{re.escape(made)}(?:_\d+)?", name) is not None


def _name(words: str) -> str:
    for sign, word in _SIGNS:
        words = sign.sub(word, words)
    name = _NO_LETTER.sub("_", words.casefold()).strip("_")
    if len(name) > MOST:
        name = name[: MOST + 1].rpartition("_")[0] or name[:MOST]
    return name
