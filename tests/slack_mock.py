"""A mock of Slack on loopback, and the real door of Slack beside it: nothing of the door is replaced."""

import asyncio
import hashlib
import hmac
import itertools
import json
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

import httpx
import uvicorn
from fastapi import FastAPI, Request, Response, WebSocket

from assistant import ConversationStore
from ui.listen import listen, page_address
from ui.settings import Settings
from ui.slack_serve import open_door

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TEAM, BOT, BOT_ID = "T1", "UBOT", "BBOT"
CHANNEL, DIRECT = "C1", "D1"
ANA, BEN = "UANA", "UBEN"

_events = itertools.count(1)
_clock = itertools.count(1_800_000_000)


@dataclass
class Slack:
    """What was called, in order, and how the mock behaves meanwhile."""

    address: str = ""
    calls: list = field(default_factory=list)
    posted: list = field(default_factory=list)
    answered: Counter = field(default_factory=Counter)  # by thread; an answer may have several messages
    responses: list = field(default_factory=list)
    down: bool = False
    limited: int = 0  # calls still to be answered with 429
    lost: int = 0  # posts still to be taken and answered with 500
    held: bool = False  # posts are taken, and their answer waits
    refusal: str = ""
    inbound: list = field(default_factory=list)
    acknowledged: list = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def record(self, method, arguments):
        with self.changed:
            self.calls.append((time.monotonic(), method, arguments))
            self.changed.notify_all()

    def of(self, method):
        """The arguments of every call of `method` so far."""
        return [arguments for _, name, arguments in self.calls if name == method]

    def wait(self, condition, seconds=60):
        """Waits until `condition()` holds; the calls so far when it never does."""
        with self.changed:
            assert self.changed.wait_for(condition, seconds), self.calls

    def messages(self, count):
        """The first `count` posted messages, once there are as many."""
        self.wait(lambda: len(self.posted) >= count)
        return self.posted

    def called(self, method, count=1):
        """The arguments of the first calls of `method`, once there are `count`."""
        self.wait(lambda: len(self.of(method)) >= count)
        return self.of(method)


def mock_app(slack):
    app = FastAPI()

    @app.post("/api/{method}")
    async def method(method: str, request: Request):
        sort = request.headers.get("content-type", "")
        arguments = await request.json() if "json" in sort else dict(await request.form())
        arguments |= dict(request.query_params)
        if slack.down and method != "auth.test":
            slack.record(f"{method} (down)", arguments)
            return Response(status_code=503)
        if slack.limited and method == "chat.postMessage":
            slack.limited -= 1
            slack.record(f"{method} (limited)", arguments)
            return Response(
                '{"ok": false, "error": "ratelimited"}', 429, {"Retry-After": "1"}, "application/json"
            )
        answer = _answer(slack, method, arguments)
        slack.record(method, arguments)
        if slack.lost and method == "chat.postMessage":
            slack.lost -= 1
            return Response(status_code=500)
        while slack.held and method == "chat.postMessage":
            await asyncio.sleep(0.01)
        return answer

    @app.post("/respond/{user}")
    async def respond(user: str, request: Request):
        with slack.changed:
            slack.responses.append((user, await request.json()))
            slack.changed.notify_all()
        return Response("ok")

    @app.websocket("/socket")
    async def socket(websocket: WebSocket):
        await websocket.accept()
        await websocket.send_text(json.dumps({"type": "hello", "num_connections": 1}))
        for envelope in slack.inbound:
            await websocket.send_text(json.dumps(envelope))
            told = json.loads(await websocket.receive_text())
            with slack.changed:
                slack.acknowledged.append(told["envelope_id"])
                slack.changed.notify_all()
        while True:
            await websocket.receive()

    return app


def _answer(slack, method, arguments):
    if method == "auth.test":
        return {"ok": True, "team_id": TEAM, "user_id": BOT, "bot_id": BOT_ID}
    if method == "apps.connections.open":
        return {"ok": True, "url": slack.address.replace("http", "ws") + "/socket"}
    if method == "chat.postMessage":
        if slack.refusal:
            return {"ok": False, "error": slack.refusal}
        channel = DIRECT if arguments["channel"].startswith("U") else arguments["channel"]
        ts = f"{next(_clock)}.000100"
        with slack.changed:
            slack.posted.append(arguments | {"channel": channel, "ts": ts, "bot_id": BOT_ID})
            slack.answered[arguments.get("thread_ts")] += "#0" in json.dumps(arguments.get("metadata"))
        return {"ok": True, "channel": channel, "ts": ts}
    if method == "conversations.replies":
        found = [one for one in slack.posted if one.get("thread_ts") == arguments["ts"]]
        return {"ok": True, "messages": found, "response_metadata": {"next_cursor": ""}}
    if method == "chat.getPermalink":
        return {"ok": True, "permalink": f"https://example.slack.com/{arguments['message_ts']}"}
    return {"ok": True}


@contextmanager
def listening(app):
    """The address at which `app` answers until the block ends."""
    with listen("127.0.0.1", 0) as socket:
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=2))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]})
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        try:
            yield page_address("127.0.0.1", socket.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def mocked():
    """A mock of Slack that answers until the block ends."""
    slack = Slack()
    with listening(mock_app(slack)) as address:
        slack.address = address
        yield slack


def settings(slack):
    """The settings of a door that talks to the mock."""
    own = Settings.from_environment()
    given = {name: getattr(own, name) for name in Settings.__slots__}
    return Settings(
        **given
        | {
            "slack_signing_secret": SECRET,
            "slack_bot_token": "xoxb-1",
            "slack_app_token": "xapp-1",
            "slack_api": f"{slack.address}/api",
        }
    )


@dataclass
class Sender:
    """Sends to the door what Slack would send, signed as Slack signs."""

    address: str
    slack: Slack
    client: httpx.Client | None = None

    def event(self, event, event_id=None, **headers):
        payload = {
            "type": "event_callback",
            "token": "z",
            "team_id": TEAM,
            "api_app_id": "A1",
            "event_id": event_id or f"Ev{next(_events)}",
            "event_time": 1,
            "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True, "enterprise_id": None}],
            "event": event,
        }
        return self.json(payload, **headers)

    def mention(self, text, *, ts=None, thread=None, user=ANA, event_id=None, **more):
        return self.event(mention(text, ts=ts, thread=thread, user=user, **more), event_id)

    def message(self, text, *, ts=None, thread=None, user=ANA, channel=CHANNEL, event_id=None, **more):
        event = {"type": "message", "channel": channel, "user": user, "text": text, "ts": ts or moment()}
        event |= {"channel_type": "im" if channel == DIRECT else "channel"}
        return self.event(event | ({"thread_ts": thread} if thread else {}) | more, event_id)

    def click(self, message, words, user=ANA):
        """Clicks the button of a posted `message` that says `words`."""
        button = next(one for one in buttons(message) if one["text"]["text"] == words)
        return self.act(message, button["action_id"], button["value"], user)

    def act(self, message, action, value, user=ANA):
        payload = {
            "type": "block_actions",
            "user": {"id": user, "team_id": TEAM},
            "team": {"id": TEAM, "domain": "d"},
            "api_app_id": "A1",
            "token": "z",
            "trigger_id": f"{next(_events)}.1.abc",
            "container": {"type": "message", "message_ts": message["ts"], "channel_id": message["channel"]},
            "channel": {"id": message["channel"], "name": "n"},
            "response_url": f"{self.slack.address}/respond/{user}",
            "actions": [
                {
                    "type": "button",
                    "block_id": "b",
                    "action_id": action,
                    "value": value,
                    "action_ts": moment(),
                }
            ],
        }
        return self.form({"payload": json.dumps(payload)})

    def submit(self, view, values, user=ANA):
        """Sends the opened form `view` with `values`: by block, then by action."""
        sent = view | {"id": f"V{next(_events)}", "state": {"values": values}}
        payload = {"type": "view_submission", "team": {"id": TEAM}, "user": {"id": user}, "view": sent}
        return self.form({"payload": json.dumps(payload | {"token": "z", "trigger_id": "1.1.a"})})

    def command(self, text, user=ANA):
        return self.form(
            {
                "command": "/groundrule",
                "text": text,
                "team_id": TEAM,
                "channel_id": CHANNEL,
                "user_id": user,
                "trigger_id": f"{next(_events)}.2.abc",
                "response_url": f"{self.slack.address}/respond/{user}",
            }
        )

    def json(self, payload, **headers):
        return self.raw(json.dumps(payload).encode(), "application/json", **headers)

    def form(self, fields):
        return self.raw(urlencode(fields).encode(), "application/x-www-form-urlencoded")

    def raw(self, body, content_type, *, at=None, secret=SECRET, **headers):
        signed = signature(body, at, secret) | {"content-type": content_type}
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        post = self.client.post if self.client else httpx.post
        return post(f"{self.address}/slack/events", content=body, headers=signed | told, timeout=60)


def mention(text, *, ts=None, thread=None, user=ANA, channel=CHANNEL, **more):
    event = {"type": "app_mention", "channel": channel, "user": user, "ts": ts or moment(), "team": TEAM}
    return event | {"text": f"<@{BOT}> {text}"} | ({"thread_ts": thread} if thread else {}) | more


def moment():
    """The next moment, as Slack writes it."""
    return f"{next(_clock)}.000200"


def signature(body, at=None, secret=SECRET):
    """The headers that Slack signs `body` with."""
    timestamp = str(int(time.time()) if at is None else at)
    signed = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256)
    return {"x-slack-request-timestamp": timestamp, "x-slack-signature": f"v0={signed.hexdigest()}"}


def buttons(message):
    """Every button that stands in rows under a message."""
    rows = (block["elements"] for block in message["blocks"] if block["type"] == "actions")
    return [button for row in rows for button in row]


def words(message):
    """The text that a message shows."""
    shown = (block["text"]["text"] for block in message["blocks"] if block["type"] == "section")
    return "\n".join(shown)


@contextmanager
def door(assistant, store, slack):
    """The door of Slack over HTTP, with a store of its own connection."""
    opened = ConversationStore.open(store)
    try:
        site = open_door(assistant, opened, settings(slack), socket=False).site
        with listening(site) as address, httpx.Client() as client:
            yield Sender(address, slack, client)
    finally:
        opened.close()
