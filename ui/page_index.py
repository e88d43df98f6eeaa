"""The HTML document that Gradio serves, made this product's own: title, language, style and script."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers, MutableHeaders

from ui.page_address import read_address
from ui.page_language import language_of, words_in
from ui.page_packs import Packs
from ui.page_words import Words

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

STYLE_PATH: Final = "/page/page.css"
SCRIPT_PATH: Final = "/page/page.js"
ICON_PATH: Final = "/page/page.svg"

# Cards for other sites that name Gradio and its addresses, and a manifest that does the same.
_STRANGERS: Final = re.compile(
    r'<meta\s[^>]*?(?:property="og:|name="twitter:)[^>]*>|<link rel="manifest"[^>]*>'
)


def dress(document: str, title: str, nonce: str, words: Words) -> str:
    """``document`` with the page's own head, and the nonce on every script that it brings.

    Everything that Gradio writes into its scripts is JSON with ``<`` escaped, so each ``<script`` in the
    document is one of its own.
    """
    head = (
        f"<title>{escape(title)}</title>"
        f'<meta name="description" content="{escape(words.description)}">'
        f'<link rel="icon" type="image/svg+xml" href="{ICON_PATH}">'
        f'<link rel="stylesheet" href="{STYLE_PATH}">'
        f'<script src="{SCRIPT_PATH}" defer></script>'
    )
    dressed = _STRANGERS.sub("", document)
    dressed = re.sub(r'(<html\b[^>]*?\blang=")[^"]*', rf"\g<1>{escape(words.language)}", dressed, count=1)
    dressed = dressed.replace("</head>", f"{head}</head>", 1)
    return dressed.replace("<script", f'<script nonce="{escape(nonce)}"')


class PageIndex:
    """ASGI middleware that dresses the document at ``/`` and lets everything else pass."""

    def __init__(self, app: ASGIApp, packs: Packs, language: str = "") -> None:
        self._app = app
        self._packs = packs
        self._language = language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        # Compressed, the document could not be read here.
        headers = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        whole = _Whole()
        await self._app({**scope, "headers": headers}, receive, whole.take)
        query = scope["query_string"].decode("latin-1")
        title = self._packs.adviser(read_address(query).pack).pack.title
        words = words_in(language_of(Headers(scope=scope), query, self._language))
        body = dress(whole.body.decode("utf-8"), title, scope["state"]["nonce"], words).encode()
        outgoing = MutableHeaders(scope=whole.start)
        outgoing["content-length"] = str(len(body))
        outgoing["cache-control"] = "no-store"  # the nonce is good for this answer alone
        await send(whole.start)
        await send({"type": "http.response.body", "body": body})


class _Whole:
    """Holds back an answer until all of it is there."""

    def __init__(self) -> None:
        self.start: Message = {}
        self.body = b""

    async def take(self, message: Message) -> None:
        """Takes one part of the answer."""
        if message["type"] == "http.response.start":
            self.start = message
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")
