"""The panel "Sources": every citation in its place, the newest answer's first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ui.html_tags import lines, tag, text
from ui.page_session import Session, shortened
from ui.page_words import Words
from ui.render_markdown import is_row, plain_html, section_html, words_html

if TYPE_CHECKING:
    from assistant import CitedWords, SectionText

SectionOf = Callable[[str], "SectionText"]
InGuide = Callable[["CitedWords"], str]

# Older answers keep their quotes and places; their sections would only make the page heavy.
WHOLE_SECTIONS = 8
MOST_SAID = 90  # characters of the user's words that name a group


def sources_html(session: Session, section: SectionOf, words: Words, in_guide: InGuide) -> str:
    """The sources of every answer, grouped by answer.

    ``section`` gives a section's text by its id, ``in_guide`` the address at which the guide stands open.
    """
    oldest_whole = len(session.exchanges) - WHOLE_SECTIONS + 1
    groups = [
        _group(
            turn,
            exchange.said,
            [
                _entry(turn, cited, section if turn >= oldest_whole else None, words, in_guide)
                for cited in exchange.answer.citations
            ],
            words,
        )
        for turn, exchange in reversed(list(enumerate(session.exchanges, 1)))
        if exchange.answer is not None and exchange.answer.citations
    ]
    quotes = session.last is not None and session.last.citations
    return tag(
        "section",
        tag("h2", text(words.sources), id="sources-title"),
        tag("p", text(words.sources_intro), class_="intro") if groups else "",
        "" if quotes else tag("p", text(words.no_sources), class_="none"),
        *groups,
        aria_labelledby="sources-title",
    )


def _group(turn: int, said: str, entries: Sequence[str], words: Words) -> str:
    title = words.source_group.format(said=shortened(said, MOST_SAID))
    return tag("div", tag("h3", text(title), id=f"sources-{turn}"), *entries, class_="group")


def _entry(turn: int, cited: CitedWords, section: SectionOf | None, words: Words, in_guide: InGuide) -> str:
    *above, last = cited.heading or (cited.section,)
    held = section(cited.section) if section is not None else None
    plain = held is not None and held.plain
    row = held is not None and not plain and is_row(held.text, cited.start - held.start)
    summary = tag(
        "summary",
        tag("span", f"[{cited.n}]", class_="n"),
        " ",
        tag("span", text("".join(f"{part} › " for part in above)), tag("b", text(last)), class_="where"),
        " ",
        tag(
            "q",
            text(" ".join(cited.quote.split())) if plain else words_html(cited.quote, row=row),
            class_="quote",
        ),
    )
    place = tag(
        "p",
        tag("span", text(words.line.format(file=cited.file, line=cited.line) if cited.line else cited.file)),
        *(tag("span", text(words.reference.format(reference=told))) for told in cited.references),
        tag("a", text(words.in_guide), href=in_guide(cited)),
        tag("a", text(words.to_answer), href=f"#answer-{turn}"),
        class_="place",
    )
    body = _section(cited, held, words)
    return tag("details", summary, body, place, class_="source", id=f"source-{turn}-{cited.n}")


def _section(cited: CitedWords, held: SectionText | None, words: Words) -> str:
    if held is None or cited.start < held.start:
        # What a guide says about itself stands before its first section.
        body = tag("p", tag("mark", lines(cited.quote)))
    elif held.plain:
        body = plain_html(held.text, cited.start - held.start, cited.end - held.start)
    else:
        body = section_html(held.text, cited.start - held.start, cited.end - held.start)
    label = words.section.format(where=" › ".join(cited.heading))
    return tag("div", body, class_="section", role="region", tabindex="0", aria_label=label)
