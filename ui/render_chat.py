"""The conversation as the messages of the chat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ui.html_tags import lines, tag, text
from ui.page_session import Exchange, Session, is_supposed
from ui.page_words import Words
from ui.render_markdown import answer_html, words_html
from ui.render_replies import without_choices

if TYPE_CHECKING:
    from assistant import Answer, DecisionShown, FactLabel

MOST_SHOWN = 1_200  # characters of a user's message that the chat repeats


def chat_messages(
    session: Session, options: Mapping[str, str], labels: Mapping[str, FactLabel], words: Words
) -> list[dict[str, str]]:
    """Every message so far, oldest first, as the chat takes them: ``role`` and ``content``.

    ``options`` are the labels of the options by id. Each content is one block of HTML on one line.
    """
    messages: list[dict[str, str]] = []
    before: Answer | None = None
    for turn, exchange in enumerate(session.exchanges, 1):
        messages.append(_said(exchange.said, exchange.how, words))
        if exchange.answer is None:
            messages.append(_reply(_problem(exchange.problem, words)))
            continue
        strip = _before_and_after(before, exchange, options, words)
        messages.append(_reply(_answer(turn, exchange.answer, strip, labels, words)))
        before = exchange.answer if exchange.standing else before
    if session.pending:
        messages.append(_said(session.pending, "message", words))
        messages.append(_reply(_begun(session.begun, words)))
    return messages


def outcome(decision: DecisionShown | None, options: Mapping[str, str], words: Words) -> str:
    """The result in a few words: the options, a conflict, or not settled."""
    if decision is None or decision.status == "undecided":
        return words.open
    if decision.status == "conflict":
        return words.conflict
    return " + ".join(options.get(option, option) for option in decision.options) or words.nothing


def announcement(session: Session, words: Words) -> str:
    """What a screen reader says once for the newest answer, as HTML without tags."""
    if not session.exchanges or session.pending:
        return ""
    newest = session.exchanges[-1]
    if newest.answer is None:
        return f"{text(words.problem)}. {text(newest.problem)}"
    kind = words.kinds.get(newest.answer.kind, "")
    said = words.announcement.format(
        n=len(session.exchanges), kind=f"{kind}." if kind else "", text=words_html(newest.answer.text)
    )
    return " ".join(said.split())


def _said(said: str, how: str, words: Words) -> dict[str, str]:
    shown = said
    if len(said) > MOST_SHOWN:
        shown = f"{said[:MOST_SHOWN]} {words.cut.format(count=f'{len(said):,}')}"
    speaker = tag("span", text(f"{words.you}: "), class_="speaker")
    return {"role": "user", "content": tag("div", speaker, lines(shown), class_=f"said by-{how}")}


def _reply(html: str) -> dict[str, str]:
    # The chat reads Markdown: a block of HTML ends for it at a blank line.
    return {"role": "assistant", "content": html.replace("\r", "").replace("\n", "&#10;")}


def _problem(problem: str, words: Words) -> str:
    kind = tag("p", text(words.problem), class_="kind")
    return tag("div", kind, tag("p", lines(problem)), class_="answer problem")


def _begun(begun: str, words: Words) -> str:
    """The place of an answer that is being written, with its beginning once there is one.

    What a marker leads to is shown with the whole answer.
    """
    waiting = tag("p", text(words.thinking), class_="waiting")
    if not begun:
        return waiting
    body = answer_html(begun, lambda number: tag("span", f"[{number}]", class_="cite"))
    return tag("div", tag("div", body, class_="body"), waiting, class_="begun")


def _answer(turn: int, answer: Answer, strip: str, labels: Mapping[str, FactLabel], words: Words) -> str:
    titles = {cited.n: " › ".join(cited.heading) for cited in answer.citations}

    def link(number: int) -> str | None:
        if number not in titles:
            return None
        goal = f"#source-{turn}-{number}"
        return tag("a", f"[{number}]", class_="cite", href=goal, title=titles[number])

    kind = words.kinds.get(answer.kind, "")
    body = answer_html(without_choices(answer, labels, words), link)
    return tag(
        "div",
        tag("p", text(kind), class_="kind") if kind else "",
        strip,
        tag("div", body, class_="body"),
        class_=f"answer {answer.kind}",
        id=f"answer-{turn}",
    )


def _before_and_after(
    before: Answer | None, exchange: Exchange, options: Mapping[str, str], words: Words
) -> str:
    """What the turn did to a result that had stood before, or nothing."""
    now = exchange.answer
    if before is None or now is None or is_supposed(now) or before.decision is None or now.decision is None:
        return ""
    was, is_now = (outcome(one.decision, options, words) for one in (before, now))
    by_hand = exchange.how == "change"
    if was == is_now:
        stays = text(words.unchanged.format(result=is_now))
        return tag("p", stays, class_="result same") if by_hand else ""
    if before.decision.status == "undecided" and not by_hand:
        return ""
    return tag(
        "p",
        tag("span", tag("span", text(words.before), class_="when"), " ", text(was), class_="was"),
        tag("span", " → ", class_="arrow"),
        tag("span", tag("span", text(words.after), class_="when"), " ", text(is_now), class_="now"),
        class_="result",
    )
