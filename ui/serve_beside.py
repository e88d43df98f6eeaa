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

if TYPE_CHECKING:
    from assistant import Assistant, ConversationStore


@contextmanager
def served_beside(
    assistant: Assistant, store: ConversationStore, serving: Serving, log_to: TextIO | None = None
) -> Iterator[str]:
    """The address of a server that answers until the block ends; its log goes to ``log_to``.

    Raises :class:`UsageError` when no port is free and :class:`ServiceError` when it does not start.
    """
    import uvicorn

    with listen(serving.host, serving.port) as listening:
        site = build_site(assistant, store, serving, log_to)
        server = uvicorn.Server(uvicorn.Config(site, log_level="critical", ws="none", server_header=False))
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
