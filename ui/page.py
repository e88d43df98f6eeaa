"""The web page: a server that holds the Ask page, guarded, until it is stopped."""

from __future__ import annotations

import os
import socket
import webbrowser
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import typer

from ui.errors import UsageError
from ui.page_words import ENGLISH, Words

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant import Assistant

FIRST_PORT: Final = 7860
PORTS_TRIED: Final = 50
_STATIC: Final = {"page.css": "text/css", "page.js": "text/javascript", "page.svg": "image/svg+xml"}


def serve(assistant: Assistant, host: str, port: int, open_browser: bool) -> None:
    """Serves the page at ``host`` and ``port`` until Ctrl-C, which goes on to the caller once all is closed.

    Port 0 takes the first free one from 7860 on. Prints the address, and opens it in the browser if asked.
    Raises :class:`UsageError` when it cannot listen there.
    """
    import uvicorn  # with Gradio and FastAPI it takes seconds to import

    with listen(host, port) as listening:
        config = uvicorn.Config(
            web_app(assistant, host),
            log_level="critical",
            # The page keeps a stream open for as long as it is shown; stopping does not wait for it.
            timeout_graceful_shutdown=1,
            server_header=False,
            ws="none",
        )
        address = page_address(host, listening.getsockname()[1])
        typer.echo(f"{assistant.pack.title}\nOpen {address}   (Ctrl-C stops it)")
        if open_browser:
            webbrowser.open(address)
        uvicorn.Server(config).run(sockets=[listening])


def web_app(assistant: Assistant, host: str, words: Words = ENGLISH) -> FastAPI:
    """The whole application for a server that listens at ``host``: the page, its files, and the guard."""
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
    app.add_middleware(PageGuard, hosts=page_hosts(host), own=(STYLE_PATH, SCRIPT_PATH, ICON_PATH))
    return app


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens at ``host`` and ``port``; port 0 takes the first free one from 7860 on.

    Raises :class:`UsageError` when the host is none of this machine's or no port is free.
    """
    ports = [port] if port else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED)
    refused = OSError()
    for tried in ports:
        try:
            family, kind, protocol, _, address = socket.getaddrinfo(host, tried, type=socket.SOCK_STREAM)[0]
            listening = socket.socket(family, kind, protocol)
        except OSError as error:
            refused = error
            break
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
            listening.listen(128)
        except OSError as error:
            listening.close()
            refused = error
        else:
            return listening
    where = f"{host}:{port}" if port else f"{host}:{FIRST_PORT}-{FIRST_PORT + PORTS_TRIED - 1}"
    reason = (refused.strerror or str(refused)).lower()
    remedy = "Stop what listens there, or name another place with --host and --port."
    raise UsageError(f"{where}: cannot listen there ({reason}).", remedy) from refused


def page_address(host: str, port: int) -> str:
    """Where a browser on this machine finds the page."""
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 (names, not a place to listen)
    return f"http://{name}:{port}"


def read_static(name: str) -> bytes:
    """One of the page's own files, as it is shipped."""
    return files("ui").joinpath(name).read_bytes()
