"""The adviser in Slack, which listens until it is stopped: over HTTP, or over a socket that it opens."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING

from assistant import StoreError
from ui.listen import listen, page_address
from ui.settings import Settings
from ui.slack_app import Listening, slack_app
from ui.slack_client import identity_of, open_client, secrets_of, slack_of
from ui.slack_do import Desk, do_errand
from ui.slack_manifest import PATH
from ui.slack_work import Work

if TYPE_CHECKING:
    from slack_bolt import App
    from starlette.applications import Starlette

    from assistant import Assistant, ConversationStore, Task
    from ui.slack_client import Secrets

Opened = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class SlackDoor:
    """The door, ready to listen: the Bolt app, who does its work, and whether the store answers."""

    app: App
    work: Work
    secrets: Secrets
    ready: Callable[[], bool]

    @property
    def site(self) -> Starlette:
        """The application that listens to Slack over HTTP."""
        from ui.slack_http import slack_site

        return slack_site(self.app, self.secrets.signing_secret, self.work, self.ready)


def open_door(
    assistant: Assistant, store: ConversationStore, settings: Settings, *, socket: bool
) -> SlackDoor:
    """The door with the secrets of ``settings``, which Slack is asked about once.

    Raises :class:`ui.errors.ConfigurationError` and :class:`ui.errors.ServiceError`.
    """
    secrets = secrets_of(settings, socket=socket)
    client = open_client(secrets, settings.slack_api)
    identity = identity_of(client)
    inbox = store.inbox
    desk = Desk(assistant, store, inbox, slack_of(client, identity.bot_user))

    def do(task: Task) -> None:
        do_errand(desk, task)

    def ready() -> bool:
        try:
            inbox.knows("")
        except StoreError:
            return False
        return True

    work = Work(inbox, do)
    signing = "" if socket else secrets.signing_secret
    return SlackDoor(slack_app(desk, work.wake, Listening(client, identity, signing)), work, secrets, ready)


def serve_http(door: SlackDoor, host: str, port: int, opened: Opened) -> None:
    """Listens at ``host`` and ``port`` until Ctrl-C or SIGTERM; what was begun is finished then."""
    import uvicorn
    from threadpoolctl import threadpool_limits

    # Answers are computed beside: an acknowledgement shall not wait five milliseconds for each of them.
    sys.setswitchinterval(0.001)
    with listen(host, port) as listening:
        config = uvicorn.Config(
            door.site, log_level="critical", server_header=False, ws="none", timeout_graceful_shutdown=10
        )
        opened(page_address(host, listening.getsockname()[1]) + PATH)
        # Answers have a thread each; where every product of theirs takes all cores, they hinder one another.
        with threadpool_limits(1):
            uvicorn.Server(config).run(sockets=[listening])


def serve_socket(door: SlackDoor, opened: Opened, until: threading.Event) -> None:
    """Listens over a socket that it opens to Slack, until ``until`` is set or Ctrl-C.

    Raises :class:`ui.errors.ConfigurationError` when Slack refuses the app-level token, and
    :class:`ui.errors.ServiceError` when it is not there.
    """
    from slack_bolt.adapter.socket_mode import SocketModeHandler
    from slack_sdk.errors import SlackApiError

    from ui.errors import ConfigurationError, ServiceError

    handler = SocketModeHandler(door.app, door.secrets.app_token)
    try:
        handler.client.connect()
    except SlackApiError as error:
        problem = f"Slack refuses GROUNDRULE_SLACK_APP_TOKEN ({error.response.get('error', '')})."
        remedy = 'make one with the scope connections:write at api.slack.com/apps, "App-Level Tokens"'
        raise ConfigurationError(problem, remedy) from error
    except (OSError, HTTPException) as error:
        remedy = "see that this machine may connect to slack.com"
        raise ServiceError(f"Slack cannot be reached ({error}).", remedy) from error
    door.work.start()
    opened("Slack")
    try:
        while not until.wait(1):
            pass
    finally:
        handler.client.close()
        door.work.stop()
