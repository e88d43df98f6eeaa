"""HTML elements from parts, so that no attribute is ever written unescaped."""

from __future__ import annotations

from html import escape
from typing import Final

_EMPTY: Final = frozenset({"input", "br", "hr", "meta", "link"})


def tag(name: str, /, *children: str, **attributes: str) -> str:
    """``<name …>children</name>``.

    The children are HTML already: plain text goes through :func:`text` first. An attribute is named as in
    HTML with ``_`` for ``-``; ``class_`` is ``class``. Its value is plain text, escaped here.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items()
    )
    return f"<{name}{written}>" + ("" if name in _EMPTY else f"{''.join(children)}</{name}>")


def text(plain: str) -> str:
    """Plain text as HTML."""
    return escape(plain)


def lines(plain: str) -> str:
    """Plain text as HTML, its line breaks kept."""
    return escape(plain.replace("\r\n", "\n").replace("\r", "\n")).replace("\n", "<br>")
