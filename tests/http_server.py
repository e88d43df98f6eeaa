"""Real servers of the HTTP interface, in a thread of this process."""

import threading
import time
from contextlib import contextmanager

import uvicorn

from assistant import ConversationStore
from ui.http_serve import Serving, build_site
from ui.listen import listen, page_address


@contextmanager
def served(assistant, store, **serving):
    """The address of a server that answers until the block ends."""
    told = {"need_key": False, "page": False, "rate": "100000/minute"} | serving
    opened = ConversationStore.open(store)
    with listen("127.0.0.1", 0) as listening:
        site = build_site(assistant, opened, Serving("127.0.0.1", 0, **told))
        server = uvicorn.Server(uvicorn.Config(site, log_level="critical", ws="none", server_header=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        try:
            yield page_address("127.0.0.1", listening.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join()
            opened.close()


def logged(capfd, count):
    """The first ``count`` lines of the log; the last one is written only after its answer was sent."""
    told = ""
    for _ in range(2000):
        told += capfd.readouterr().err
        if told.count("\n") >= count:
            break
        time.sleep(0.01)
    return told
