"""Does what stands in the inbox: conversations beside one another, the errands of one after another."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from assistant import StoreError
from ui.http_log import request_log
from ui.slack_calls import SlackBusyError, SlackRefusedError

if TYPE_CHECKING:
    from assistant import Inbox, Task

Do = Callable[["Task"], None]
"""Does a task to its end; see :func:`ui.slack_do.do_errand`."""

THREADS: Final = 8  # most of the time is waiting for Slack
TICK: Final = 1.0  # seconds between two looks at what others left, and two signs of life
KEPT: Final = 7 * 86_400.0  # seconds for which a delivery is known; Slack tries again for an hour
GIVEN_UP: Final = 86_400.0  # an errand that cannot be done in a day is not wanted any more
MOST_PAUSE: Final = 300.0
STEP_ASIDE: Final = 10  # niceness of the threads that answer


def _step_aside() -> None:
    """Lets this thread give way to those that acknowledge, where the system knows threads of less weight."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), STEP_ASIDE)


class Work:
    """Works in threads of its own between :meth:`start` and :meth:`stop`; :meth:`drain` works at once."""

    def __init__(self, inbox: Inbox, do: Do) -> None:
        self._inbox = inbox
        self._do = do
        self._log = request_log()
        self._called = threading.Event()
        self._stopping = threading.Event()
        self._busy: set[str] = set()
        self._guard = threading.Lock()
        self._pool = ThreadPoolExecutor(THREADS, "slack-work", _step_aside)
        self._thread = threading.Thread(target=self._run, name="slack-inbox", daemon=True)

    def start(self) -> None:
        """Begins with what is there already."""
        self._thread.start()

    def wake(self) -> None:
        """Something came in."""
        self._called.set()

    def stop(self) -> None:
        """Finishes what is being done, and begins nothing new: the rest stays in the inbox."""
        self._stopping.set()
        self._called.set()
        if self._thread.ident is not None:
            self._thread.join()
        self._pool.shutdown()

    def drain(self) -> None:
        """Does everything that can be done now, in this thread."""
        while found := self._inbox.waiting():
            for conversation in found:
                self._serve(conversation)

    def _run(self) -> None:
        cleared = renewed = 0.0
        while not self._stopping.is_set():
            self._called.clear()
            now = time.monotonic()
            try:
                if now - renewed >= TICK:
                    self._inbox.renew()
                    renewed = now
                if now - cleared >= 3600 or not cleared:
                    self._inbox.clear(KEPT)
                    cleared = now
                for conversation in self._inbox.waiting():
                    self._submit(conversation)
            except StoreError as error:
                self._log.error("slack inbox", problem=str(error))
            self._called.wait(TICK)

    def _submit(self, conversation: str) -> None:
        with self._guard:
            if conversation in self._busy or self._stopping.is_set():
                return
            self._busy.add(conversation)
        self._pool.submit(self._serve, conversation).add_done_callback(
            lambda future: self._served(conversation, future)
        )

    def _served(self, conversation: str, future: Future[None]) -> None:
        with self._guard:
            self._busy.discard(conversation)
        failed = future.exception()
        if failed is not None:
            # The message itself may hold what somebody wrote.
            self._log.error("slack errand failed", conversation=conversation, error=type(failed).__name__)
        self.wake()  # more may have come in at the last moment

    def _serve(self, conversation: str) -> None:
        while not self._stopping.is_set() and (task := self._inbox.take(conversation)) is not None:
            told = False
            try:
                more = self._try(task)
                told = True
            finally:
                if not told:
                    self._inbox.release(conversation)
            if not more:
                return
        if self._stopping.is_set():
            self._inbox.release(conversation)  # another goes on at once

    def _try(self, task: Task) -> bool:
        """Whether the next task of the conversation may be begun."""
        try:
            self._do(task)
        except SlackRefusedError as error:
            self._log.error("slack refuses", conversation=task.conversation, reason=error.reason)
            self._inbox.done(task)
        except SlackBusyError as error:
            if time.time() - task.at > GIVEN_UP:
                self._log.error("slack errand given up", conversation=task.conversation)
                self._inbox.done(task)
                return True
            pause = error.after or min(MOST_PAUSE, 2.0 ** min(task.tries, 10))
            self._log.warning("slack is away", conversation=task.conversation, again_in=pause)
            self._inbox.put_off(task, pause)
            return False
        return True
