"""What can be done with the newest answer: take it back, ask why, pass it on, say what one thinks."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from assistant import VERDICTS
from ui.html_tags import tag, text
from ui.page_address import write_address
from ui.page_session import Session, can_undo, values_of
from ui.page_words import Words
from ui.render_record import answer_markdown

if TYPE_CHECKING:
    from assistant import Answer, Pack

MOST_NOTE = 2_000  # characters of the words that go with a verdict


def deeds_html(session: Session, pack: Pack, words: Words) -> str:
    """The buttons; nothing before there is an answer, and while one is being written."""
    newest = session.exchanges[-1] if session.exchanges else None
    if session.pending or newest is None or newest.answer is None:
        return ""
    return tag(
        "div",
        _do("undo", words.undo) if can_undo(session) else "",
        _do("why", words.why) if _decides(newest.answer) else "",
        _do("changes", words.what_changes) if _decides(newest.answer) else "",
        _share(session, newest.answer, pack, words),
        _judge(session, words),
        tag("span", role="status", class_="done"),
        class_="deeds",
        role="group",
        aria_label=words.deeds,
    )


def _decides(answer: Answer) -> bool:
    return answer.decision is not None and not answer.decision.hypothetical and answer.kind != "explain"


def _do(what: str, label: str) -> str:
    return tag("button", text(label), type="button", data_do=what)


def _share(session: Session, answer: Answer, pack: Pack, words: Words) -> str:
    query = urlencode({"conversation": session.id})
    address = write_address(pack, values_of(session.conversation))
    entries = [
        tag("button", text(words.copy), type="button", data_copy=answer_markdown(answer)),
        tag("button", text(words.link), type="button", data_link=address),
        *(
            tag("a", text(words.record.format(form=form)), href=f"{path}?{query}", download=path[1:])
            for path, form in (("/record.md", "Markdown"), ("/record.html", "HTML"))
        ),
    ]
    listed = tag("ul", *(tag("li", entry) for entry in entries))
    return tag("details", tag("summary", text(words.share)), listed, class_="fold share")


def _judge(session: Session, words: Words) -> str:
    if session.judged:
        return tag("span", text(words.judged), class_="judged")
    buttons = (
        tag("button", text(words.verdicts[verdict]), type="button", data_verdict=verdict)
        for verdict in VERDICTS
    )
    note = tag(
        "label",
        text(words.note),
        tag("textarea", rows="2", maxlength=str(MOST_NOTE)),
    )
    return tag(
        "details",
        tag("summary", text(words.judge)),
        tag("div", note, tag("div", *buttons, class_="buttons"), class_="sheet"),
        class_="fold judge",
    )
