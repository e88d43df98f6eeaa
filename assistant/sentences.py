"""The sentences of a message, as people write them in a chat.

Own code, not a sentence library: what counts here is that offsets are exact, that a line break ends a
sentence, and that a question stays together with the answer that its writer gives it.
"""

from __future__ import annotations

import re

PIECE = re.compile(r"[^.!?;\n]+(?:[.!?;]+(?=\s|$)|\n|$|[.!?;])")
OWN_ANSWER = re.compile(
    r"\s*(?:no|nope|nah|never|not at all|not really|yes|yep|nein|ja|non|oui|s[ií])\b[\w\s,']{0,20}[.!]*\s*$",
    re.IGNORECASE,
)


def sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence of ``text`` that holds a word."""
    places: list[tuple[int, int]] = []
    for found in PIECE.finditer(text):
        start, end = found.span()
        if not found.group().strip():
            continue
        if places and text[: places[-1][1]].rstrip().endswith("?") and OWN_ANSWER.match(found.group()):
            places[-1] = (places[-1][0], end)
        else:
            places.append((start, end))
    return places


def blanked(text: str, start: int, end: int) -> str:
    """``text`` with spaces in place of ``text[start:end]``; every other word keeps its place."""
    return text[:start] + " " * (end - start) + text[end:]
