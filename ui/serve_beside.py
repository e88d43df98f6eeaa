"""The HTTP interface served from a thread of this process, for as long as a block lasts."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from ui.errors import ServiceError
from ui.http_serve import Serving, build_site
from ui.listen import listen, page_address
from ui.page_packs import Packs

if TYPE_CHECKING:
    from assistant import Assistant, ConversationStore
    from ui.http_traces import Traces


@contextmanager
def served_beside(
    assistant: Assistant,
    store: ConversationStore,
    serving: Serving,
    traces: Traces | None = None,
    log_to: TextIO | None = None,
) -> Iterator[str]:
    """The address of a server that answers until the block ends; its log goes to ``log_to``.

    Raises :class:`UsageError` when no port is free and :class:`ServiceError` when it does not start.
    """
    from ui.http_server import Server  # uvicorn, with FastAPI, takes a second to import

    with listen(serving.host, serving.port) as listening:
        site = build_site(Packs([assistant]), store, serving, traces, log_to)
        server = Server(site, serving.seconds, traces)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        if not server.started:
            raise ServiceError(
                "The HTTP interface did not start.", "groundrule serve --api-only   (says why)"
            )
        try:
            yield page_address(serving.host, listening.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join()
