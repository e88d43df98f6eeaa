"""Everything that is wrong with a pack and its suites, as one result that programs can read."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.check_pack import check_pack
from evals.check_suites import check_suites
from rules import Problem


class Shown(BaseModel):
    """A value that is printed as JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class ProblemShown(Shown):
    """One thing that is wrong."""

    code: str = Field(description="The kind of problem; `groundrule pack explain CODE` says more.")
    severity: Literal["error", "warning"]
    file: str = Field(description="As seen from the working folder where it lies below it.")
    line: int = Field(description="From 1; 0 where the file as a whole is meant.")
    column: int = Field(description="From 1; 0 where the file as a whole is meant.")
    message: str
    remedy: str
    source: str = Field(description="The line as it stands in the file.")


class CheckReport(Shown):
    """What ``groundrule pack check --json`` prints: problems file by file, in the order of their lines."""

    schema_name: Literal["groundrule.check/1"] = Field("groundrule.check/1", alias="schema")
    pack: str
    errors: int
    warnings: int
    problems: tuple[ProblemShown, ...]

    def to_json(self) -> str:
        """The report on one line, in the stable form."""
        return self.model_dump_json(by_alias=True)


def check(root: Path | None = None) -> tuple[CheckReport, tuple[Problem, ...]]:
    """The report on the pack in ``root``, by default the bundled one, and its problems as values.

    Raises ``assistant.PackError`` when there is no pack at all.
    """
    checked = check_pack(root)
    found = sorted((*checked.problems, *check_suites(checked)), key=_place)
    errors = sum(one.severity == "error" for one in found)
    report = CheckReport(
        pack=checked.name,
        errors=errors,
        warnings=len(found) - errors,
        problems=tuple(_shown(one) for one in found),
    )
    return report, tuple(found)


def _place(problem: Problem) -> tuple[str, int, int, str]:
    return problem.file, problem.line, problem.column, problem.code


def _shown(problem: Problem) -> ProblemShown:
    return ProblemShown(
        code=problem.code,
        severity="error" if problem.severity == "error" else "warning",
        file=problem.file,
        line=problem.line,
        column=problem.column,
        message=_whole(problem.message),
        remedy=_whole(problem.remedy),
        source=_whole(problem.source),
    )


def _whole(text: str) -> str:
    """``text`` with a stand-in for each half of a character, which YAML can write and JSON cannot."""
    return text.encode("utf-8", "replace").decode()
