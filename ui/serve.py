"""``groundrule serve``: the web page and the HTTP interface."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ui.errors import ExitCode, UsageError
from ui.open_assistant import open_assistant
from ui.serve_options import (
    ApiOnlyOption,
    HostOption,
    LoginOption,
    MaintainOption,
    NameOption,
    OpenOption,
    PacksOption,
    PortOption,
    RateOption,
    RequireKeyOption,
    SecondsOption,
    TrustedProxyOption,
    TrustHeaderOption,
    WatchOption,
)
from ui.settings import Settings, runs_folder

if TYPE_CHECKING:
    from ui.page_login import LoginRules


def serve(
    host: HostOption = "127.0.0.1",
    port: PortOption = 0,
    open_browser: OpenOption = False,
    api_only: ApiOnlyOption = False,
    name: NameOption = None,
    require_key: RequireKeyOption = False,
    rate: RateOption = "600/minute",
    seconds: SecondsOption = 60,
    maintain: MaintainOption = None,
    login: LoginOption = None,
    trust_header: TrustHeaderOption = "",
    trusted_proxy: TrustedProxyOption = "",
    watch: WatchOption = False,
    pack: PacksOption = None,
) -> int:
    """Open the web page and the HTTP interface."""
    from ui.http_serve import LOOPBACK, Serving, read_rate, serve_site, show_page
    from ui.page_packs import Packs

    read_rate(rate)
    need_key = require_key or host not in LOOPBACK
    _warn(need_key=need_key)
    settings = Settings.from_environment()
    asks = (host not in LOOPBACK if login is None else login) or bool(trust_header)
    serving = Serving(
        host,
        port,
        tuple(name or ()),
        need_key,
        rate,
        seconds,
        page=not api_only,
        language=settings.language,
        runs=runs_folder(settings),
        login=_login(trust_header, trusted_proxy) if asks and not api_only else None,
        maintained=host in LOOPBACK if maintain is None else maintain,
    )
    packs = Packs([open_assistant(one) for one in pack or (None,)], open_assistant if watch else None)
    from ui.open_store import open_store

    store = open_store()
    typer.echo("Starting (a few seconds) …", err=True)

    def opened(address: str) -> None:
        where = f"The HTTP interface is at {address}/v1" if api_only else f"Open {address}"
        titles = "\n".join(one.title for one in packs.all())
        typer.echo(f"{titles}\n{where}   (Ctrl-C stops it)")
        if open_browser and not api_only:
            show_page(address)

    # The server handles these two itself; a signal must end it, not leave it half stopped.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    serve_site(packs, store, serving, opened)
    return ExitCode.OK


def _login(header: str, proxy: str) -> LoginRules:
    from ui.page_login import LoginRules
    from ui.user import users_path
    from ui.user_file import read_users

    if bool(header) != bool(proxy):
        problem = "A user is named by a header of a proxy, and only one of the two is given."
        raise UsageError(problem, "--trust-header X-Forwarded-User --trusted-proxy 10.0.0.2")
    path = users_path()
    users = None if header else read_users(path)
    if not header and not (users and users.users):
        typer.echo(f"Nobody can log in: {path} names no user. Next: groundrule user add NAME", err=True)
    return LoginRules(path, header, proxy)


def _warn(*, need_key: bool) -> None:
    from ui.key import keys_path
    from ui.key_file import read_keys

    path: Path = keys_path()
    if need_key and not read_keys(path):
        typer.echo(f"There is no API key in {path} yet. Next: groundrule key new NAME", err=True)
