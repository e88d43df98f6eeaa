"""What stands between the network and the page: only its own requests come in, and nothing goes out.

Gradio opens far more than a page needs (uploads, files, a proxy, an API, its settings), and by default a text
in a message can make the browser call elsewhere. So the paths that the page uses are named here, every answer
carries a Content-Security-Policy, and a foreign ``Host`` or ``Origin`` is refused.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from ipaddress import ip_address
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES: Final = 4_000_000  # of a request's body; far above any message that is answered
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_GRADIO_PATHS: Final = re.compile(
    r"/|/theme\.css|/favicon\.ico|/(?:assets|static)/[\w./-]+"
    r"|/gradio_api/(?:queue/(?:join|data)|heartbeat/\w+|app_id)"
)
# On the Ask page `unsafe-eval` serves Gradio's HTML component, which compiles its template; scripts still
# come from this server alone or carry the nonce of this one page, so text that becomes HTML cannot run.
_POLICY: Final = (
    "default-src 'none'; script-src 'self'{more}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_HEADERS: Final = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


class HostNames:
    """The names that a server answers to.

    One that listens beyond this machine, ``beyond``, answers to any address too, since only a name can be
    pointed here by somebody else.
    """

    def __init__(self, hosts: Iterable[str], *, beyond: bool) -> None:
        self._hosts = frozenset(hosts)
        self._beyond = beyond

    def know(self, host: str) -> bool:
        """Whether the ``Host`` of a request is one of them."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return name in self._hosts or (self._beyond and _is_address(name))


def page_hosts(host: str, names: Iterable[str] = ()) -> HostNames:
    """The names under which a server that listens at ``host`` may be called; ``names`` are more of them."""
    more = {name.casefold() for name in names}
    if host in LOOPBACK:
        return HostNames(LOOPBACK | more, beyond=False)
    return HostNames(LOOPBACK | {host.casefold(), socket.gethostname().casefold()} | more, beyond=True)


class PageGuard:
    """ASGI middleware around the whole application.

    ``hosts`` are the names it answers to. ``own`` are the paths of the application's own routes.
    """

    def __init__(self, app: ASGIApp, hosts: HostNames, own: Iterable[str] = ()) -> None:
        self._app = app
        self._hosts = hosts
        self._own = frozenset(own)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers or refuses one request."""
        if scope["type"] != "http":
            # The page opens no web socket.
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        nonce = token_urlsafe(18)
        guarded = _with_headers(send, nonce if scope["path"] == "/" else "")
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, guarded)
            return
        scope.setdefault("state", {})["nonce"] = nonce
        await self._app(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        if not self._hosts.know(headers.get("host", "")):
            return PlainTextResponse("This address is not served here.", 421)
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc.casefold() != headers["host"].casefold():
            return PlainTextResponse("Other pages may not call this one.", 403)
        if scope["path"] not in self._own and not _GRADIO_PATHS.fullmatch(scope["path"]):
            return PlainTextResponse("There is nothing here.", 404)
        if scope["method"] not in ("GET", "HEAD") and not _fits(headers.get("content-length", "")):
            return PlainTextResponse("That is more than a message can hold.", 413)
        return None


def _fits(length: str) -> bool:
    # A body that does not say how long it is could be endless; browsers always say it.
    return length.isascii() and length.isdigit() and int(length) <= MOST_BYTES


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _with_headers(send: Send, nonce: str) -> Send:
    policy = _POLICY.format(more=f" 'unsafe-eval' 'nonce-{nonce}'" if nonce else "")

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["content-security-policy"] = policy
            headers.update(_HEADERS)
        await send(message)

    return sending
