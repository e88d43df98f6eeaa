"""The top of every page: the mark, the pack, the way to the other pages, and what a page adds to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ui.html_tags import tag, text
from ui.page_address import write_address
from ui.page_words import Words

if TYPE_CHECKING:
    from assistant import Pack

# A decision: one line parts into two, and one of the two is taken.
MARK = (
    '<svg viewBox="0 0 32 32" width="28" height="28" focusable="false"><rect width="32" height="32" rx="8"/>'
    '<path class="dim" d="M16 8v6c0 4-7 3-7 9"/><path class="lit" d="M16 8v6c0 4 7 3 7 9"/>'
    '<circle cx="16" cy="8" r="2.4"/><circle class="end" cx="23" cy="24" r="2.4"/></svg>'
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is: the page at ``path``, about ``pack`` (one of ``packs``), with ``facts``.

    ``maintained`` shows the pages for those who keep the pack; a ``member`` has logged in, and may log out.
    """

    path: str
    pack: Pack
    packs: Sequence[Pack]
    facts: Mapping[str, str] = field(default_factory=dict)
    maintained: bool = False
    member: bool = False


def top_html(place: Place, words: Words, *actions: str) -> str:
    """The header of the page; ``actions`` are HTML."""
    pack = place.pack
    more = (_packs(place, words), _language(place, words), _out(place, words))
    version = text(words.version.format(version=pack.version)) if pack.version else ""
    return tag(
        "header",
        tag("div", MARK, class_="brand", aria_hidden="true"),
        tag("div", tag("h1", text(pack.title)), tag("span", version, class_="version"), class_="title"),
        _pages(place, words),
        tag("div", *actions, *more, class_="actions"),
        class_="top",
    )


def _pages(place: Place, words: Words) -> str:
    pages = {"/": words.ask, "/explore": words.explore.title}
    if place.pack.rules is not None:
        pages["/checklist"] = words.checklist.title
    if place.maintained:
        pages |= {"/evals": words.evals.title, "/author": words.author.title}
    links = (
        tag(
            "a",
            text(name),
            href=write_address(place.pack, place.facts, path),
            **({"aria_current": "page"} if path == place.path else {}),
        )
        for path, name in pages.items()
    )
    return tag("nav", *links, aria_label=words.pages, class_="pages")


def _packs(place: Place, words: Words) -> str:
    """The chooser, where there is more than one pack; another pack knows nothing of these facts."""
    if len(place.packs) < 2:
        return ""
    links = (
        tag(
            "li",
            tag(
                "a",
                text(pack.title),
                href=write_address(pack, {}, place.path),
                **({"aria_current": "true"} if pack.id == place.pack.id else {}),
            ),
        )
        for pack in place.packs
    )
    return tag("details", tag("summary", text(words.other_pack)), tag("ul", *links), class_="chooser")


def _out(place: Place, words: Words) -> str:
    return tag("a", text(words.logout), href="/logout", class_="language") if place.member else ""


def _language(place: Place, words: Words) -> str:
    address = write_address(place.pack, place.facts, place.path, lang=words.other_language)
    return tag(
        "a",
        text(words.other_language_name),
        href=address,
        lang=words.other_language,
        hreflang=words.other_language,
        class_="language",
    )
