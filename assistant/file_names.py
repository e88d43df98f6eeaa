"""Files as a person would name them from the working folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rules import Problem


def shown_from_here(problem: Problem) -> Problem:
    """``problem`` with its file named as a person would name it from the working folder."""
    return replace(problem, file=path_from_here(problem.file))


def path_from_here(file: str | Path) -> str:
    """``file`` as a person would name it from the working folder."""
    path, here = Path(file), Path.cwd()
    return str(path.relative_to(here)) if path.is_absolute() and path.is_relative_to(here) else str(file)
