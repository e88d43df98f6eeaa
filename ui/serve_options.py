"""The options of ``groundrule serve``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

HostOption = Annotated[
    str, typer.Option("--host", help="Where to listen; the default is this machine alone.")
]
PortOption = Annotated[
    int,
    typer.Option(
        "--port", min=0, max=65535, help="By default the first free one from 7860 on.", show_default=False
    ),
]
OpenOption = Annotated[bool, typer.Option("--open/--no-open", help="Show the page in the browser.")]
ApiOnlyOption = Annotated[bool, typer.Option("--api-only", help="Serve the HTTP interface without the page.")]
NameOption = Annotated[
    list[str] | None,
    typer.Option(
        "--name",
        metavar="HOST",
        help="Another name that this server is called by, as behind a proxy.",
        show_default=False,
    ),
]
RequireKeyOption = Annotated[
    bool,
    typer.Option("--require-key", help="Ask for an API key on this machine too, as behind a proxy."),
]
RateOption = Annotated[
    str, typer.Option("--rate", help="How often one key, or one address, may ask the HTTP interface.")
]
SecondsOption = Annotated[
    float, typer.Option("--seconds", min=1, max=600, help="How long one answer over HTTP may take.")
]
MaintainOption = Annotated[
    bool | None,
    typer.Option(
        "--maintain/--no-maintain",
        help="Show the pages Evals and Author, with what users report; by default on this machine alone.",
        show_default=False,
    ),
]
LoginOption = Annotated[
    bool | None,
    typer.Option(
        "--login/--no-login",
        help="Ask for a name and password on the page; by default anywhere but on this machine.",
        show_default=False,
    ),
]
TrustHeaderOption = Annotated[
    str,
    typer.Option(
        "--trust-header", metavar="NAME", help="The header in which a proxy names the user who asks."
    ),
]
TrustedProxyOption = Annotated[
    str, typer.Option("--trusted-proxy", metavar="ADDR", help="The address from which that proxy asks.")
]
WatchOption = Annotated[
    bool, typer.Option("--watch", help="Read a pack again when its files change, for the page.")
]
PacksOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--pack",
        metavar="DIR",
        help="The pack to use; the bundled one by default. The page takes several.",
        show_default=False,
    ),
]
