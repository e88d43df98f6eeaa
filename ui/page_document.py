"""A page that is read rather than talked to: one whole document, which works without any script."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from ui.html_tags import tag, text
from ui.page_colours import colours
from ui.page_top import Place, top_html
from ui.page_words import Words

DOCUMENT_STYLE_PATH: Final = "/page/document.css"


def document(place: Place, title: str, words: Words, *main: str) -> str:
    """The document called ``title`` at ``place``; ``main`` is the HTML of what stands below its heading."""
    head = (
        tag("meta", charset="utf-8")
        + tag("meta", name="viewport", content="width=device-width, initial-scale=1")
        + tag("meta", name="color-scheme", content="light dark")
        # Without a referrer a sent form would not tell where it comes from, and the guard refuses it.
        + (tag("meta", name="referrer", content="same-origin") if place.pack.private else "")
        + tag("title", text(f"{title} – {place.pack.title}"))
        + tag("link", rel="icon", type="image/svg+xml", href="/page/page.svg")
        + tag("link", rel="stylesheet", href=DOCUMENT_STYLE_PATH)
        + '<script src="/page/page.js" defer></script>'
    )
    body = (
        tag("a", text(words.skip), href="#main", class_="skip")
        + top_html(place, words)
        + tag("main", tag("h2", text(title), class_="page-title"), *main, id="main", tabindex="-1")
    )
    return f'<!doctype html>\n<html lang="{words.language}"><head>{head}</head><body>{body}</body></html>\n'


def document_style() -> bytes:
    """The style of all documents: that of the Ask page, with the reader's colours, and their own."""
    page, own = ((files("ui") / name).read_text(encoding="utf-8") for name in ("page.css", "document.css"))
    return (page + colours() + own).encode()
