"""Text that a terminal can be given."""

from __future__ import annotations

import unicodedata

# They reorder what stands beside them on the line, a place and a line number included.
DIRECTION_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def printable(text: str) -> str:
    """``text`` without the characters that steer a terminal; line ends and tabs stay.

    Messages and guides come from anybody: an escape sequence in one of them must not move the cursor,
    set the window's title or hide a line.
    """
    return "".join(c for c in text if c in "\n\t" or not _steers(c))


def _steers(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") or character in DIRECTION_CONTROLS
