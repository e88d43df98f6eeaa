"""One builder at a time: a lock that dies with its process, so that a crash never leaves it behind."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from corpus.errors import IndexBusyError
from corpus.progress import Progress

_PAUSE = 0.1  # seconds between two looks at a lock that is held


@contextmanager
def building(folder: Path, wait: float, progress: Progress) -> Iterator[None]:
    """Hold the lock of the indexes in ``folder``.

    Raises :class:`IndexBusyError` when another process still holds it after ``wait`` seconds, ``OSError``
    when the lock cannot be made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+", encoding="ascii") as lock:
        _take(lock, folder, wait, progress)
        lock.seek(0)
        lock.truncate()
        lock.write(str(os.getpid()))
        lock.flush()
        try:
            yield
        finally:
            lock.seek(0)
            lock.truncate()


def _take(lock: TextIO, folder: Path, wait: float, progress: Progress) -> None:
    until = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            pid = _holder(lock)
            if time.monotonic() >= until:
                raise IndexBusyError(folder, pid) from error
            progress(0, 0, f"waiting for another groundrule process (pid {pid}) that builds this index")
            time.sleep(_PAUSE)
        else:
            return


def _holder(lock: TextIO) -> int:
    lock.seek(0)
    told = lock.read().strip()
    return int(told) if told.isdigit() else 0
