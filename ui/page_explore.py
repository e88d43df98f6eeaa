"""Explore: a guide and the rules that rest on it, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant import decide_facts, decision_path
from ui.html_tags import tag, text
from ui.page_address import Address, write_address
from ui.page_document import document
from ui.page_top import Place
from ui.page_words import Words
from ui.printable import printable
from ui.read_facts import check_facts
from ui.render_explored import Explored, section_html, tree_html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant import Assistant, DecisionShown, Review
    from assistant.review_pack import ReviewedGuide

HITS = 8
MOST_QUERY = 2_000  # characters that are looked for
SNIPPET = 180


def explore(assistant: Assistant, review: Review, address: Address, place: Place, words: Words) -> str:
    """The page at ``address``: one guide of ``review``, the way of the address's facts lit in the rules."""
    told = words.explore
    shown = Explored(assistant.pack, review, words, _span(address), address.asked.get("section", ""))
    guide = _guide(review, address)
    return document(
        place,
        told.title,
        words,
        tag("p", text(told.intro), class_="lead"),
        _search(assistant, address, words),
        tag(
            "div",
            tag(
                "section",
                tag("h3", text(told.guide), id="guide-title"),
                _guides(review, guide, place, words),
                "".join(section_html(shown, guide, section) for section in guide.sections),
                aria_labelledby="guide-title",
                class_="guide",
            ),
            tag(
                "section",
                tag("h3", text(told.rules), id="rules-title"),
                _rules(shown, address),
                aria_labelledby="rules-title",
                class_="rules",
            ),
            class_="side-by-side",
        ),
    )


def _guide(review: Review, address: Address) -> ReviewedGuide:
    """The guide that holds the section of the address, else the one it names, else the most cited."""
    section, named = address.asked.get("section", ""), address.asked.get("guide", "")
    for guide in review.guides:
        if any(one.id == section for one in guide.sections):
            return guide
    cited = {words.section for words in review.cited.values()}
    most = max(review.guides, key=lambda guide: sum(one.id in cited for one in guide.sections))
    return next((guide for guide in review.guides if guide.id == named), most)


def _span(address: Address) -> tuple[int, int]:
    """The characters that a citation leads to; none where the address does not say them."""
    ends = [address.asked.get(name, "") for name in ("from", "to")]
    start, end = (int(one) if one.isdecimal() and len(one) < 12 else 0 for one in ends)
    return (start, end) if start < end else (0, 0)


def _search(assistant: Assistant, address: Address, words: Words) -> str:
    told = words.explore
    query = printable(address.asked.get("q", "")).strip()[:MOST_QUERY]
    form = tag(
        "form",
        tag("input", type="hidden", name="pack", value=assistant.pack.id),
        tag("label", text(told.search), for_="q"),
        tag("div", tag("input", type="search", name="q", id="q", value=query), _button(told.go)),
        method="get",
        action="/explore",
        role="search",
        class_="search",
    )
    return form + ("".join(_hits(assistant, query, words)) if query else "")


def _button(name: str) -> str:
    return tag("button", text(name), type="submit", class_="primary")


def _hits(assistant: Assistant, query: str, words: Words) -> Iterator[str]:
    hits = assistant.search(query, HITS)
    told = words.explore.found if hits else words.explore.found_none
    yield tag("h3", text(told.format(query=query)), id="hits-title")
    entries = []
    for hit in hits:
        one = hit.passage
        span = {"from": str(one.start), "to": str(one.end)}
        link = write_address(assistant.pack, {}, "/explore", section=one.section, q=query, **span)
        snippet = " ".join(printable(one.text).split())
        cut = f"{snippet[:SNIPPET].rstrip()}…" if len(snippet) > SNIPPET else snippet
        heading = tag("a", text(printable(" › ".join(one.heading))), href=f"{link}#found")
        entries.append(tag("li", heading, tag("p", text(cut))))
    yield tag("ol", *entries, class_="hits", aria_labelledby="hits-title")


def _guides(review: Review, guide: ReviewedGuide, place: Place, words: Words) -> str:
    if len(review.guides) < 2:
        return ""
    links = (
        tag(
            "li",
            tag(
                "a",
                text(printable(one.title)),
                href=write_address(place.pack, place.facts, "/explore", guide=one.id),
                **({"aria_current": "true"} if one.id == guide.id else {}),
            ),
        )
        for one in review.guides
    )
    summary = tag("summary", text(words.explore.guides), " ", tag("b", text(printable(guide.title))))
    return tag("details", summary, tag("ul", *links), class_="guides")


def _rules(shown: Explored, address: Address) -> str:
    told, rules = shown.words.explore, shown.pack.rules
    if rules is None:
        return tag("p", text(told.no_rules), class_="hint")
    known, _ = check_facts(rules, address.facts)
    decision: DecisionShown | None = decide_facts(shown.pack, known).decision if known else None
    trees = decision_path(rules, decision)
    return tag("p", text(told.rules_intro), class_="hint") + "".join(tree_html(shown, root) for root in trees)
