"""``groundrule mcp``: the pack for a program that speaks the Model Context Protocol over standard streams."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.errors import ExitCode
from ui.open_assistant import open_assistant
from ui.options import PackOption


def mcp(
    seconds: Annotated[
        float, typer.Option("--seconds", min=1, max=600, help="How long one call may take.")
    ] = 60,
    pack: PackOption = None,
) -> int:
    """Serve the pack over MCP on standard input and output.

    `groundrule serve` serves it over HTTP at /mcp.
    """
    from ui.http_backend import Workers
    from ui.mcp_server import mcp_server  # with the protocol's library it takes a second to import

    mcp_server(open_assistant(pack), Workers(seconds)).run("stdio")
    return ExitCode.OK
