"""Markdown of answers and quotes as Slack's mrkdwn.

Everything that a guide, a user or a model wrote leaves through :mod:`ui.slack_text`, so that nothing of it
is read as markup. A paragraph comes out as atoms, which may stand in different sections: an emphasis, a quote
or a piece of code is one of them as long as a section can hold it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from ui.slack_text import APART, code, escaped, literal

MOST: Final = 2900  # characters of an atom and of a section; Slack takes 3,000
_LONGEST_WORD: Final = 400  # escaped it may be five times as long
_MARKS: Final = {"strong": "*", "em": "_", "s": "~"}
_WORDS: Final = re.compile(r"\S+\s*|\s+")
_ENDS: Final = re.compile(r"[.!?:;…][”’)\]*_~]*\s*$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Atoms that follow one another; ``tight`` says that no empty line stands above it."""

    atoms: tuple[str, ...]
    tight: bool = False

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self.atoms).rstrip()


@dataclass(frozen=True, slots=True)
class _Run:
    """Words in one manner: ``marks`` are the signs around them."""

    text: str
    marks: str = ""
    is_code: bool = False


def paragraphs(markdown: str) -> tuple[Paragraph, ...]:
    """The paragraphs of ``markdown``: lists, tables, code and quoted text are lines of their own."""
    return tuple(_blocks(SyntaxTreeNode(_reader().parse(markdown))))


def mrkdwn(markdown: str) -> str:
    """All of ``markdown`` as one text."""
    return joined(paragraphs(markdown))


def joined(parts: Iterable[Paragraph]) -> str:
    """The paragraphs below one another."""
    text = ""
    for part in parts:
        text += ("\n" if part.tight else "\n\n") * bool(text) + part.text
    return text


def plain_atoms(words: str) -> tuple[str, ...]:
    """Plain text without emphasis as atoms; a quotation is one of them."""
    return tuple(_atoms([_Run(words)]))


def ends_sentence(atom: str) -> bool:
    """Whether a sentence ends with ``atom``, so that a section may well end there."""
    return _ENDS.search(atom) is not None


def _blocks(node: SyntaxTreeNode, indent: str = "", first: str = "") -> Iterator[Paragraph]:
    """``first`` opens the first line, ``indent`` the others."""
    lead = first or indent
    for child in node.children:
        yield from _block(child, indent, lead)
        lead = indent


def _block(node: SyntaxTreeNode, indent: str, lead: str) -> Iterator[Paragraph]:
    if node.type in ("paragraph", "heading"):
        yield _lines(node.children[0], lead, indent, "*" if node.type == "heading" else "")
    elif node.type in ("bullet_list", "ordered_list"):
        number = int(node.attrs.get("start", 1))
        for place, item in enumerate(node.children):
            sign = "•" if node.type == "bullet_list" else f"{number + place}."
            items = list(_blocks(item, f"{indent}    ", f"{indent}{sign} "))
            yield from (replace(one, tight=place > 0 or one is not items[0]) for one in items)
    elif node.type == "blockquote":
        yield from _blocks(node, "> ", "> ")
    elif node.type in ("fence", "code_block"):
        yield from _fenced(node.content)
    elif node.type == "table":
        for place, row in enumerate(one for one in node.walk() if one.type == "tr"):
            yield _row(row, tight=place > 0)
    else:
        yield Paragraph(("———",))


def _lines(inline: SyntaxTreeNode, lead: str, indent: str, marks: str) -> Paragraph:
    runs = (replace(run, marks=run.marks or marks) for run in _runs(inline))
    atoms = tuple(atom.replace("\n", f"\n{indent}") for atom in _atoms([run for run in runs if run.text]))
    return Paragraph((lead, *atoms) if lead else atoms)


def _row(row: SyntaxTreeNode, *, tight: bool) -> Paragraph:
    """A row of a table on one line, its cells set apart by dots."""
    runs: list[_Run] = []
    for cell in row.children:
        marks = "*" if cell.type == "th" else ""
        own = [replace(run, marks=run.marks or marks) for inline in cell.children for run in _runs(inline)]
        runs += [_Run(" · "), *own] if runs else own
    return Paragraph(tuple(_atoms(runs)), tight)


def _fenced(content: str) -> Iterator[Paragraph]:
    """Code in as many fences as it needs."""
    lines = escaped(content.rstrip("\n")).replace("```", f"``{APART}`").splitlines()
    held: list[str] = []
    size = 0
    for line in (piece for whole in lines for piece in _cut(whole, MOST - 20)):
        if held and size + len(line) > MOST - 20:
            yield Paragraph(("```\n" + "\n".join(held) + "\n```",))
            held, size = [], 0
        held.append(line)
        size += len(line) + 1
    if held:
        yield Paragraph(("```\n" + "\n".join(held) + "\n```",))


def _cut(line: str, most: int) -> list[str]:
    return [line[at : at + most] for at in range(0, max(1, len(line)), most)]


def _runs(inline: SyntaxTreeNode, marks: str = "") -> Iterator[_Run]:
    for child in inline.children:
        if child.type in _MARKS:
            yield from _runs(child, "".join(dict.fromkeys(marks + _MARKS[child.type])))
        elif child.type == "code_inline":
            yield _Run(child.content, marks, is_code=True)
        elif child.type in ("softbreak", "hardbreak"):
            yield _Run("\n")
        else:
            yield _Run(child.content, marks)


def _atoms(runs: Sequence[_Run]) -> Iterator[str]:
    """The runs as written, cut only between words and outside of emphasis and quotes where that can be."""
    pieces = [piece for run in _told_apart(runs) for piece in _pieces(run)]
    held: list[str] = []
    depth = 0
    for piece in pieces:
        held.append(piece)
        depth = max(0, depth + piece.count("“") - piece.count("”"))
        if depth == 0 or piece.endswith("\n"):
            yield from _bounded(held)
            held, depth = [], 0
    yield from _bounded(held)


def _bounded(held: list[str]) -> Iterator[str]:
    """What is held as one atom, or piece by piece where no section could hold it."""
    whole = "".join(held)
    if len(whole) <= MOST:
        if whole:
            yield whole
    else:
        yield from held


def _told_apart(runs: Sequence[_Run]) -> Iterator[_Run]:
    """The runs, with something of no width where a sign of emphasis would touch a letter."""
    for before, run in pairwise([_Run(""), *runs]):
        touching = before.text[-1:].isalnum() and run.text[:1].isalnum() and before.marks != run.marks
        yield from (_Run(APART), run) if touching else (run,)


def _pieces(run: _Run) -> Iterator[str]:
    """The run as texts that each stand for themselves, none longer than an atom may be."""
    if run.is_code or run.marks:
        whole = _marked(run, run.text)
        if len(whole) <= MOST:
            yield whole
            return
    for word in _WORDS.findall(run.text):
        for part in _cut(word, _LONGEST_WORD):
            yield _marked(run, part) if part.strip() else part


def _marked(run: _Run, text: str) -> str:
    words = text.strip()
    if not words:
        return text
    shown = code(words) if run.is_code else literal(words)
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{run.marks}{shown}{run.marks[::-1]}{after}"


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    # Brackets in an answer are markers; what looks like a link or an image is shown as it is written.
    reader = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    return reader.disable(["link", "reference", "image", "html_block", "html_inline", "autolink"])
