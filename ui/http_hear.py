"""An answer that is heard while it is written: its pieces come from the thread that writes it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from assistant import Hear

Result = TypeVar("Result")


class Hearing(Generic[Result]):
    """Work that goes on whether anybody listens or not: what is heard of it, and how it ends."""

    def __init__(self, work: Callable[[Hear], Coroutine[Any, Any, Result]]) -> None:
        """Begins ``work``, which may call from any thread what it is given."""
        loop = asyncio.get_running_loop()
        heard: asyncio.Queue[str | None] = asyncio.Queue()

        def hear(piece: str) -> None:
            loop.call_soon_threadsafe(heard.put_nowait, piece)

        self._heard = heard
        self._first: str | None = None
        self._task = asyncio.create_task(work(hear))
        self._task.add_done_callback(lambda _: heard.put_nowait(None))

    async def begin(self) -> None:
        """Waits for the first piece, or for the end; raises what the work raised before there was a piece."""
        self._first = await self._heard.get()
        if self._first is None:
            self._task.result()

    async def pieces(self) -> AsyncIterator[str]:
        """What is heard from the first piece on, as it comes. For one listener."""
        piece = self._first
        while piece is not None:
            yield piece
            piece = await self._heard.get()

    async def failure(self) -> BaseException | None:
        """What the work raised in the end, for which this waits; ``None`` when there is a result."""
        await asyncio.wait([self._task])
        return self._task.exception()

    def result(self) -> Result:
        """What the work returned."""
        return self._task.result()
