"""Real servers of the HTTP interface, in a thread of this process."""

import time
from contextlib import contextmanager

from assistant import ConversationStore
from ui.http_serve import Serving
from ui.serve_beside import served_beside


@contextmanager
def served(assistant, store, traces=None, **serving):
    """The address of a server that answers until the block ends."""
    told = {"need_key": False, "page": False, "rate": "100000/minute"} | serving
    opened = ConversationStore.open(store)
    try:
        with served_beside(assistant, opened, Serving("127.0.0.1", 0, **told), traces) as address:
            yield address
    finally:
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
