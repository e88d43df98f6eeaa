"""The web page: the application that holds the Ask page, guarded."""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from ui.page_words import ENGLISH, Words

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant import Assistant

_STATIC: Final = {"page.css": "text/css", "page.js": "text/javascript", "page.svg": "image/svg+xml"}


def web_app(assistant: Assistant, host: str, names: Iterable[str] = (), words: Words = ENGLISH) -> FastAPI:
    """The application for a server that listens at ``host``: the page, its files, and the guard.

    ``names`` are more names that the server is called by.
    """
    # Both are read when Gradio is imported: it must not call home, nor look anything up.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    # Gradio takes seconds to import; only the page needs it.
    from fastapi import FastAPI, Response
    from gradio import mount_gradio_app

    from ui.page_blocks import build
    from ui.page_guard import PageGuard, page_hosts
    from ui.page_index import ICON_PATH, SCRIPT_PATH, STYLE_PATH, PageIndex
    from ui.page_theme import theme

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    static = {f"/page/{name}": (read_static(name), kind) for name, kind in _STATIC.items()}

    @app.get("/page/{name}")
    def page_file(name: str) -> Response:
        content, kind = static[f"/page/{name}"]
        return Response(content, media_type=kind, headers={"cache-control": "no-cache"})

    mount_gradio_app(
        app,
        build(assistant, words),
        "/",
        theme=theme(),
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        enable_monitoring=False,
    )
    app.add_middleware(PageIndex, title=assistant.pack.title, words=words)
    app.add_middleware(PageGuard, hosts=page_hosts(host, names), own=(STYLE_PATH, SCRIPT_PATH, ICON_PATH))
    return app


def read_static(name: str) -> bytes:
    """One of the page's own files, as it is shipped."""
    return files("ui").joinpath(name).read_bytes()
