"""What stands between the network and the HTTP interface: who may ask, how often, and how much at once.

Every answer carries a request id, and every request leaves one line in the log and its counts; neither holds
a word of what was asked or answered.
"""

from __future__ import annotations

import re
import time
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from uuid import uuid4

import anyio
from limits import RateLimitItem
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.datastructures import Headers, MutableHeaders

from ui.errors import DoorError
from ui.http_problem import RefusedError, refusal
from ui.key_file import OURS, KeyRing
from ui.page_guard import HostNames

if TYPE_CHECKING:
    from opentelemetry.trace import Span
    from starlette.types import ASGIApp, Message, Receive, Scope, Send
    from structlog.typing import FilteringBoundLogger

    from ui.http_measures import Measures
    from ui.http_traces import Traces

MOST_BYTES: Final = (
    1_000_000  # of a body: a long chat, sent whole with every message, and far above a message
)
BODY_SECONDS: Final = 30  # in which a body must be here
OPEN_PATHS: Final = frozenset({"/livez", "/readyz"})  # a balancer asks these, and has no key
LOCAL_OWNER: Final = "local"  # keyless; no key can be named so, since their owners begin with "key:"
_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})


@dataclass(frozen=True, slots=True)
class GateRules:
    """``hosts`` are the names that are answered to. With ``need_key`` nobody asks without a key."""

    hosts: HostNames
    keys: KeyRing
    need_key: bool
    rate: RateLimitItem


@dataclass(slots=True)
class _Passing:
    """One request on its way: what the log and the measures tell of it at the end."""

    id: str
    owner: str = ""
    status: int = 0
    size: int = 0


class Gate:
    """ASGI middleware around the whole HTTP interface."""

    def __init__(
        self,
        app: ASGIApp,
        rules: GateRules,
        measures: Measures,
        log: FilteringBoundLogger,
        traces: Traces | None = None,
    ) -> None:
        self._app = app
        self._rules = rules
        self._measures = measures
        self._log = log
        self._traces = traces
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers or refuses one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        named = Headers(scope=scope).get("x-request-id", "")
        passing = _Passing(named if _REQUEST_ID.fullmatch(named) else uuid4().hex)
        started = time.perf_counter()
        with self._traces.request(scope) if self._traces else nullcontext() as span:
            try:
                with self._measures.open.track_inprogress():
                    await self._pass(scope, receive, _sending(send, passing), passing)
            finally:
                self._tell(scope, passing, time.perf_counter() - started, span)

    async def _pass(self, scope: Scope, receive: Receive, send: Send, passing: _Passing) -> None:
        state = scope.setdefault("state", {})
        state["request_id"] = passing.id
        try:
            state["owner"] = passing.owner = self._admit(scope)
            body = await _body(scope, receive, passing)
        except RefusedError as error:
            await refusal(error, scope["path"], passing.id)(scope, receive, send)
            return
        await self._app(scope, _again(body, receive), send)

    def _admit(self, scope: Scope) -> str:
        """The owner on whose behalf is asked. Raises :class:`RefusedError`."""
        headers = Headers(scope=scope)
        if not self._rules.hosts.know(headers.get("host", "")):
            raise RefusedError(421, "This address is not served here.")
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc.casefold() != headers["host"].casefold():
            raise RefusedError(403, "Other pages may not call this server.")
        if scope["path"] in OPEN_PATHS:
            return ""
        caller = f"at:{(scope.get('client') or ('unknown',))[0]}"
        try:
            owner = self._owner(headers)
        except RefusedError:
            self._count(caller)  # so that keys cannot be guessed at speed
            raise
        self._count(caller if owner == LOCAL_OWNER else owner)
        return owner

    def _owner(self, headers: Headers) -> str:
        scheme, _, secret = headers.get("authorization", "").partition(" ")
        secret = secret.strip() if scheme.casefold() == "bearer" else ""
        try:
            name = self._rules.keys.name_of(secret) if secret else None
        except DoorError as error:
            raise RefusedError(503, f"The API keys cannot be read. {error.remedy}") from error
        if name is not None:
            return f"key:{name}"
        # Clients of OpenAI's interface send a key always, whatever it is; one of ours was meant as one.
        if self._rules.need_key or secret.startswith(OURS):
            problem = "This API key is not known." if secret else "An API key is needed."
            raise RefusedError(
                401, f"{problem} Send “Authorization: Bearer …”; `groundrule key new` makes one."
            )
        return LOCAL_OWNER

    def _count(self, who: str) -> None:
        if not self._limiter.hit(self._rules.rate, who):
            free = self._limiter.get_window_stats(self._rules.rate, who).reset_time
            after = max(1, round(free - time.time()))
            raise RefusedError(429, f"More than {self._rules.rate}. Try again in {after} s.", after=after)

    def _tell(self, scope: Scope, passing: _Passing, seconds: float, span: Span | None) -> None:
        route = getattr(scope.get("route"), "path", "") or "none"
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._measures.request(route, method, passing.status, seconds)
        if span is not None:
            span.update_name(f"{method} {route}")
            told = {"http.request.method": method, "http.route": route, "groundrule.request_id": passing.id}
            span.set_attributes(told | {"http.response.status_code": passing.status})
        self._log.info(
            "request",
            request_id=passing.id,
            method=method,
            route=route,
            status=passing.status,
            ms=round(seconds * 1000, 1),
            owner=passing.owner,
            bytes_in=passing.size,
        )


async def _body(scope: Scope, receive: Receive, passing: _Passing) -> bytes:
    """The whole body. Raises :class:`RefusedError` when it is too large or too slow."""
    told = Headers(scope=scope).get("content-length", "0")
    if not told.isascii() or not told.isdigit() or int(told) > MOST_BYTES:
        raise RefusedError(413, f"At most {MOST_BYTES:,} bytes are read.")
    parts: list[bytes] = []
    more = True
    try:
        with anyio.fail_after(BODY_SECONDS):
            while more:
                message = await receive()
                parts.append(message.get("body", b""))
                passing.size += len(parts[-1])
                more = message.get("more_body", False)
                if passing.size > MOST_BYTES:
                    raise RefusedError(413, f"At most {MOST_BYTES:,} bytes are read.")
    except TimeoutError as error:
        raise RefusedError(408, f"The body took longer than {BODY_SECONDS} s.") from error
    return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """Gives ``body``, and after it what ``receive`` still has to say: that the caller went away."""
    given = False

    async def receiving() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receiving


def _sending(send: Send, passing: _Passing) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            passing.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers["x-request-id"] = passing.id
            headers["x-content-type-options"] = "nosniff"
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return sending
