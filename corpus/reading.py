"""From Markdown source to what a person would read: no emphasis signs, link targets or reference marks."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

# `[src1]`, `[src1, src4]`, `[^2]`: marks that name a reference of the guide and are no words of it.
MARKS = re.compile(r"[ \t]?\[(?P<ids>\^[\w-]+|src\d+(?:\s*[,;]\s*src\d+)*)\](?![(\[:])")
_QUOTE_PREFIX = re.compile(r"(\r\n?|\n)[ \t>]*")
_TASK = re.compile(r"\A\[[ xX]\][ \t]+")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_SIGN = re.compile(r"[*_`\[<&\\!~]")
_SPACES = re.compile(r"\s+")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_TERMINATORS = re.compile(r"[.!?…][\"'”’)\]*_`]*(?=\s)")

SENTENCES_A_PASSAGE = 3
LONGEST_PASSAGE = 1500
_LONGEST_RULED = 20_000
_MOST_SIGNS = 400


def to_reading(source: str, in_quote: bool = False) -> str:
    """The words of a piece of inline Markdown ``source`` on one line.

    ``in_quote`` says that its further lines begin with the signs of a block quote.
    """
    if in_quote:
        source = _QUOTE_PREFIX.sub("\n", source)
    source = MARKS.sub("", _TASK.sub("", source))
    # The time of the inline parser grows with the square of unpaired signs; no real text has so many.
    if not 0 < len(_SIGN.findall(source)) < _MOST_SIGNS:
        return _one_line(source)
    words = "".join(_words(token) for token in _inline_parser().parseInline(source)[0].children or ())
    return _one_line(words)


def plain_reading(source: str) -> str:
    """The words of plain text ``source`` on one line: all of its signs but reference marks are words."""
    return _one_line(MARKS.sub("", source))


def html_to_reading(source: str) -> str:
    """The words of a piece of HTML without comments: its tags are gone."""
    return _one_line(_TAG.sub(" ", source))


def blank_comments(source: str) -> str:
    """``source`` with a blank for each character of its HTML comments, so that places stay the same."""
    parts: list[str] = []
    place = 0
    while (start := source.find("<!--", place)) >= 0 and (end := source.find("-->", start)) >= 0:
        parts += [source[place:start], " " * (end + 3 - start)]
        place = end + 3
    # A comment that nothing closes runs to the end of its block.
    rest = source[place:] if start < 0 else source[place:start]
    return "".join([*parts, rest, " " * (len(source) - place - len(rest))])


def marks_of(source: str) -> tuple[str, ...]:
    """The reference marks in ``source``, each once, in their order."""
    ids = ",".join(found["ids"] for found in MARKS.finditer(source))
    return tuple(dict.fromkeys(part.strip().lstrip("^") for part in re.split("[,;]", ids) if part))


def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each sentence of ``text``, in characters; the blanks between them belong to none.

    Boundaries come from pysbd (rule-based, after *Pragmatic Segmenter*), but none lies within code, and
    reference marks stay with the sentence before them.
    """
    if len(text) > _LONGEST_RULED:
        # The time of the sentence rules grows faster than their text: a giant paragraph gets a plain rule.
        starts = [found.end() for found in _TERMINATORS.finditer(text)]
    else:
        starts = _sentence_starts(text) if _TERMINATORS.search(text) else []
    starts = sorted({_after_marks(text, start) for start in starts} | {0})
    spans = (_trimmed(text, start, end) for start, end in pairwise([*starts, len(text)]))
    return tuple((start, end) for start, end in spans if start < end)


def passage_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of ``text`` that make good passages: at most three sentences, and never overlong.

    A paragraph of up to three sentences stays whole; a longer one is cut into groups of like size.
    """
    if len(_TERMINATORS.findall(text)) < SENTENCES_A_PASSAGE and len(text) <= LONGEST_PASSAGE:
        return (_trimmed(text, 0, len(text)),)
    sentences = sentence_spans(text)
    groups = max(1, -(-len(sentences) // SENTENCES_A_PASSAGE))
    bounds = [round(group * len(sentences) / groups) for group in range(groups + 1)]
    whole = [(sentences[a][0], sentences[b - 1][1]) for a, b in pairwise(bounds) if a < b]
    return tuple(part for start, end in whole for part in cut_overlong(text, start, end))


def cut_overlong(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Spans of ``text[start:end]`` of at most ``LONGEST_PASSAGE`` characters, cut at blanks if possible."""
    parts: list[tuple[int, int]] = []
    while end - start > LONGEST_PASSAGE:
        blank = max(text.rfind(sign, start, start + LONGEST_PASSAGE) for sign in (" ", "\n", "\t"))
        cut = blank if blank > start else start + LONGEST_PASSAGE
        parts.append(_trimmed(text, start, cut))
        start = cut
    parts.append(_trimmed(text, start, end))
    return tuple((a, b) for a, b in parts if a < b)


def _one_line(words: str) -> str:
    return _SPACES.sub(" ", _CONTROLS.sub("", words)).strip()


def _words(token: Token) -> str:
    if token.type == "text":
        # A passage that is a part of a paragraph may hold one half of a pair of emphasis signs.
        return token.content.replace("**", "")
    if token.type in {"code_inline", "image"}:
        return token.content
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    if token.type == "html_inline":
        return " " if token.content.lower().startswith("<br") else ""
    return ""


@lru_cache(maxsize=1)
def _inline_parser() -> MarkdownIt:
    return MarkdownIt("commonmark")


def _sentence_starts(text: str) -> list[int]:
    # pysbd compiles its rules on import; guides of short paragraphs never need it.
    from pysbd import Segmenter

    starts: list[int] = []
    cursor = 0
    for sentence in Segmenter(language="en", clean=False).segment(text):
        words = sentence.strip()
        found = text.find(words, cursor)
        if not words or found < 0:
            continue
        if found and text.count("`", 0, found) % 2 == 0:
            starts.append(found)
        cursor = found + len(words)
    return starts


def _after_marks(text: str, start: int) -> int:
    while start and (found := MARKS.match(text, start)):
        start = found.end()
    return start


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
