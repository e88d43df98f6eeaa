"""The web pages: the application that holds them, guarded."""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from fastapi import FastAPI

    from ui.page_login import LoginRules
    from ui.page_site import PageSite

_STATIC: Final = {"page.css": "text/css", "page.js": "text/javascript", "page.svg": "image/svg+xml"}


def web_app(site: PageSite, host: str, names: Iterable[str] = (), login: LoginRules | None = None) -> FastAPI:
    """The application for a server that listens at ``host``: the pages, their files, and the guard.

    ``names`` are more names that the server is called by. With ``login`` nobody is let in whom it does not
    know.
    """
    # Both are read when Gradio is imported: it must not call home, nor look anything up.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    # Gradio takes seconds to import; only the page needs it.
    from fastapi import FastAPI, Response
    from gradio import mount_gradio_app

    from ui.page_blocks import build
    from ui.page_document import DOCUMENT_STYLE_PATH, document_style
    from ui.page_documents import DOCUMENTS, document_routes
    from ui.page_guard import PageGuard, page_hosts
    from ui.page_index import PageIndex
    from ui.page_language import LANGUAGES, words_in
    from ui.page_theme import theme
    from ui.page_visitor import PageVisitor

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    static = {f"/page/{name}": (read_static(name), kind) for name, kind in _STATIC.items()}
    static[DOCUMENT_STYLE_PATH] = (document_style(), "text/css")

    @app.get("/page/{name}")
    def page_file(name: str) -> Response:
        content, kind = static[f"/page/{name}"]
        return Response(content, media_type=kind, headers={"cache-control": "no-cache"})

    app.include_router(document_routes(site))
    mount_gradio_app(
        app,
        build(site, words_in(site.language)),
        "/",
        theme=theme(),
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        enable_monitoring=False,
    )
    app.add_middleware(PageIndex, packs=site.packs, language=site.language)
    app.add_middleware(PageVisitor, languages=frozenset(LANGUAGES))
    own: tuple[str, ...] = (*static, *DOCUMENTS)
    if login is not None:
        from ui.page_login import LOGIN_PATH, LOGOUT_PATH, PageLogin

        app.add_middleware(PageLogin, rules=login, open_paths=frozenset(static), language=site.language)
        own = (*own, LOGIN_PATH, LOGOUT_PATH)
    app.add_middleware(PageGuard, hosts=page_hosts(host, names), own=own)
    return app


def read_static(name: str) -> bytes:
    """One of the page's own files, as it is shipped."""
    return files("ui").joinpath(name).read_bytes()
