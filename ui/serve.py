"""``groundrule serve``: the web page."""

from __future__ import annotations

import signal
from typing import Annotated

import typer

from ui.errors import ExitCode
from ui.open_assistant import open_assistant
from ui.options import PackOption

LOOPBACK = ("127.0.0.1", "localhost", "::1")


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
    pack: PackOption = None,
) -> int:
    """Open the web page."""
    if host not in LOOPBACK:
        typer.echo(f"Listening on {host}: whoever reaches this machine can ask; there is no login.", err=True)
    assistant = open_assistant(pack)
    typer.echo("Starting the page (a few seconds) …", err=True)
    from ui.page import serve as serve_page  # Gradio takes seconds to import

    # The page's own server handles these two; a signal must end it, not leave it half stopped.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    serve_page(assistant, host, port, open_browser)
    return ExitCode.OK
