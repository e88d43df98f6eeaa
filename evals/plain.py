"""Texts compared as people read them."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"[*`_]{1,3}|\s*\[\d+\]|\s*\[src\d+\]")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_QUOTES = str.maketrans("’‘“”\u00a0", "''\"\" ")


def plain(text: str) -> str:
    """``text`` without emphasis, code marks, link targets and markers, in lower case and on one line."""
    return " ".join(_MARKUP.sub("", _LINK.sub(r"\1", text)).translate(_QUOTES).casefold().split())


_MEANING = re.compile(r"([\\`*_\[\]<>#|~@&])")


def as_markdown(text: str) -> str:
    """``text`` as Markdown that shows it as it is, on one line; nobody is mentioned by it."""
    line = " ".join(text.split())
    return _MEANING.sub(lambda found: f"&#{ord(found[1])};", line)


def holds(text: str, words: str) -> bool:
    """Whether ``words`` stand in ``text``, whole: "10" does not stand in "100", nor "art" in "start"."""
    wanted = plain(words)
    if not wanted:  # nothing but marks: compared as it stands
        return words in text
    before = r"(?<!\w)" if wanted[:1].isalnum() else ""
    after = r"(?!\w)" if wanted[-1:].isalnum() else ""
    return re.search(before + re.escape(wanted) + after, plain(text)) is not None
