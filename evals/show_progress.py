"""Progress of a run on standard error, on a terminal alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from evals.answer_suites import Progress


@contextmanager
def show_progress() -> Iterator[Progress | None]:
    """The function to call with ``(done, total, what)``; ``None`` where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    # Only where somebody watches: rich takes longer to load than everything else here.
    from rich.console import Console
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    tasks: dict[str, TaskID] = {}
    with Bars(console=Console(stderr=True), transient=True) as bars:

        def report(done: int, total: int, what: str) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield report
