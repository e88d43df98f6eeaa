"""``pytest --groundrule SUITE``: every case of a suite as a test, scored as everywhere else.

pytest loads this module wherever groundrule is installed; nothing but pytest is loaded with it until the
option is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from assistant import Assistant, Pack
    from evals import Case, Suite


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the command line."""
    group = parser.getgroup("groundrule", "suites of known questions")
    group.addoption(
        "--groundrule",
        metavar="SUITE",
        action="append",
        type=Path,
        default=[],
        help="Run the cases of this suite, or of the suites in this folder, as tests; may be given again.",
    )
    group.addoption(
        "--groundrule-pack",
        metavar="DIR",
        type=Path,
        default=None,
        help="The pack to ask. Default: GROUNDRULE_PACK, else the bundled one.",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Collects the suites, and nothing else unless paths of tests are given as well."""
    named: list[Path] = config.getoption("--groundrule")
    if not named:
        return
    from evals import EvalsError, suite_files
    from ui.open_assistant import open_pack_alone

    pack = open_pack_alone(config.getoption("--groundrule-pack"))
    try:
        files = suite_files(pack, named)
    except EvalsError as error:
        raise pytest.UsageError(str(error)) from error
    own = [str(file) for file in files]
    given = config.args if config.args_source is pytest.Config.ArgsSource.ARGS else []
    config.args = [*given, *own]
    config.stash[_SUITES] = _Asked(pack, {file.resolve() for file in files})


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> SuiteFile | None:
    """The suite in ``file_path``, if it is one of those named."""
    asked = parent.config.stash.get(_SUITES, None)
    if asked is None or file_path.resolve() not in asked.files:
        return None
    here = parent.config.invocation_params.dir
    below = file_path.is_relative_to(here)
    # As a person would name it from here, also where pytest takes another folder for the project's root.
    name = (file_path.relative_to(here) if below else file_path).as_posix()
    return SuiteFile.from_parent(parent, path=file_path, nodeid=name)


class _Asked:
    """The pack and the files of suites of one session; the assistant is opened with the first case."""

    def __init__(self, pack: Pack, files: set[Path]) -> None:
        self.pack = pack
        self.files = files
        self._assistant: Assistant | None = None

    def assistant(self) -> Assistant:
        """The one assistant of the session."""
        if self._assistant is None:
            from ui.open_assistant import open_assistant

            self._assistant = open_assistant(self.pack.root)
        return self._assistant


_SUITES = pytest.StashKey[_Asked]()


class SuiteFile(pytest.File):
    """A suite; what is wrong with its file is an error of the collection."""

    def collect(self) -> Iterator[pytest.Item]:
        """A test a case."""
        from evals import EvalsError, load_suites

        try:
            suites = load_suites(self.config.stash[_SUITES].pack, [self.path])
        except EvalsError as error:
            raise self.CollectError(str(error)) from error
        for suite in suites:
            for case in suite.cases:
                item = CaseItem.from_parent(self, name=case.id)
                item.suite, item.case = suite, case
                item.extra_keyword_matches.update(case.tags)
                yield item


class CaseItem(pytest.Item):
    """A case as a test."""

    suite: Suite
    case: Case

    def runtest(self) -> None:
        """Asks the case and scores what comes back; a case that fails, or cannot be run, tells why."""
        from dataclasses import replace

        from evals import answer_suites, of_rules_alone, score_run

        asked = self.config.stash[_SUITES]
        suites = (replace(self.suite, cases=(self.case,)),)
        run = answer_suites(asked.pack if of_rules_alone(suites) else asked.assistant(), suites)
        (result,) = score_run(run, suites).cases
        if result.outcome == "passed":
            return
        told = [f"{number}> {said}" for number, said in enumerate(result.said, 1)]
        told += [f"could not be run: {result.problem}"] if result.problem else []
        told += [*map(str, result.failures), f"because: {result.why}"]
        pytest.fail("\n".join(told), pytrace=False)

    def reportinfo(self) -> tuple[Path, int, str]:
        """File, line from 0 and name of the case."""
        return self.path, self.case.line - 1, f"{self.suite.name} · {self.case.id}"
