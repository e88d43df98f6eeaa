"""The whole page as one value: what each of its parts shows for a session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ui.html_tags import tag, text
from ui.page_address import guide_address, write_address
from ui.page_session import Desk, Session, is_supposed, labels_of, values_of
from ui.page_top import Place, top_html
from ui.page_words import Words
from ui.render_chat import announcement, chat_messages
from ui.render_deeds import deeds_html
from ui.render_facts import facts_html
from ui.render_path import path_html
from ui.render_replies import examples_html, replies_html
from ui.render_sources import sources_html

if TYPE_CHECKING:
    from assistant import Assistant, Pack


class Screen(NamedTuple):
    """HTML for each part of the page, and the messages of the chat."""

    top: str
    hero: str
    chat: list[dict[str, str]]
    strip: str
    deeds: str
    facts: str
    path: str
    sources: str
    status: str


def show(
    desk: Desk,
    session: Session,
    packs: Sequence[Pack] = (),
    *,
    maintained: bool = False,
    member: bool = False,
) -> Screen:
    """The page of ``session``. The same session always gives the same page.

    ``packs`` are all that may be chosen; ``maintained`` leads to the pages of those who keep them, and a
    ``member`` may log out.
    """
    assistant, words, pack = desk.assistant, desk.words, desk.assistant.pack
    labels = labels_of(assistant)
    place = Place("/", pack, packs, values_of(session.conversation), maintained, member)
    return Screen(
        top=top_html(place, words, _begin(session, words)),
        hero=_hero(pack, session, words),
        chat=show_chat(desk, session),
        strip=_strip(assistant, session, words),
        deeds=deeds_html(session, pack, words),
        facts=facts_html(session.conversation.facts, session.standing, labels, words) if pack.rules else "",
        path=_path(assistant, session, words) if pack.rules else "",
        sources=sources_html(session, assistant.section, words, lambda cited: guide_address(cited, pack)),
        status=_status(session, pack, words),
    )


def show_chat(desk: Desk, session: Session) -> list[dict[str, str]]:
    """The chat of ``session`` alone."""
    rules = desk.assistant.pack.rules
    return chat_messages(session, rules.options if rules else {}, labels_of(desk.assistant), desk.words)


def _status(session: Session, pack: Pack, words: Words) -> str:
    """What a screen reader is told, and what the browser keeps: its address and its conversation."""
    return tag("p", announcement(session, words), role="status", class_="unseen") + tag(
        "span",
        id="state",
        hidden="",
        data_address="" if session.empty else write_address(pack, values_of(session.conversation)),
        data_conversation=session.id,
        data_copied=words.copied,
        data_title=pack.title,
    )


def _begin(session: Session, words: Words) -> str:
    if not session.empty:
        return tag("button", text(words.again), type="button", data_do="again")
    if session.left:
        return tag("button", text(words.back), type="button", data_do="back")
    return ""


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
