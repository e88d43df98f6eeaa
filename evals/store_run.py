"""Runs on disk: JSON lines, the header first, then a line for each case."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from pydantic import ValidationError

from evals.errors import InterruptedRunError, RunFileError
from evals.run import AnsweredCase, Run, RunHeader


def store_run(run: Run, path: Path) -> None:
    """Write ``run`` to ``path``. It is written aside and renamed, so that no half of a run is ever there.

    Raises :class:`OSError` when it cannot be written; what stood in ``path`` before then still does.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with aside.open("w", encoding="utf-8", errors="surrogatepass") as file:
            file.write(run.header.model_dump_json(by_alias=True) + "\n")
            for case in run.cases:
                file.write(case.model_dump_json(by_alias=True) + "\n")
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def read_run(path: Path) -> Run:
    """The run stored in ``path``. Raises :class:`RunFileError` for a line that is none, and ``OSError``."""
    with path.open(encoding="utf-8", errors="surrogatepass") as file:
        try:
            header = RunHeader.model_validate_json(file.readline())
        except ValidationError as error:
            raise RunFileError(path, 1, f"this is no stored run ({_first(error)})") from error
        cases = []
        for number, line in enumerate(file, 2):
            try:
                cases.append(AnsweredCase.model_validate_json(line))
            except ValidationError as error:
                raise RunFileError(path, number, f"this is no answered case ({_first(error)})") from error
    return Run(header, tuple(cases))


def _first(error: ValidationError) -> str:
    told = error.errors()[0]
    place = ".".join(str(part) for part in told["loc"])
    return f"{place}: {told['msg']}" if place else str(told["msg"])


@dataclass(frozen=True, slots=True)
class Journal:
    """The answered cases of a run that is not whole yet: those ``done`` before, and a place for more."""

    done: Mapping[tuple[str, str, int], AnsweredCase]
    file: TextIO

    def keep(self, case: AnsweredCase) -> None:
        """Write ``case`` down, so that it is not lost when the process is killed."""
        self.file.write(case.model_dump_json(by_alias=True) + "\n")
        self.file.flush()


def journal_path(path: Path) -> Path:
    """Where the cases of a run lie until it can be stored whole in ``path``."""
    return path.with_name(f"{path.name}.unfinished")


@contextmanager
def journal(path: Path, header: RunHeader, *, resume: bool) -> Iterator[Journal]:
    """The journal of the run that will be stored in ``path``; it is gone when the block ends well.

    With ``resume`` the cases of an interrupted run count as done, except those that could not be run. Raises
    :class:`InterruptedRunError` when there is such a run and ``resume`` is not asked for, when it was asked
    something else than ``header`` says, and when another process is writing it; and ``OSError``.
    """
    place = journal_path(path)
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("a+", encoding="utf-8", errors="surrogatepass") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise InterruptedRunError(place, "another process is writing this run", "wait for it") from error
        done = _done(place, file, header, resume=resume)
        if done:
            file.write("\n")  # ends a line that the interruption cut off
        else:
            file.truncate(0)
            file.write(header.model_dump_json(by_alias=True) + "\n")
        file.flush()
        yield Journal(done, file)
        place.unlink(missing_ok=True)


def _done(
    place: Path, file: TextIO, header: RunHeader, *, resume: bool
) -> Mapping[tuple[str, str, int], AnsweredCase]:
    """The cases that an interrupted run has answered already."""
    file.seek(0)
    lines = [line for line in file.read().split("\n") if line]
    if len(lines) < 2:  # nothing was answered yet
        return {}
    if not resume:
        problem = f"an interrupted run lies here, with {len(lines) - 1} cases"
        raise InterruptedRunError(place, problem, "go on with it with --resume, or delete this file")
    try:
        before = RunHeader.model_validate_json(lines[0])
    except ValidationError as error:
        raise RunFileError(place, 1, f"this is no interrupted run ({_first(error)})") from error
    if (changed := _changed(before, header)) is not None:
        problem = f"the interrupted run was asked otherwise ({changed})"
        raise InterruptedRunError(place, problem, "delete this file and run again without --resume")
    done = {}
    for line in lines[1:]:
        try:
            case = AnsweredCase.model_validate_json(line)
        except ValidationError:  # a line that the interruption cut off
            continue
        if not case.problem:
            done[case.suite, case.case, case.repeat] = case
    return done


def _changed(before: RunHeader, now: RunHeader) -> str | None:
    """What of two headers does not agree; when and where they were begun does not matter."""
    names = [name for name in RunHeader.model_fields if name not in ("started", "machine", "settings")]
    for name in names:
        if getattr(before, name) != getattr(now, name):
            return name.replace("_", " ")
    same = before.settings.model_copy(update={"jobs": now.settings.jobs}) == now.settings
    return None if same else "settings"
