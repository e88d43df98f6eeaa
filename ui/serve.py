"""``groundrule serve``: the web page and the HTTP interface."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Annotated

import typer

from ui.errors import ExitCode
from ui.open_assistant import open_assistant
from ui.options import PackOption


def serve(
    host: Annotated[
        str, typer.Option("--host", help="Where to listen; the default is this machine alone.")
    ] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option(
            "--port", min=0, max=65535, help="By default the first free one from 7860 on.", show_default=False
        ),
    ] = 0,
    open_browser: Annotated[
        bool, typer.Option("--open/--no-open", help="Show the page in the browser.")
    ] = False,
    api_only: Annotated[
        bool, typer.Option("--api-only", help="Serve the HTTP interface without the page.")
    ] = False,
    name: Annotated[
        list[str] | None,
        typer.Option(
            "--name",
            metavar="HOST",
            help="Another name that this server is called by, as behind a proxy.",
            show_default=False,
        ),
    ] = None,
    require_key: Annotated[
        bool,
        typer.Option("--require-key", help="Ask for an API key on this machine too, as behind a proxy."),
    ] = False,
    rate: Annotated[
        str, typer.Option("--rate", help="How often one key, or one address, may ask the HTTP interface.")
    ] = "600/minute",
    seconds: Annotated[
        float, typer.Option("--seconds", min=1, max=600, help="How long one answer over HTTP may take.")
    ] = 60,
    pack: PackOption = None,
) -> int:
    """Open the web page and the HTTP interface."""
    from ui.http_serve import LOOPBACK, Serving, read_rate, serve_site, show_page

    read_rate(rate)
    need_key = require_key or host not in LOOPBACK
    _warn(host, need_key=need_key, page=not api_only)
    serving = Serving(host, port, tuple(name or ()), need_key, rate, seconds, page=not api_only)
    assistant = open_assistant(pack)
    from ui.open_store import open_store

    store = open_store()
    typer.echo("Starting (a few seconds) …", err=True)

    def opened(address: str) -> None:
        where = f"The HTTP interface is at {address}/v1" if api_only else f"Open {address}"
        typer.echo(f"{assistant.pack.title}\n{where}   (Ctrl-C stops it)")
        if open_browser and not api_only:
            show_page(address)

    # The server handles these two itself; a signal must end it, not leave it half stopped.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    serve_site(assistant, store, serving, opened)
    return ExitCode.OK


def _warn(host: str, *, need_key: bool, page: bool) -> None:
    from ui.http_serve import LOOPBACK
    from ui.key import keys_path
    from ui.key_file import read_keys

    if page and host not in LOOPBACK:
        typer.echo(
            f"Listening on {host}: whoever reaches this machine can use the page; it has no login.", err=True
        )
    path: Path = keys_path()
    if need_key and not read_keys(path):
        typer.echo(f"There is no API key in {path} yet. Next: groundrule key new NAME", err=True)
