"""Runs on disk: JSON lines, the header first, then a line for each case."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import ValidationError

from evals.errors import RunFileError
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
