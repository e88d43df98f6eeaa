"""How well the suites of a pack hold its rules, and its rules its guides, as one result."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant import Pack
from assistant.file_names import path_from_here
from assistant.pack import rules_of
from assistant.section_texts import section_texts
from evals.check_report import Shown
from evals.coverage import coverage
from evals.errors import SuiteError
from evals.load_suites import files_below, read_suites
from evals.mutate import Progress, mutation
from evals.vocabulary import vocabulary
from rules import RuleSet, uncited_sections


class ExercisedShown(Shown):
    """A leaf, a conflict, a way out of one, or a state of a limit."""

    kind: Literal["leaf", "conflict", "way out", "limit"]
    name: str = Field(description="A leaf's node, `conflict`, `conflict.answer`, or `limit.state`.")
    cases: int = Field(description="How many cases of the suites exercise it.")
    line: int = Field(description="Where it stands in the rules file.")


class SurvivorShown(Shown):
    """A mistake in the rules that no case of the suites would notice."""

    kind: Literal["swap", "drop", "move"]
    what: str
    line: int = Field(description="Where it stands in the rules file.")
    compared: bool = Field(description="False: too many cases to tell whether it decides anything otherwise.")


class MutationShown(Shown):
    """How many mistakes were tried; ``equivalent`` of those that go unnoticed decide as the rules do."""

    mutants: int
    equivalent: int
    survivors: tuple[SurvivorShown, ...]


class CoverageReport(Shown):
    """What ``groundrule pack coverage --json`` prints."""

    schema_name: Literal["groundrule.coverage/1"] = Field("groundrule.coverage/1", alias="schema")
    pack: str
    rules_file: str
    suites: int
    exercised: tuple[ExercisedShown, ...]
    sections: int = Field(description="How many sections the guides have.")
    uncited_sections: tuple[str, ...] = Field(description="Those that no rule cites.")
    mutation: MutationShown | None = Field(None, description="With --mutate alone.")

    def to_json(self) -> str:
        """The report on one line, in the stable form."""
        return self.model_dump_json(by_alias=True)


def coverage_report(pack: Pack, *, mutate: bool = False, progress: Progress | None = None) -> CoverageReport:
    """The report on ``pack``; with ``mutate`` its rules are broken in every way, one at a time, as well.

    Raises ``assistant.PackError`` for a pack without rules, :class:`SuiteError`, and
    ``rules.TooLargeError``.
    """
    rules = rules_of(pack)
    files = files_below(pack.root / "evals")
    suites, problems = read_suites(files, vocabulary(pack.guides, rules))
    if problems:
        raise SuiteError(problems)
    sections = section_texts(pack.guides)
    tried = mutation(rules, suites, progress) if mutate else None
    return CoverageReport(
        pack=pack.id,
        rules_file=path_from_here(rules.file),
        suites=len(suites),
        exercised=tuple(
            ExercisedShown(kind=one.kind, name=one.name, cases=one.cases, line=_line(rules, one.place))
            for one in coverage(rules, suites)
        ),
        sections=len(sections),
        uncited_sections=uncited_sections(rules, sections),
        mutation=tried
        and MutationShown(
            mutants=tried.mutants,
            equivalent=tried.equivalent,
            survivors=tuple(
                SurvivorShown(
                    kind=one.kind, what=one.what, line=_line(rules, one.place), compared=one.compared
                )
                for one in tried.survivors
            ),
        ),
    )


def _line(rules: RuleSet, place: str) -> int:
    found = rules.places.get(place)
    return found.line if found else 0
