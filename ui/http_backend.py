"""What stands behind the HTTP interface: the adviser, its store, and the threads that work is done in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

import anyio
from anyio import to_thread

from ui.http_problem import RefusedError

if TYPE_CHECKING:
    from assistant import Assistant, ConversationStore

Result = TypeVar("Result")

THREADS: Final = 16  # most of the work is waiting for the database or a language model
MOST_WAITING: Final = 128  # beyond that, refusing at once serves everybody better than queueing


class Workers:
    """Runs the work of requests beside one another, each within ``seconds``, and refuses what is too much."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._limiter: anyio.CapacityLimiter | None = None
        self._waiting = 0

    async def run(self, work: Callable[[], Result]) -> Result:
        """What ``work`` returns, done in a thread of its own.

        Raises what it raises, and :class:`RefusedError` (503) when it takes too long or too much is waiting.
        Work that took too long goes on to its end; what it writes is kept.
        """
        if self._waiting >= MOST_WAITING:
            raise RefusedError(503, "Too many requests are being answered. Try again soon.", after=1)
        self._waiting += 1
        try:
            with anyio.fail_after(self._seconds):
                return await to_thread.run_sync(work, abandon_on_cancel=True, limiter=self._threads())
        except TimeoutError as error:
            detail = (
                f"The answer took longer than {self._seconds:g} s. Try again with the same Idempotency-Key."
            )
            raise RefusedError(503, detail, after=1) from error
        finally:
            self._waiting -= 1

    def _threads(self) -> anyio.CapacityLimiter:
        # Belongs to the event loop that serves, which does not run yet when this value is made.
        if self._limiter is None:
            self._limiter = anyio.CapacityLimiter(THREADS)
        return self._limiter


@dataclass(frozen=True, slots=True)
class Backend:
    """The adviser, the store of its conversations, and the threads that both are used in."""

    assistant: Assistant
    store: ConversationStore
    workers: Workers

    async def run(self, work: Callable[[], Result]) -> Result:
        """As :meth:`Workers.run`."""
        return await self.workers.run(work)
