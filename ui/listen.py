"""Where a server listens, and where it is found."""

from __future__ import annotations

import socket
from typing import Final

from ui.errors import UsageError

FIRST_PORT: Final = 7860
PORTS_TRIED: Final = 50


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
