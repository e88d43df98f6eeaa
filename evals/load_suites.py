"""The suites of a pack, or those in the files and folders named, with all their problems at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant import Pack
from evals.errors import NoSuiteError, SuiteError
from evals.read_gates import FILE as GATES_FILE
from evals.read_suite import read_suite, repeated_names
from evals.suite import Suite
from evals.vocabulary import Vocabulary, vocabulary
from rules import Problem

ENDINGS = (".yaml", ".yml")


def load_suites(pack: Pack, paths: Sequence[Path] = ()) -> tuple[Suite, ...]:
    """The suites in ``paths`` (files, or folders of them), by default those in the pack's ``evals`` folder.

    Every name that they use is checked against ``pack``. Raises :class:`SuiteError` with all problems of
    all files, each with file, line and column, and :class:`NoSuiteError` where there is no suite.
    """
    suites, problems = read_suites(suite_files(pack, paths), vocabulary(pack.guides, pack.rules))
    if problems:
        raise SuiteError(problems)
    return suites


def read_suites(files: Sequence[Path], words: Vocabulary) -> tuple[tuple[Suite, ...], tuple[Problem, ...]]:
    """The suites in ``files`` that can be used, and everything that is wrong with the others."""
    read = [read_suite(path, _shown(path), words) for path in files]
    repeated_names([(suite, reader) for suite, reader in read if suite is not None])
    problems = tuple(problem for _, reader in read for problem in reader.problems)
    return tuple(suite for suite, reader in read if suite is not None and not reader.problems), problems


def suite_files(pack: Pack, paths: Sequence[Path] = ()) -> tuple[Path, ...]:
    """The files that hold the suites, each once, in the order of ``paths``. Raises :class:`NoSuiteError`."""
    found: dict[Path, Path] = {}
    for path in paths or (pack.root / "evals",):
        for file in _files(path, named=bool(paths)):
            found.setdefault(file.resolve(), file)
    return tuple(found.values())


def _files(path: Path, *, named: bool) -> tuple[Path, ...]:
    if path.is_file():
        return (path,)
    if named and not path.exists():
        raise NoSuiteError(path, "there is no such file or folder", "name a suite, or a folder of suites")
    inside = files_below(path)
    if not inside:
        remedy = "write one there (`suite:`, then `cases:`), or name a suite"
        raise NoSuiteError(path, "there are no suites", remedy)
    return inside


def files_below(folder: Path) -> tuple[Path, ...]:
    """The files in ``folder`` and below that may hold suites; a pack's gates beside them are none."""
    gates = folder / GATES_FILE
    found = (file for ending in ENDINGS for file in folder.rglob(f"*{ending}"))
    return tuple(sorted(file for file in found if file != gates))


def _shown(path: Path) -> str:
    """The path as a person would name it from here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_absolute() and path.is_relative_to(here) else str(path)
