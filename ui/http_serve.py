"""The server of page and HTTP interface, which listens until it is stopped."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

import typer

from ui.errors import UsageError
from ui.listen import listen, page_address
from ui.settings import Settings

if TYPE_CHECKING:
    from limits import RateLimitItem

    from assistant import ConversationStore
    from ui.http_site import Site
    from ui.http_traces import Traces
    from ui.page_login import LoginRules
    from ui.page_packs import Packs

LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Serving:
    """Where to listen and what to serve there.

    ``names`` are more names that this server is called by, as behind a proxy. With ``need_key`` no request to
    the HTTP interface is answered without a key. ``rate`` is what one caller may ask, such as "600/minute",
    and ``seconds`` what one answer may take. ``language`` is that of the page, empty for what each browser
    asks for; ``maintained`` shows the pages for those who keep the packs, with the ``runs``
    in that folder. With ``login`` nobody uses the page whom it does not know.
    """

    host: str
    port: int
    names: tuple[str, ...] = ()
    need_key: bool = True
    rate: str = "600/minute"
    seconds: float = 60
    page: bool = True
    language: str = ""
    maintained: bool = False
    runs: Path = Path("runs")
    login: LoginRules | None = None


def serve_site(
    packs: Packs, store: ConversationStore, serving: Serving, opened: Callable[[str], None]
) -> None:
    """Serves until Ctrl-C, which goes on to the caller once all is closed.

    Port 0 takes the first free one from 7860 on. ``opened`` is called with the address once it is listened
    at. Raises :class:`UsageError` when it cannot listen there.
    """
    from threadpoolctl import threadpool_limits

    from ui.http_server import Server  # uvicorn, with FastAPI and Gradio, takes seconds to import
    from ui.http_traces import open_traces

    with listen(serving.host, serving.port) as listening:
        traces = open_traces()
        site = build_site(packs, store, serving, traces)
        # A proxy that names users is known by its own address, which none of its headers may replace.
        by_proxy = serving.login is not None and bool(serving.login.header)
        server = Server(site, serving.seconds, traces, believe_proxies=not by_proxy)
        opened(page_address(serving.host, listening.getsockname()[1]))
        # Requests have a thread each; where every product of theirs takes all cores, they hinder one another.
        with threadpool_limits(1):
            server.run(sockets=[listening])


def build_site(
    packs: Packs,
    store: ConversationStore,
    serving: Serving,
    traces: Traces | None = None,
    log_to: TextIO | None = None,
) -> Site:
    """The application that is served: the interface behind its gate, beside the page behind its guard.

    The page shows all of ``packs``, the interface answers from the first. Requests are logged to ``log_to``,
    by default standard error.
    """
    from ui.http_app import http_app
    from ui.http_backend import Backend, Workers
    from ui.http_gate import Gate, GateRules
    from ui.http_log import request_log
    from ui.http_measures import Measures
    from ui.http_site import Site
    from ui.key import keys_path
    from ui.key_file import KeyRing
    from ui.mcp_server import mcp_app, mcp_server
    from ui.page_guard import page_hosts

    assistant = packs.adviser()
    if traces is not None:
        assistant = assistant.watched(traces.step)
    log, measures = request_log(log_to), Measures()
    backend = Backend(assistant, store, Workers(serving.seconds))
    interface = http_app(backend, log, measures)
    tools = mcp_app(mcp_server(assistant, backend.workers))
    interface.router.routes.extend(tools.routes)
    rules = GateRules(
        page_hosts(serving.host, serving.names),
        KeyRing(keys_path()),
        serving.need_key,
        read_rate(serving.rate),
    )
    gate = Gate(interface, rules, measures, log, traces)
    if not serving.page:
        return Site(gate, None, (interface, tools))
    from ui.page import web_app  # Gradio takes seconds to import
    from ui.page_site import PageSite

    by_password = serving.login is not None and not serving.login.header
    pages = PageSite(packs, store, serving.maintained, serving.language, by_password, serving.runs)
    page = web_app(pages, serving.host, serving.names, serving.login)
    return Site(gate, page, (interface, tools, page))


def read_rate(rate: str) -> RateLimitItem:
    """The rate that ``rate`` says. Raises :class:`UsageError` when it says none."""
    from limits import parse

    try:
        return parse(rate)
    except ValueError as error:
        raise UsageError(f"{rate!r} is no rate.", "write it as --rate 600/minute") from error


def show_page(address: str) -> None:
    """Opens ``address`` in the browser, where there is a screen to show one on."""
    if not Settings.from_environment().screen:
        return
    typer.echo(f"Opening {address} …", err=True)
    webbrowser.open(address)
