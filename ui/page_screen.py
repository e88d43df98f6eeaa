"""The whole page as one value: what each of its parts shows for a session."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ui.html_tags import tag, text
from ui.page_session import Session, is_supposed, labels_of
from ui.page_words import Words
from ui.render_chat import announcement, chat_messages
from ui.render_facts import facts_html
from ui.render_path import path_html
from ui.render_replies import examples_html, replies_html
from ui.render_sources import sources_html

if TYPE_CHECKING:
    from assistant import Assistant, Pack

# A decision: one line parts into two, and one of the two is taken.
MARK = (
    '<svg viewBox="0 0 32 32" width="28" height="28" focusable="false"><rect width="32" height="32" rx="8"/>'
    '<path class="dim" d="M16 8v6c0 4-7 3-7 9"/><path class="lit" d="M16 8v6c0 4 7 3 7 9"/>'
    '<circle cx="16" cy="8" r="2.4"/><circle class="end" cx="23" cy="24" r="2.4"/></svg>'
)


class Screen(NamedTuple):
    """HTML for each part of the page, and the messages of the chat."""

    top: str
    hero: str
    chat: list[dict[str, str]]
    strip: str
    facts: str
    path: str
    sources: str
    status: str


def show(assistant: Assistant, session: Session, words: Words) -> Screen:
    """The page of ``session``. The same session always gives the same page."""
    pack = assistant.pack
    labels = labels_of(assistant)
    return Screen(
        top=_top(pack, session, words),
        hero=_hero(pack, session, words),
        chat=chat_messages(session, pack.rules.options if pack.rules else {}, labels, words),
        strip=_strip(assistant, session, words),
        facts=facts_html(session.conversation.facts, session.standing, labels, words) if pack.rules else "",
        path=_path(assistant, session, words) if pack.rules else "",
        sources=sources_html(session, assistant.section, words),
        status=tag("p", announcement(session, words), role="status", class_="unseen"),
    )


def _top(pack: Pack, session: Session, words: Words) -> str:
    button = ""
    if not session.empty:
        button = tag("button", text(words.again), type="button", data_do="again")
    elif session.left is not None:
        button = tag("button", text(words.back), type="button", data_do="back")
    version = text(words.version.format(version=pack.version)) if pack.version else ""
    return tag(
        "header",
        tag("div", MARK, class_="brand", aria_hidden="true"),
        tag("div", tag("h1", text(pack.title)), tag("span", version, class_="version"), class_="title"),
        tag("div", button, class_="actions"),
        class_="top",
    )


def _hero(pack: Pack, session: Session, words: Words) -> str:
    if not session.empty:
        return ""
    title = words.hero if pack.rules else words.hero_without_rules
    left_out = (
        tag("p", text(words.left_out.format(problem=error)), class_="left-out") for error in pack.refused
    )
    return tag("div", tag("h2", text(title)), tag("p", text(pack.greeting)), *left_out, class_="hero")


def _strip(assistant: Assistant, session: Session, words: Words) -> str:
    if session.empty:
        return examples_html(assistant.pack.examples, words)
    return "" if session.pending else replies_html(session.standing, labels_of(assistant), words)


def _path(assistant: Assistant, session: Session, words: Words) -> str:
    last = session.last
    if last is None or last.decision is None:
        return path_html((), words)
    return path_html(assistant.path(last), words, supposed=is_supposed(last))
