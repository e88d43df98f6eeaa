"""What of an HTML page is its content: the main part, without navigation, notices and everything hidden."""

from __future__ import annotations

import re
from typing import Final

import nh3
from bs4 import BeautifulSoup, Tag

from corpus.errors import GuideError

DEEPEST: Final = 200
MOST_TAGS: Final = 150_000
_CONTENT: Final = frozenset(
    """
    p div section article main header h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption thead tbody
    tfoot tr th td pre code kbd samp blockquote q strong b em i del s a br hr span sup sub cite abbr
    figure figcaption details summary form address time small mark
    """.split()  # noqa: SIM905 - a list of sixty quoted words reads worse
)
_LEFT_OUT: Final = frozenset(
    """
    script style nav footer aside noscript template svg math iframe object embed button select
    textarea dialog menu canvas audio video map title head
    """.split()  # noqa: SIM905 - a list of sixty quoted words reads worse
)
_ATTRIBUTES: Final = {"class", "id", "role", "hidden", "aria-hidden", "start", "value", "colspan", "rowspan"}
_ROLES: Final = {
    "navigation",
    "banner",
    "contentinfo",
    "complementary",
    "search",
    "dialog",
    "alertdialog",
    "menu",
}
# A whole class, or the id of a plain block, that names something beside the content. Sections and headings
# have ids made of their titles ("cookie-consent", "social-security"), so that theirs say nothing.
_BESIDE: Final = re.compile(
    r"(?:cookies?|consent|gdpr)(?:[-_](?:consent|banner|notice|bar|popup|modal|dialog|overlay|wall|message))+|"
    r"breadcrumbs?|side-?bar|(?:social|share|sharing)[-_]?(?:links|buttons|icons|bar|media|share)|"
    r"newsletter(?:[-_]\w+)*|popup|modal|skip[-_]?(?:link|to-content|nav)|pagination|pager|"
    r"advert(?:s|isement)?|related[-_](?:links|posts|articles)|(?:site|page)[-_](?:header|footer|nav)|navbar|"
    r"sr-only|screen-reader-text|visually-hidden",
    re.IGNORECASE,
)
_BLOCKS_WITH_IDS: Final = ("div", "ul", "p", "header")
_SCRIPT: Final = re.compile(r"<(script|style|template)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^<>]*?(/?)>")
# These need no end tag, so that a count of ends says nothing about them.
_UNCLOSED: Final = frozenset(
    """
    area base br col embed hr img input link meta source track wbr p li dt dd tr td th thead tbody
    tfoot option colgroup
    """.split()  # noqa: SIM905 - a list of sixty quoted words reads worse
)
_LEAST_SHARE: Final = 0.2


def page_content(page: str, file: str) -> Tag:
    """The element of ``page`` that holds its content, with nothing in it that is none.

    Raises :class:`GuideError` when the page is nested too deeply or holds too many tags to be one guide.
    """
    _check_tags(page, file)
    # The parser of nh3 reads broken pages as browsers do, and writes them whole.
    whole = nh3.clean(
        page,
        tags=set(_CONTENT),
        clean_content_tags=set(_LEFT_OUT),
        attributes={"*": _ATTRIBUTES, "a": {"href"} | _ATTRIBUTES},
        link_rel=None,
    )
    soup = BeautifulSoup(whole, "html.parser")
    content = _main(soup)
    for element in content.find_all(True):
        if not element.decomposed and _is_beside(element, content):
            element.decompose()
    return content


def _check_tags(page: str, file: str) -> None:
    depth, deepest, count = 0, 0, 0
    for found in _TAG.finditer(_COMMENT.sub("", _SCRIPT.sub("", page))):
        count += 1
        if found[2].lower() in _UNCLOSED or found[3]:
            continue
        depth = max(0, depth - 1) if found[1] else depth + 1
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        problem = f"nests its tags {deepest} deep, more than {DEEPEST}"
        raise GuideError(file, problem, "save the page again with its tags closed")
    if count > MOST_TAGS:
        raise GuideError(
            file, f"holds {count:,} tags, more than {MOST_TAGS:,}", "split it into several guides"
        )


def _main(soup: BeautifulSoup) -> Tag:
    """The one part that the page marks as its main one, if most of the words are there; else all of it."""
    least = _LEAST_SHARE * len(soup.get_text())
    for found in (soup.find_all("main"), soup.find_all(role="main"), soup.find_all("article")):
        if len(found) == 1 and isinstance(found[0], Tag) and len(found[0].get_text()) >= least:
            return found[0]
    return soup


def _is_beside(element: Tag, content: Tag) -> bool:
    if element.has_attr("hidden") or element.get("aria-hidden") == "true" or element.get("role") in _ROLES:
        return True
    if element.name == "header" and content.name not in ("main", "article"):
        return element.find_parent(["main", "article"]) is None and element.find("h1") is None
    if element.name == "form":
        # Some systems put the whole page into one form.
        return element.find(["main", "article", "h1", "h2", "p", "table"]) is None
    told = element.get("class")
    names = [told] if isinstance(told, str) else list(told or ())
    if element.name in _BLOCKS_WITH_IDS and element.get("id"):
        names.append(str(element["id"]))
    # A frame around everything may be named after anything.
    return any(_BESIDE.fullmatch(name) for name in names) and element.find(["main", "article", "h1"]) is None
