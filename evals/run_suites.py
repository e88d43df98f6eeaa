"""Suites from their files to the report, in one call."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant import Assistant, Pack
from evals.answer_suites import Progress, answer_suites
from evals.load_suites import load_suites
from evals.report import Report
from evals.score_run import score_run
from evals.store_run import store_run


def run_suites(
    assistant: Assistant | Pack,
    paths: Sequence[Path] = (),
    *,
    store: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Ask ``assistant`` every case of the suites in ``paths`` (default: those of its pack) and score them.

    A pack alone will do for suites of given facts. ``store`` names a file for the answers, from which
    :func:`evals.score_run` can score them again. Raises :class:`evals.SuiteError`,
    :class:`evals.NoSuiteError`, and ``OSError`` when the run cannot be stored.
    """
    suites = load_suites(assistant if isinstance(assistant, Pack) else assistant.pack, paths)
    run = answer_suites(assistant, suites, progress)
    if store is not None:
        store_run(run, store)
    return score_run(run, suites)
