"""Who may use the page beyond this machine: users with a password, or those whom a proxy names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, quote

from anyio import to_thread
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from ui.html_tags import tag, text
from ui.page_language import language_of, words_in
from ui.page_top import MARK
from ui.page_visitor import cookie, set_cookie
from ui.user_file import LOGIN_SECONDS, Users, log_in, logged_in, read_users

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from ui.page_words import Words

LOGIN: Final = "groundrule_login"
LOGIN_PATH: Final = "/login"
LOGOUT_PATH: Final = "/logout"
TRIES: Final = parse("10/minute")  # of one address, so that passwords cannot be guessed at speed
MOST_BYTES: Final = 10_000  # of a login form


@dataclass(frozen=True, slots=True)
class LoginRules:
    """How users are known.

    ``users`` is the file of those with a password. Where ``header`` is named, it is a proxy at the address
    ``proxy`` that knows them, and tells each by that header; whoever comes another way is refused.
    """

    users: Path
    header: str = ""
    proxy: str = ""


class PageLogin:
    """ASGI middleware that lets in nobody whom it does not know, but to what the login page needs.

    ``open_paths`` are those.
    """

    def __init__(
        self, app: ASGIApp, rules: LoginRules, open_paths: frozenset[str], language: str = ""
    ) -> None:
        self._app = app
        self._rules = rules
        self._open = open_paths
        self._language = language
        self._tries = MovingWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes one request on, or answers it with the login."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = self._name(scope)
        if name:
            scope.setdefault("state", {})["owner"] = f"user:{name}"
        answer = await self._answer(Request(scope, receive), known=bool(name))
        await (answer or self._app)(scope, receive, send)

    async def _answer(self, request: Request, *, known: bool) -> Response | None:
        path = request.url.path
        if self._rules.header:
            return (
                None if known else PlainTextResponse("The proxy in front of this server names no user.", 403)
            )
        if path == LOGIN_PATH:
            return await self._login(request)
        if path == LOGOUT_PATH:
            return _with_login(RedirectResponse(LOGIN_PATH, 303), "", request, seconds=0)
        if known or path in self._open:
            return None
        if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
            wanted = path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(f"{LOGIN_PATH}?next={quote(wanted, safe='')}", 303)
        return PlainTextResponse("Log in first.", 401)

    def _name(self, scope: Scope) -> str:
        headers = Headers(scope=scope)
        if self._rules.header:
            peer = (scope.get("client") or ("", 0))[0]
            return headers.get(self._rules.header, "").strip()[:100] if peer == self._rules.proxy else ""
        login = cookie(headers, LOGIN)
        users = read_users(self._rules.users) if login else None
        return (logged_in(users, login) or "") if users else ""

    async def _login(self, request: Request) -> Response:
        words = words_in(language_of(request.headers, request.url.query, self._language))
        if request.method != "POST":
            return _form(words, request.query_params.get("next", ""), "")
        body = await request.body() if int(request.headers.get("content-length", "0")) <= MOST_BYTES else b""
        given = dict(parse_qsl(body.decode("utf-8", "replace")))
        wanted = given.get("next", "")
        if not self._tries.hit(TRIES, request.client.host if request.client else ""):
            return _form(words, wanted, words.login_often, 429)
        users = read_users(self._rules.users) or Users()
        # Hashing takes a fifth of a second, in which others are answered.
        login = await to_thread.run_sync(log_in, users, given.get("name", ""), given.get("password", ""))
        if login is None:
            return _form(words, wanted, words.login_wrong, 403)
        # Only a path of this server: an address elsewhere could be anybody's.
        inside = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
        return _with_login(RedirectResponse(wanted if inside else "/", 303), login, request)


def _with_login(answer: Response, login: str, request: Request, seconds: int = LOGIN_SECONDS) -> Response:
    secure = request.url.scheme == "https"
    answer.headers.append("set-cookie", set_cookie(LOGIN, login, secure=secure, seconds=seconds))
    return answer


def _form(words: Words, wanted: str, problem: str, status: int = 200) -> Response:
    fields = "".join(
        tag("label", text(label), tag("input", type=kind, name=name, autocomplete=complete, required=""))
        for label, name, kind, complete in (
            (words.login_name, "name", "text", "username"),
            (words.login_word, "password", "password", "current-password"),
        )
    )
    form = tag(
        "form",
        tag("p", text(problem), role="alert", class_="notice") if problem else "",
        fields,
        tag("input", type="hidden", name="next", value=wanted),
        tag("button", text(words.login), type="submit", class_="primary"),
        method="post",
        action=LOGIN_PATH,
        class_="login",
    )
    head = (
        tag("meta", charset="utf-8")
        + tag("meta", name="viewport", content="width=device-width, initial-scale=1")
        # Without a referrer a sent form would not tell where it comes from, and the guard refuses it.
        + tag("meta", name="referrer", content="same-origin")
        + tag("title", text(words.login))
        + tag("link", rel="icon", type="image/svg+xml", href="/page/page.svg")
        + tag("link", rel="stylesheet", href="/page/document.css")
    )
    brand = tag("div", MARK, class_="brand", aria_hidden="true")
    main = tag("main", tag("div", brand, tag("h1", text(words.login)), form, class_="login-card"))
    page = f'<!doctype html>\n<html lang="{words.language}"><head>{head}</head><body>{main}</body></html>\n'
    return HTMLResponse(page, status, headers={"cache-control": "no-store"})
