"""An HTML page as Markdown: its headings, paragraphs, lists, tables and code, in the page's own words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Final
from urllib.parse import urlsplit

from bs4.element import NavigableString, PageElement, Tag
from markdownify import ATX, MarkdownConverter

from corpus.escape_markdown import escape_line_start, escape_words, fenced
from corpus.html_tables import table_rows, unfold_layout
from corpus.page_content import page_content

_SOURCE: Final = re.compile(r"\[?\s*(src\d+)\s*\]?", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\[?\s*(\d{1,3})\s*\]?")
_META: Final = re.compile(r"<meta\s[^>]*>", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_DATES: Final = (
    "article:modified_time",
    "last-modified",
    "date",
    "article:published_time",
    "dcterms.modified",
)
_H1: Final = re.compile(r"<h1\b[^>]*>(.*?)</h1\s*>", re.IGNORECASE | re.DOTALL)
_TITLE: Final = re.compile(r"<title\b[^>]*>(.*?)</title\s*>", re.IGNORECASE | re.DOTALL)
_ANY_TAG: Final = re.compile(r"<[^<>]*>")
_HEAD: Final = 100_000  # characters in which a page tells about itself
_INLINE: Final = frozenset(
    "a b strong em i span code kbd samp sup sub del s q cite abbr time small mark".split()  # noqa: SIM905
)
_LONGEST_REFERENCE: Final = 300
# Headings by number signs, one bullet, and a line for each paragraph.
_STYLE: Final = {"heading_style": ATX, "bullets": "-", "autolinks": False, "wrap": True, "wrap_width": None}


def convert_html(page: str, file: str) -> str:
    """The content of ``page`` as Markdown; its date and the sources that it names become front matter.

    Raises :class:`corpus.errors.GuideError` when the page is not one guide (``page_content``).
    """
    content = page_content(page, file)
    unfold_layout(content)
    _number_items(content)
    sources = dict(_take_references(content))
    body = _Writer(**_STYLE).convert_soup(content).strip("\n")
    return f"{_front_matter(_title(page, content), _date(page), sources)}{body}\n"


class _Writer(MarkdownConverter):  # type: ignore[misc] # its stub leaves all but the constructor out
    """Markdown in which words stay words: plain text of a page never becomes a list or a heading.

    The methods have the names and the shape by which markdownify calls them.
    """

    def escape(self, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return escape_words(text)

    def process_text(self, el: NavigableString, parent_tags: set[str] | None = None) -> str:
        text: str = super().process_text(el, parent_tags=parent_tags)
        before = el.previous_sibling
        begins = before is None or (isinstance(before, Tag) and before.name not in _INLINE)
        return escape_line_start(text) if begins and not (parent_tags or set()) & {"pre", "code"} else text

    def process_tag(self, node: Tag, parent_tags: set[str] | None = None) -> str:
        if node.name == "table":
            # A table is read by its rows, once; its parts make no Markdown of their own.
            return self.convert_table(node, "", parent_tags or set())
        words: str = super().process_tag(node, parent_tags=parent_tags)
        return words

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        # A link within the site leads nowhere from here.
        away = urlsplit(str(el.get("href", ""))).scheme in ("http", "https")
        return super().convert_a(el, text, parent_tags) if away else text

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        number = el.get("data-number")
        bullet = f"{number}. " if number else "- "
        words = text.strip()
        if not words:
            return "\n"
        inner = "\n".join(f"{' ' * len(bullet)}{line}" if line else "" for line in words.split("\n"))
        return f"{bullet}{inner[len(bullet) :]}\n"

    def convert_dl(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return f"\n\n{text.strip()}\n\n"

    def convert_dt(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        words = " ".join(text.split()).strip("*").rstrip(":")
        return f"\n- **{words}**: " if words else ""

    def convert_dd(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return text.strip().replace("\n", "\n  ") + "\n"

    def convert_summary(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return f"\n\n{text.strip()}\n\n"

    convert_main = convert_form = convert_header = convert_figure = convert_figcaption = convert_address = (
        convert_details
    ) = MarkdownConverter.convert_div

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return fenced(el.get_text()) if el.get_text().strip() else ""

    def convert_table(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        caption = next((self._inline(found) for found in el.find_all("caption", limit=1)), "")
        head, rows = table_rows(el, self._inline)
        if not rows:
            return f"\n\n{' '.join(filter(None, [caption, *head]))}\n\n"
        lines = [_row(head), _row(["---"] * len(head)), *map(_row, rows)]
        return "\n\n" + "\n".join([caption, ""] * bool(caption) + lines) + "\n\n"

    def _inline(self, cell: Tag) -> str:
        """The words of a cell on one line."""
        parts = (self.process_element(child, parent_tags={"td", "_inline"}) for child in cell.children)
        return " ".join("".join(parts).split()).replace("|", "\\|")


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _number_items(content: Tag) -> None:
    """Give each item of an ordered list the number that a browser shows."""
    for listed in content.find_all("ol"):
        number = _whole(listed.get("start"), 1)
        for item in listed.find_all("li", recursive=False):
            number = _whole(item.get("value"), number)
            item["data-number"] = str(number)
            number += 1


def _whole(told: object, otherwise: int) -> int:
    words = str(told or "")
    return int(words) if words.isdecimal() and len(words) < 9 else otherwise


def _take_references(content: Tag) -> Iterator[tuple[str, dict[str, str]]]:
    """Each link that is a reference mark becomes the mark alone; its name and what it leads to are given."""
    targets = {str(element["id"]): element for element in content.find_all(id=True)}
    for link in content.find_all("a"):
        words, href = link.get_text(), str(link.get("href", ""))
        named, numbered = _SOURCE.fullmatch(words), _NUMBER.fullmatch(words)
        target = targets.get(href.removeprefix("#")) if href.startswith("#") else None
        if named:
            mark, shown = named[1].lower(), named[1].lower()
        elif numbered and target is not None and (link.find_parent("sup") or link.find("sup")):
            mark, shown = numbered[1], f"^{numbered[1]}"
        else:
            continue
        yield mark, _reference(href, target)
        link.replace_with(shown if _in_brackets(link) else f"[{shown}]")


def _reference(href: str, target: Tag | None) -> dict[str, str]:
    if target is None:
        return {"url": href} if urlsplit(href).scheme in ("http", "https") else {}
    away = next((str(a["href"]) for a in target.find_all("a", href=re.compile("^https?:"))), "")
    title = " ".join(target.get_text(" ").split()).lstrip("^↑ ")[:_LONGEST_REFERENCE]
    return {"title": title, "url": away} if away else {"title": title}


def _in_brackets(link: Tag) -> bool:
    """Whether the words before ``link`` on its line open a bracket that is not closed yet."""
    if "[" in link.get_text():
        return False
    before = ""
    sibling: PageElement | None = link.previous_sibling
    while sibling is not None and "[" not in before and "]" not in before:
        before = str(sibling if isinstance(sibling, NavigableString) else sibling.get_text()) + before
        sibling = sibling.previous_sibling
    return before.rfind("[") > before.rfind("]")


def _front_matter(title: str, date: str, sources: dict[str, dict[str, str]]) -> str:
    lines = [
        f"{name}: {json.dumps(told, ensure_ascii=False)}"
        for name, told in (("title", title), ("date", date))
        if told
    ]
    if sources:
        lines += [
            "sources:",
            *(f"  {mark}: {json.dumps(told, ensure_ascii=False)}" for mark, told in sources.items()),
        ]
    return "\n".join(["---", *lines, "---", "", ""]) if lines else ""


def _title(page: str, content: Tag) -> str:
    """The title of a page whose content has no heading of its own for it."""
    first = content.find(["h1", "h2", "h3", "h4", "h5", "h6"])
    if isinstance(first, Tag) and first.name == "h1":
        return ""
    found = _H1.search(page) or _TITLE.search(page)
    return " ".join(unescape(_ANY_TAG.sub(" ", found[1])).split())[:_LONGEST_REFERENCE] if found else ""


def _date(page: str) -> str:
    told: dict[str, str] = {}
    for found in _META.finditer(page[:_HEAD]):
        held = {name.lower(): one or other for name, one, other in _ATTRIBUTE.findall(found[0])}
        told.setdefault((held.get("property") or held.get("name") or "").lower(), held.get("content", ""))
    return next((unescape(told[name]) for name in _DATES if told.get(name)), "")
