"""Many sets of facts from a file, decided into a file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from pydantic import ConfigDict, RootModel

from ui.errors import ExitCode
from ui.json_lines import Wrong, read_json_lines, whole_characters, written_whole
from ui.read_facts import check_facts
from ui.show_progress import progress

if TYPE_CHECKING:
    from assistant import Pack, RuleSet

STRIDE = 100  # lines between two looks at the progress bar, which takes longer than many a decision


class CaseLine(RootModel[dict[str, object]]):
    """One line of the cases: an object that is read by :func:`case_of`."""

    model_config = ConfigDict(frozen=True, strict=True)


@dataclass(frozen=True, slots=True)
class Case:
    """The facts of one line, not checked yet, under the line's own id or its number."""

    id: str | int
    facts: dict[str, object]


def case_of(rules: RuleSet, number: int, line: dict[str, object]) -> Case:
    """What a line means: facts under ``facts`` with whatever stands beside them, or the facts themselves.

    The first form is also that of a decision or an answer saved as JSON, which so decides again. In the
    second an ``id`` is the line's name, unless the rules know a fact of that name.
    """
    told = line.get("facts")
    own: object = None
    if isinstance(told, dict) and "facts" not in rules.facts:
        own, facts = line.get("id"), told
    elif "id" in rules.facts:
        facts = line
    else:
        own, facts = line.get("id"), {name: value for name, value in line.items() if name != "id"}
    return Case(own if isinstance(own, str | int) and not isinstance(own, bool) else number, facts)


def decide_batch(pack: Pack, cases: Path, out: Path) -> int:
    """Decides each line of ``cases``; a line that cannot be is told and leaves a line with ``error``."""
    lines = read_json_lines(cases, CaseLine)
    wrong = 0
    with written_whole(out) as stream, progress("") as report:
        for done, line in enumerate(lines, 1):
            text, problem = _decided(pack, line)
            stream.write(text + "\n")
            if problem:
                wrong += 1
                number = line.line if isinstance(line, Wrong) else line[0]
                typer.echo(f"{cases}:{number}: {problem}", err=True)
            if done % STRIDE == 0 or done == len(lines):
                report(done, len(lines), "Deciding")
    decided = f"{len(lines)} case{'' if len(lines) == 1 else 's'}"
    typer.echo(f"{decided} → {out}" + (f"; {wrong} with a problem, told above" if wrong else ""), err=True)
    return ExitCode.FINDINGS if wrong else ExitCode.OK


def _decided(pack: Pack, line: tuple[int, CaseLine] | Wrong) -> tuple[str, str]:
    """The line to write, and what is wrong, which is empty when nothing is."""
    from assistant import decide_facts

    if isinstance(line, Wrong):
        return _failed(line.id or line.line, line.problem)
    assert pack.rules is not None  # noqa: S101  # the command has refused a pack without rules
    case = case_of(pack.rules, line[0], line[1].root)
    facts, problems = check_facts(pack.rules, case.facts)
    if problems:
        return _failed(case.id, "; ".join(problems))
    # The decision is JSON already; parsing it only to add the id would take longer than deciding.
    return f'{{"id":{_json(case.id)},{decide_facts(pack, facts).to_json()[1:]}', ""


def _failed(name: str | int, problem: str) -> tuple[str, str]:
    problem = whole_characters(problem)
    return f'{{"id":{_json(name)},"error":{_json(problem)}}}', problem


def _json(value: str | int) -> str:
    return json.dumps(whole_characters(value) if isinstance(value, str) else value, ensure_ascii=False)
