"""The Bolt app: what Slack sends is written to the inbox, acknowledged, and done aside.

A listener does nothing that takes long. What opens a window is done right after the acknowledgement, since
the permission for it lasts seconds; if it is lost, a click brings it again.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError
from slack_bolt import Ack, App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from ui.slack_home import TRY
from ui.slack_message import CHOICE, FACTS, FEEDBACK, WHAT_CHANGES, WHY, notice
from ui.slack_modals import FACTS_FORM, REASON_FORM
from ui.slack_shapes import Click, Command, Envelope, HomeOpened, Shape, Submitted
from ui.slack_take import Taking
from ui.slack_windows import Windows

if TYPE_CHECKING:
    from ui.slack_client import Identity
    from ui.slack_do import Desk

Payload = dict[str, object]
Told = TypeVar("Told", bound=Shape)


@dataclass(frozen=True, slots=True)
class Listening:
    """What the app listens with: its own client, identity and signing secret ("" with Socket Mode)."""

    client: WebClient
    identity: Identity
    signing_secret: str


def slack_app(desk: Desk, wake: Callable[[], None], listening: Listening) -> App:
    """The app. ``wake`` is called when something new stands in the inbox."""
    identity = listening.identity

    def authorize() -> AuthorizeResult:
        # Known since the start: an event is accepted while Slack's own interface is away.
        return AuthorizeResult(
            enterprise_id=None,
            team_id=identity.team,
            bot_user_id=identity.bot_user,
            bot_id=identity.bot,
            bot_token=listening.client.token,
        )

    app = App(
        # Its own client has no token, since authorize gives it.
        client=WebClient(base_url=listening.client.base_url),
        logger=_log(),
        signing_secret=listening.signing_secret or "none",
        request_verification_enabled=bool(listening.signing_secret),
        authorize=authorize,
        # A listener ends before the acknowledgement is sent: acknowledged is what is written.
        process_before_response=True,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    _listen(app, Taking(desk, wake, identity.bot_user), Windows(desk))
    return app


def _log() -> logging.Logger:
    """Bolt's log of errors alone: its warnings repeat what people wrote."""
    log = logging.getLogger("groundrule.slack")
    log.setLevel(logging.ERROR)
    return log


def _listen(app: App, taking: Taking, windows: Windows) -> None:
    def on_message(body: Payload) -> None:
        told = read(Envelope, body)
        if told is not None:
            taking.message(told)

    app.event("app_mention")(on_message)
    app.event("message")(on_message)
    app.event("app_home_opened")(ack=_acknowledge, lazy=[_with(HomeOpened, windows.home)])
    app.action(re.compile(rf"^{CHOICE}_\d+$"))(
        ack=_then(Click, taking.choice), lazy=[_with(Click, windows.refuse_choice)]
    )
    app.action(WHY)(_then(Click, taking.why))
    app.action(WHAT_CHANGES)(_then(Click, taking.what_changes))
    app.action(re.compile(rf"^{TRY}_\d+$"))(_then(Click, taking.example))
    app.action(FACTS)(ack=_acknowledge, lazy=[_with(Click, windows.facts)])
    app.action(FEEDBACK)(ack=_then(Click, taking.feedback), lazy=[_with(Click, windows.reason)])
    app.view(FACTS_FORM)(_then(Submitted, taking.facts))
    app.view(REASON_FORM)(_then(Submitted, taking.reason))
    app.command(re.compile("^/"))(_on_command(taking))


def read(shape: type[Told], body: Payload) -> Told | None:
    """``body`` as a ``shape``; ``None`` for what is none, which nobody can answer."""
    try:
        return shape.model_validate(body)
    except ValidationError:
        return None


def _acknowledge(ack: Ack) -> None:
    ack()


def _then(shape: type[Told], take: Callable[[Told], None]) -> Callable[[Ack, Payload], None]:
    """A listener that acknowledges once ``take`` has written what came."""

    def listener(ack: Ack, body: Payload) -> None:
        told = read(shape, body)
        if told is not None:
            take(told)
        ack()

    return listener


def _with(shape: type[Told], do: Callable[[Told], None]) -> Callable[[Payload], None]:
    def listener(body: Payload) -> None:
        told = read(shape, body)
        if told is not None:
            do(told)

    return listener


def _on_command(taking: Taking) -> Callable[[Ack, Payload], None]:
    def listener(ack: Ack, body: Payload) -> None:
        told = read(Command, body)
        if told is None or taking.command(told):
            ack()
            return
        usage = notice(taking.usage(told.command))
        ack(text=usage.text, blocks=list(usage.blocks), response_type="ephemeral")

    return listener
