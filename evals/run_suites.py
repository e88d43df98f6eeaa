"""Suites from their files to the report, in one call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant import Assistant, Pack
from evals.answer_suites import Progress, Way, answer_suites, header_of
from evals.load_suites import load_suites
from evals.report import Report
from evals.run import Run
from evals.score_run import score_run
from evals.select_cases import select_cases
from evals.store_run import journal, store_run
from evals.suite import Suite


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
    run = answer_and_store(assistant, suites, Way(), store, progress=progress)
    return score_run(run, suites)


def answer_and_store(
    assistant: Assistant | Pack,
    suites: Sequence[Suite],
    way: Way,
    store: Path | None,
    *,
    resume: bool = False,
    progress: Progress | None = None,
) -> Run:
    """The run of the cases that ``way`` asks for, stored in ``store`` unless that is ``None``.

    What is answered already lies beside ``store`` until the run is whole; ``resume`` goes on from there.
    Raises :class:`evals.InterruptedRunError` and ``OSError``.
    """
    some = select_cases(suites, way.settings)
    if store is None:
        return answer_suites(assistant, some, progress, way)
    with journal(store, header_of(assistant, some, way), resume=resume) as kept:
        run = answer_suites(assistant, some, progress, replace(way, done=kept.done, keep=kept.keep))
        store_run(run, store)
    return run
