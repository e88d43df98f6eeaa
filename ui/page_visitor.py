"""Who looks at the page: a browser is known again by a cookie that nobody can guess, and by nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers, MutableHeaders

from ui.page_address import read_address

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LANGUAGE: Final = "groundrule_language"
VISITOR: Final = "groundrule_visitor"
DAYS: Final = 180
_SECRET: Final = re.compile(r"[\w-]{32,64}", re.ASCII)


class PageVisitor:
    """ASGI middleware that tells what is inside on whose behalf a request comes (``state["owner"]``).

    Conversations belong to that owner. A browser that comes without the cookie gets one with its first
    document; the store knows only the hash of it. Which of ``languages`` an address named is remembered too.
    """

    def __init__(self, app: ASGIApp, languages: frozenset[str]) -> None:
        self._app = app
        self._languages = languages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes one request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        cookies = {}
        if not state.get("owner"):  # nobody who has logged in
            secret = cookie(Headers(scope=scope), VISITOR)
            if _SECRET.fullmatch(secret) is None:
                secret = cookies[VISITOR] = token_urlsafe(32)
            state["owner"] = owner_of(secret)
        language = read_address(scope["query_string"].decode("latin-1")).asked.get("lang", "")
        if language in self._languages:
            cookies[LANGUAGE] = language
        await self._app(scope, receive, _giving(send, cookies, secure=scope["scheme"] == "https"))


def owner_of(secret: str) -> str:
    """The owner of what the browser with this cookie said."""
    return f"page:{sha256(secret.encode()).hexdigest()[:40]}"


def cookie(headers: Headers, name: str) -> str:
    """The value of a cookie, empty when there is none or the header cannot be read."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def set_cookie(name: str, value: str, *, secure: bool, seconds: int) -> str:
    """The header that sets a cookie for this server alone, out of the reach of scripts."""
    rest = "; Secure" if secure else ""
    return f"{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{rest}"


def _giving(send: Send, cookies: Mapping[str, str], *, secure: bool) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            # Only a document: what it loads comes at the same time, and each would get another cookie.
            if headers.get("content-type", "").startswith("text/html"):
                for name, value in cookies.items():
                    header = set_cookie(name, value, secure=secure, seconds=DAYS * 24 * 3600)
                    headers.append("set-cookie", header)
        await send(message)

    return sending
