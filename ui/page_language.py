"""The languages of the page, and which of them a request wants."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ui.page_address import read_address
from ui.page_visitor import LANGUAGE, cookie
from ui.page_words import ENGLISH, Words
from ui.page_words_german import GERMAN

if TYPE_CHECKING:
    from starlette.datastructures import Headers

LANGUAGES: Final[Mapping[str, Words]] = MappingProxyType({"en": ENGLISH, "de": GERMAN})


def words_in(language: str) -> Words:
    """The words of the page in ``language``, English where it is not known."""
    return LANGUAGES.get(language, ENGLISH)


def language_of(headers: Headers, query: str, setting: str = "") -> str:
    """The language that a request wants.

    What its address names comes first, then what was chosen before, the ``setting`` of the server, and what
    the browser asks for.
    """
    asked = (read_address(query).asked.get("lang", ""), cookie(headers, LANGUAGE), setting)
    wanted = (*asked, *_accepted(headers.get("accept-language", "")))
    return next((language for language in wanted if language in LANGUAGES), "en")


def _accepted(header: str) -> list[str]:
    """The languages of an ``Accept-Language`` header, the most wanted first (RFC 9110, section 12.5.4)."""
    weighed = []
    for place, part in enumerate(header.split(",")[:20]):
        name, _, weight = part.partition(";")
        told = weight.strip().removeprefix("q=")
        number = float(told) if told.replace(".", "", 1).isdecimal() else 1.0
        if number > 0:
            weighed.append((-number, place, name.strip().partition("-")[0].casefold()))
    return [name for _, _, name in sorted(weighed)]
