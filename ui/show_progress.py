"""Progress of long work: a bar on standard error on a terminal, and one line of words elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

Report = Callable[[int, int, str], None]


@contextmanager
def progress(first_words: str) -> Iterator[Report]:
    """Gives the function to call with ``(done, total, what)``; nothing shows before its first call.

    A ``total`` of 0 means that nobody knows how long it will take. ``first_words`` are written once,
    before the first bar: what is being done and how long it takes.
    """
    display = _Display(first_words)
    try:
        yield display.report
    finally:
        display.close()
    display.ended()


class _Display:
    """A bar that appears with the first report, so that a start with nothing to prepare stays silent."""

    def __init__(self, first_words: str) -> None:
        self._first_words = first_words
        self._bars: Bars | None = None
        self._task: TaskID | None = None
        self._work = ("", 0)
        self._started = 0.0

    def report(self, done: int, total: int, what: str) -> None:
        if not self._started:
            self._started = time.monotonic()
            self._begin()
        if self._bars is None or self._task is None:
            return
        if self._work != (what, total):
            # Another kind of work: its rate has nothing to do with that of the work before.
            self._work = (what, total)
            self._bars.reset(
                self._task, description=what[:1].upper() + what[1:], total=total or None, completed=done
            )
        else:
            self._bars.update(self._task, completed=done)

    def close(self) -> None:
        if self._bars is not None:
            self._bars.stop()

    def ended(self) -> None:
        """Says how long it took, where something was said at the start."""
        if self._started and self._first_words:
            typer.echo(f"Ready after {time.monotonic() - self._started:.0f} s.", err=True)

    def _begin(self) -> None:
        if self._first_words:
            typer.echo(self._first_words, err=True)
        if sys.stderr.isatty():
            self._bars = _bars()
            self._task = self._bars.add_task("", total=None)
            self._bars.start()


def _bars() -> Bars:
    # Rich costs 0.1 s, and most runs have nothing to prepare.
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    return Bars(*columns, console=Console(stderr=True), transient=True)
