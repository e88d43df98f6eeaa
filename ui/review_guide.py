"""The guides of a pack for a reviewer: every section, the words that rules cite marked in their places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from ui.html_tags import tag, text
from ui.printable import printable
from ui.render_markdown import marked_html
from ui.review_rules import Numbers

if TYPE_CHECKING:
    from assistant import Review
    from assistant.review_pack import ReviewedGuide, ReviewedSection

_HEADING: Final = re.compile(r"\s*#{1,6}[ \t][^\r\n]*|\s*[^\r\n]+\r?\n[=-]{2,}[ \t]*(?=\r?\n|$)")
_WIDE: Final = '<div class="wide" tabindex="0" role="group" aria-label="Table">'

Span = tuple[int, int]


def guide_html(guide: ReviewedGuide, place: int, review: Review, numbers: Numbers, *, opened: bool) -> str:
    """A guide, to be folded; ``place`` counts the guides from 1."""
    version = f"version {guide.version}, " if guide.version else ""
    summary = tag(
        "summary",
        tag("h3", text(printable(guide.title)), id=f"guide-{place}"),
        tag("span", text(printable(f"{version}{guide.file}")), class_="place"),
    )
    sections = (_section(section, guide.file, review, numbers) for section in guide.sections)
    return tag("details", summary, *sections, class_="guide", **({"open": ""} if opened else {}))


def _section(section: ReviewedSection, file: str, review: Review, numbers: Numbers) -> str:
    citing = {where: cited for where, cited in review.cited.items() if cited.section == section.id}
    spans = merged((cited.start - section.start, cited.end - section.start) for cited in citing.values())
    *above, last = section.heading
    body = body_html(section.text, spans)
    cited_by = _cited_by(list(citing), numbers.rules)
    return tag(
        "section",
        tag("h4", text(printable(last))),
        tag(
            "p",
            tag("span", text(printable(" › ".join(above[1:]))), class_="above") if above[1:] else "",
            tag("span", text(f"{file}:{section.line}"), class_="place"),
            class_="from",
        ),
        cited_by if body else tag("p", "A heading without text of its own", class_="by none"),
        tag("div", body, class_="section") if body else "",
        id=numbers.sections[section.id],
        class_="passage",
    )


def _cited_by(citing: Sequence[str], rules: Mapping[str, str]) -> str:
    if not citing:
        return tag("p", "Cited by no rule", class_="by none")
    links = (tag("a", rules[where], href=f"#{rules[where]}") for where in citing)
    return tag("p", "Cited by ", ", ".join(links), class_="by")


def body_html(markdown: str, spans: Sequence[Span]) -> str:
    """The section without its own heading, which the page writes, unless words of it are in ``spans``."""
    heading = _HEADING.match(markdown)
    cut = heading.end() if heading and all(start >= heading.end() for start, _ in spans) else 0
    shown = marked_html(markdown[cut:], [(start - cut, end - cut) for start, end in spans]).strip()
    # A table that is wider than the page scrolls by itself, with the keyboard as well.
    return shown.replace("<table>", f"{_WIDE}<table>").replace("</table>", "</table></div>")


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans that cover the same places and do not overlap, in order."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
