"""A page that is one file: no script, no request, the colours of the web page, light and dark."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from ui.html_tags import tag, text
from ui.page_colours import colours
from ui.page_top import MARK

# The page opens from disk and asks nobody for anything; the policy holds it to that.
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def one_page(title: str, body: str, *styles: str) -> str:
    """The page with this plain ``title`` and HTML ``body``; ``styles`` are names of style files in ``ui``."""
    head = (
        tag("meta", charset="utf-8")
        + tag("meta", http_equiv="Content-Security-Policy", content=POLICY)
        + tag("meta", name="viewport", content="width=device-width, initial-scale=1")
        + tag("meta", name="color-scheme", content="light dark")
        + tag("meta", name="referrer", content="no-referrer")
        + tag("title", text(title))
        + f"<style>{_style(styles)}</style>"
    )
    skip = tag("a", "To the contents", href="#content", class_="skip")
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>{skip}{body}</body></html>\n'


def top(over: str, title: str, version: str) -> str:
    """The head of a page in plain words: what it is for, its title, and which version it shows."""
    words = tag("p", text(over), class_="over") + tag("h1", text(title))
    return tag(
        "header",
        tag("div", MARK, class_="brand", aria_hidden="true"),
        tag("div", words, tag("p", text(version), class_="version")),
        class_="top",
    )


def _style(names: tuple[str, ...]) -> str:
    return colours() + "".join((files("ui") / name).read_text(encoding="utf-8") for name in names)
