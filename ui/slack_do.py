"""An errand from Slack is done: answered, kept, and brought back to where it came from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assistant import FactError, MessageError, converse
from ui.page_session import labels_of, value_words
from ui.page_words import ENGLISH
from ui.render_chat import outcome
from ui.slack_calls import RESPOND, Slack, Step, post_step, shown, take_step
from ui.slack_errand import Changed, Chose, Errand, Said, Spot, Tried, Wondered, read_errand, sender_of
from ui.slack_message import SlackMessage, Under, answer_messages, notice
from ui.slack_pressed import Pressed

if TYPE_CHECKING:
    from assistant import Assistant, Conversation, ConversationStore, Inbox, KeptTurn, Task, Turn
    from assistant.store import How

PASSED: Final = "That question has been passed: the newest one is further down in this thread."
QUESTIONS: Final = {"why": "why?", "change": "what would change it?"}


@dataclass(frozen=True, slots=True)
class Desk:
    """What errands are done with: the adviser, the store, its inbox and the ways out to Slack."""

    assistant: Assistant
    store: ConversationStore
    inbox: Inbox
    slack: Slack


def do_errand(desk: Desk, task: Task) -> None:
    """Does ``task`` and writes down that it is done.

    What was done of it before is not done again. Raises :class:`ui.slack_calls.SlackBusyError` where Slack is
    not there, :class:`ui.slack_calls.SlackRefusedError` where it will not have it, and
    :class:`assistant.StoreError`.
    """
    steps = steps_of(desk, task, read_errand(task.body))
    for place, step in enumerate(steps):
        if place < task.steps:
            continue
        take_step(desk.slack, step, uncertain=task.tries > 1 and place == task.steps)
        if place + 1 < len(steps):
            desk.inbox.step(task, place + 1)
    desk.inbox.done(task)


def steps_of(desk: Desk, task: Task, errand: Errand) -> list[Step]:
    """What is to be sent for ``errand``; asked again, it is the same."""
    if isinstance(errand, Said):
        return _said(desk, task, errand)
    if isinstance(errand, Chose):
        return _chose(desk, task, errand)
    if isinstance(errand, Changed):
        return _changed(desk, task, errand)
    if isinstance(errand, Wondered):
        return _wondered(desk, errand)
    return _tried(desk, task, errand)


def _said(desk: Desk, task: Task, errand: Said) -> list[Step]:
    if not errand.text:
        return _reply(task, errand.spot, (notice(desk.assistant.pack.greeting),))
    try:
        kept = _keep(
            desk, task.id, errand.spot, errand.text, "message", lambda now: _answer(desk, errand, now)
        )
    except MessageError as error:
        return _reply(task, errand.spot, (notice(str(error)),))
    return _reply(task, errand.spot, _shown(desk, errand.spot, errand.user, kept))


def _answer(desk: Desk, errand: Said, now: Conversation) -> Turn:
    return desk.assistant.reply(errand.text, now)


def _chose(desk: Desk, task: Task, errand: Chose) -> list[Step]:
    spot = errand.spot
    asked = _turn(desk, spot, errand.number)
    if desk.store.of_event(task.id) is None:
        last = desk.store.last(spot.conversation, spot.owner)
        if asked is None or last is None or last.number != errand.number:
            return _aside(spot, errand.user, (notice(PASSED),))
    label = labels_of(desk.assistant).get(errand.fact)
    words = value_words(label, errand.value, ENGLISH)
    try:
        kept = _keep(
            desk,
            task.id,
            spot,
            words,
            "choice",
            lambda now: desk.assistant.change(now, errand.fact, errand.value),
        )
    except FactError as error:
        return _aside(spot, errand.user, (notice(str(error)),))
    if spot.response:
        messages = _shown(desk, spot, errand.user, kept, above=f"Answered: {words}")
        return _reply(task, spot, messages, replace=True)
    settled = _shown(desk, spot, errand.user, asked, chosen=words)[-1] if asked else None
    edited = [_edit(spot, errand.ts, settled)] if settled else []
    return [*edited, *_reply(task, spot, _shown(desk, spot, errand.user, kept))]


def _changed(desk: Desk, task: Task, errand: Changed) -> list[Step]:
    spot = errand.spot
    kept: list[KeptTurn] = []
    lines: list[str] = []
    for place, (fact, value) in enumerate(errand.changes.items()):
        try:
            turn = _keep(desk, f"{task.id}:{place}", spot, *_change(desk, spot, fact, value))
        except FactError as error:
            return _aside(spot, errand.user, (notice(str(error)),))
        kept.append(turn)
        lines.append(turn.said)
    if not kept:
        return []
    before = _turn(desk, spot, kept[0].number - 1)
    lines.append(_before_and_after(desk, before, kept[-1]))
    above = "\n".join(line for line in lines if line)
    return _reply(task, spot, _shown(desk, spot, errand.user, kept[-1], above=above))


def _change(desk: Desk, spot: Spot, fact: str, value: str) -> tuple[str, How, Callable[[Conversation], Turn]]:
    label = labels_of(desk.assistant).get(fact)
    last = desk.store.last(spot.conversation, spot.owner)
    before = last.after.facts.get(fact) if last else None
    said = ENGLISH.changed.format(
        label=label.label if label else fact,
        before=value_words(label, before.value, ENGLISH) if before else ENGLISH.not_said,
        after=value_words(label, value, ENGLISH) if value else ENGLISH.forgotten,
    )
    return said, "change", lambda now: desk.assistant.change(now, fact, value or None)


def _before_and_after(desk: Desk, before: KeptTurn | None, now: KeptTurn) -> str:
    """What the change did to the result, if there was one before."""
    if before is None or before.answer.decision is None:
        return ""
    options = desk.assistant.pack.rules.options if desk.assistant.pack.rules else {}
    was, is_now = (outcome(turn.answer.decision, options, ENGLISH) for turn in (before, now))
    if was == is_now:
        return ENGLISH.unchanged.format(result=is_now)
    return f"{ENGLISH.before}: {was} → {ENGLISH.after}: {is_now}"


def _wondered(desk: Desk, errand: Wondered) -> list[Step]:
    """*Why* and *What would change it* are answered beside the conversation, to who asked alone."""
    kept = _turn(desk, errand.spot, errand.number)
    if kept is None:
        return []
    turn = desk.assistant.reply(QUESTIONS[errand.what], kept.after)
    pressed = Pressed(spot=errand.spot, number=errand.number, asker=errand.user)
    labels = labels_of(desk.assistant)
    messages = answer_messages(turn.answer, labels, Under(pressed, buttons=False))
    return _aside(errand.spot, errand.user, messages)


def _tried(desk: Desk, task: Task, errand: Tried) -> list[Step]:
    """The example opens a thread in the person's direct messages and is answered there as their words."""
    from assistant import Task as NewTask

    root = notice(errand.text, lead="> ")
    posted = desk.slack.call("chat.postMessage", {"channel": errand.user, **shown(root)})
    spot = Spot(team=errand.team, channel=str(posted["channel"]), thread=str(posted["ts"]))
    said = Said(spot=spot, user=errand.user, text=errand.text)
    desk.inbox.add(
        NewTask(
            f"{task.id}:said",
            spot.conversation,
            spot.thread,
            sender_of(errand.team, errand.user),
            said.model_dump_json(),
        )
    )
    return []


def _keep(
    desk: Desk, event: str, spot: Spot, said: str, how: How, take: Callable[[Conversation], Turn]
) -> KeptTurn:
    return converse(desk.store, spot.conversation, take, said=said, how=how, owner=spot.owner, event=event)


def _turn(desk: Desk, spot: Spot, number: int) -> KeptTurn | None:
    """The kept turn ``number`` of the conversation, if there is one."""
    if desk.store.last(spot.conversation, spot.owner) is None:
        return None
    kept = desk.store.turns(spot.conversation, spot.owner)
    return kept[number - 1] if 0 < number <= len(kept) else None


def _shown(
    desk: Desk, spot: Spot, user: str, kept: KeptTurn, *, above: str = "", chosen: str = ""
) -> tuple[SlackMessage, ...]:
    pressed = Pressed(spot=spot, number=kept.number, asker=user)
    return answer_messages(kept.answer, labels_of(desk.assistant), Under(pressed, above, chosen))


def _reply(
    task: Task, spot: Spot, messages: tuple[SlackMessage, ...], *, replace: bool = False
) -> list[Step]:
    if spot.response:
        return [
            _respond(spot, message, replace=replace and place == 0) for place, message in enumerate(messages)
        ]
    return [
        post_step(spot.channel, spot.thread, message, f"{task.id}#{place}")
        for place, message in enumerate(messages)
    ]


def _aside(spot: Spot, user: str, messages: tuple[SlackMessage, ...]) -> list[Step]:
    """Said to ``user`` alone."""
    if spot.response:
        return [_respond(spot, message, replace=False) for message in messages]
    where = {"channel": spot.channel, "user": user, "thread_ts": spot.thread}
    return [Step("chat.postEphemeral", where | _without_unfurling(message)) for message in messages]


def _respond(spot: Spot, message: SlackMessage, *, replace: bool) -> Step:
    where = {"address": spot.response, "response_type": "ephemeral", "replace_original": replace}
    return Step(RESPOND, where | shown(message))


def _edit(spot: Spot, ts: str, message: SlackMessage) -> Step:
    return Step("chat.update", {"channel": spot.channel, "ts": ts} | _without_unfurling(message))


def _without_unfurling(message: SlackMessage) -> dict[str, object]:
    # What one person sees, and an edit, never unfolds; Slack knows no argument for it there.
    return {name: value for name, value in shown(message).items() if not name.startswith("unfurl")}
