"""Cites lines of a guide: the section that holds them, and words that stand nowhere else in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rules.drawn_lines import Words
from rules.model import Source


@dataclass(frozen=True, slots=True)
class GuideSection:
    """A section of a guide: its id, where it begins and ends in the guide's text, and the text between."""

    id: str
    start: int
    end: int
    text: str


def quote_line(words: Words, sections: Sequence[GuideSection]) -> Source | None:
    """The citation of ``words``, or ``None`` when no section holds them.

    Where the same words stand earlier in the section as well, the quote begins some lines above, as it stands
    in the guide, so that it leads to its own line and to no other.
    """
    section = next((one for one in sections if one.start <= words.start and words.end <= one.end), None)
    if section is None:
        return None
    start, end = words.start - section.start, words.end - section.start
    text = section.text
    while (quote := text[start:end].strip()) and text.find(quote) + len(quote) != end and start > 0:
        start = text.rfind("\n", 0, max(0, start - 1)) + 1
    return Source(section.id, quote)
