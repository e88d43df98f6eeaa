"""A turn that is heard while it is taken, in a thread of its own: what is certain of its answer so far."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import Generic, TypeVar

Result = TypeVar("Result")
Show = Callable[[str], None]


class Overheard(Generic[Result]):
    """Work that goes on whether anybody listens or not: what it shows meanwhile, and what comes of it."""

    def __init__(self, work: Callable[[Show], Result]) -> None:
        """Begins ``work``, which calls what it is given with each thing to show."""
        self._shown: SimpleQueue[str | None] = SimpleQueue()
        workers = ThreadPoolExecutor(max_workers=1)
        self._done = workers.submit(work, self._shown.put)
        self._done.add_done_callback(lambda _: self._shown.put(None))
        workers.shutdown(wait=False)

    def __iter__(self) -> Iterator[str]:
        """What is shown, as it comes, until all is done."""
        while (shown := self._shown.get()) is not None:
            yield shown

    def result(self) -> Result:
        """What ``work`` returned; raises what it raised."""
        return self._done.result()
