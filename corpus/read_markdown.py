"""A Markdown guide as sections and passages with exact spans (CommonMark with tables, by markdown-it-py)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from corpus.assemble_guide import Origin, assemble_guide, check_characters, line_of
from corpus.errors import GuideError
from corpus.front_matter import read_front_matter
from corpus.guide import CONVERTED, Form, Guide, Reference
from corpus.reading import to_reading
from corpus.walk_markdown import Walk

_FOOTNOTE: Final = re.compile(r"^ {0,3}\[\^(?P<mark>[\w-]+)\]:[ \t]+(?P<words>[^\r\n]{1,500})", re.MULTILINE)


def read_markdown(text: str, guide_id: str, path: Path, file: str, form: Form = "markdown") -> Guide:
    """The guide that the Markdown ``text`` holds, which a file of another ``form`` was converted to.

    Raises :class:`corpus.errors.GuideError` when the front matter is not YAML, when ``text`` holds half a
    surrogate pair, or when it is too large to be one guide.
    """
    check_characters(text, file)
    meta, body = read_front_matter(text, file)
    walk = Walk(text, body)
    walk.blocks()
    if walk.too_deep >= 0:
        problem = "nests lists and quotations too deeply to be read"
        line = 0 if form in CONVERTED else line_of(text, walk.too_deep)
        raise GuideError(file, problem, "write them less deep", line)
    meta = replace(meta, sources={**_footnotes(text, body), **meta.sources})
    origin = Origin(guide_id, path, file, form)
    return assemble_guide(origin, text, body, walk.headings, walk.pieces, meta)


def _footnotes(text: str, body: int) -> Mapping[str, Reference]:
    """What the guide's own footnotes say (``[^2]: …``), by mark."""
    return {
        found["mark"]: Reference(found["mark"], to_reading(found["words"]), author="", url="", published="")
        for found in _FOOTNOTE.finditer(text, body)
    }
