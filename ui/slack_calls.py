"""The ways out to Slack, as function types, and how a call that fails is tried again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from ui.errors import ServiceError
from ui.slack_message import SlackMessage

Arguments = Mapping[str, object]

Call = Callable[[str, Arguments], Arguments]
"""Calls a method of Slack's Web API and gives what it answers.

Raises :class:`SlackBusyError` when the same call may succeed later, and :class:`SlackRefusedError` when it
never will.
"""

Respond = Callable[[str, Arguments], None]
"""Sends a message to the address that Slack gave for answers; raises as :data:`Call` does."""

TRIES: Final = 3  # at once; later tries are the inbox's
LONGEST_WAIT: Final = 2.0  # seconds between these


@dataclass(frozen=True, slots=True)
class Slack:
    """``bot`` is the adviser's own user."""

    call: Call
    respond: Respond
    bot: str


class SlackBusyError(ServiceError):
    """Slack did not do it now. ``after``: for how many seconds it asks to be left alone, if at all."""

    def __init__(self, problem: str, after: float = 0) -> None:
        self.after = after
        super().__init__(problem, "It is tried again.")


class SlackRefusedError(ServiceError):
    """Slack will not do it. ``reason`` is its own name for why."""

    def __init__(self, method: str, reason: str) -> None:
        self.reason = reason
        super().__init__(f"{method}: Slack refuses it ({reason}).", "See that the app may do it there.")


@dataclass(frozen=True, slots=True)
class Step:
    """One call of an errand. ``mark`` is set where it posts a message to be found again in its thread."""

    method: str
    arguments: Arguments
    mark: str = ""


RESPOND: Final = "respond"  # the method of a step that goes to an address for answers


def take_step(slack: Slack, step: Step, *, uncertain: bool) -> None:
    """Makes the call, a few times where Slack is not there.

    ``uncertain`` says that an earlier process may have made it already. A message that may have been posted
    is looked for in its thread before it is posted again. Raises as :data:`Call` does.
    """
    from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

    tries = Retrying(
        stop=stop_after_attempt(TRIES),
        wait=wait_random_exponential(multiplier=0.2, max=LONGEST_WAIT),
        retry=retry_if_exception(lambda error: isinstance(error, SlackBusyError) and not error.after),
        reraise=True,
    )
    for attempt in tries:
        with attempt:
            again = uncertain or attempt.retry_state.attempt_number > 1
            if step.mark and again and _stands(slack, step):
                return
            _make(slack, step)


def post_step(channel: str, thread: str, message: SlackMessage, mark: str) -> Step:
    """Posts ``message`` in a thread, under a ``mark`` of its own."""
    arguments = {
        "channel": channel,
        "thread_ts": thread,
        **shown(message),
        "metadata": {"event_type": "groundrule_answer", "event_payload": {"mark": mark}},
    }
    return Step("chat.postMessage", arguments, mark)


def shown(message: SlackMessage) -> dict[str, object]:
    """The part of a call that is the message: nothing in it unfolds, and no bare name becomes a mention."""
    return {
        "text": message.text,
        "blocks": list(message.blocks),
        "unfurl_links": False,
        "unfurl_media": False,
        "parse": "none",
        "link_names": False,
    }


def _make(slack: Slack, step: Step) -> None:
    if step.method == RESPOND:
        message = {name: value for name, value in step.arguments.items() if name != "address"}
        slack.respond(str(step.arguments["address"]), message)
    else:
        slack.call(step.method, step.arguments)


def _stands(slack: Slack, step: Step) -> bool:
    """Whether the message of ``step`` stands in its thread already."""
    asked: dict[str, object] = {
        "channel": step.arguments["channel"],
        "ts": step.arguments["thread_ts"],
        "include_all_metadata": True,
        "limit": 200,
    }
    cursor = ""
    while True:
        try:
            told = slack.call("conversations.replies", asked | ({"cursor": cursor} if cursor else {}))
        except SlackRefusedError:
            return False  # there is no such thread, or it may not be read
        if any(_mark_of(message) == step.mark for message in _list(told.get("messages"))):
            return True
        cursor = str(_mapping(told.get("response_metadata")).get("next_cursor") or "")
        if not cursor:
            return False


def _mark_of(message: object) -> object:
    return _mapping(_mapping(_mapping(message).get("metadata")).get("event_payload")).get("mark")


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
