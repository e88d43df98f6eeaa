"""The server itself, which on its way out finishes what it accepted."""

from __future__ import annotations

import asyncio
import socket
from typing import Final

import uvicorn

from ui.http_site import Site
from ui.http_traces import Traces

PAGE_SECONDS: Final = 1  # that an open page may still take; its stream stays open for as long as it is shown


class Server(uvicorn.Server):
    """Serves ``site``. Told to stop, it answers the requests that it has, each within ``seconds``.

    With ``believe_proxies`` one on this machine may say for whom it asks.
    """

    def __init__(
        self, site: Site, seconds: float, traces: Traces | None = None, *, believe_proxies: bool = True
    ) -> None:
        self._site = site
        self._traces = traces
        super().__init__(
            uvicorn.Config(
                site,
                log_level="critical",
                timeout_graceful_shutdown=round(seconds),
                server_header=False,
                proxy_headers=believe_proxies,
                ws="none",
            )
        )

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As in uvicorn, but that nothing waits for pages that are only looked at."""
        asyncio.get_running_loop().call_later(PAGE_SECONDS, self._site.leave_page)
        await super().shutdown(sockets)
        if self._traces is not None:
            await asyncio.to_thread(self._traces.close)
