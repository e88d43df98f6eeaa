"""Checks the suites of a pack: what cannot be read, what the rules contradict, and what no case exercises."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.check_pack import CheckedPack
from assistant.file_names import shown_from_here
from evals.coverage import coverage
from evals.judged_facts import Judged, differences, judged_turns
from evals.load_suites import files_below, read_suites
from evals.read_gates import FILE as GATES_FILE
from evals.read_gates import check_gates
from evals.suite import Suite
from evals.vocabulary import vocabulary
from rules import Problem, RuleSet, TooLargeError
from rules.finding import problem_at


def check_suites(checked: CheckedPack) -> tuple[Problem, ...]:
    """Everything that is wrong with suites and gates of a pack that was checked; it may have none.

    Where guides or rules cannot be read the names that suites use are not known, and nothing is told yet.
    """
    return (*_of_suites(checked), *_of_gates(checked.root / "evals" / GATES_FILE))


def _of_gates(file: Path) -> tuple[Problem, ...]:
    return tuple(map(shown_from_here, check_gates(file)[1])) if file.exists() else ()


def _of_suites(checked: CheckedPack) -> tuple[Problem, ...]:
    files = files_below(checked.root / "evals")
    if not files or not checked.readable:
        return ()
    suites, problems = read_suites(files, vocabulary(checked.guides, checked.rules))
    if checked.rules is None:
        return problems
    try:
        contradicted = tuple(_contradictions(checked.rules, suites))
        left = () if problems else tuple(map(shown_from_here, _unexercised(checked.rules, suites)))
    except TooLargeError:  # the check of the rules has told it
        return problems
    return (*problems, *contradicted, *left)


def _contradictions(rules: RuleSet, suites: Sequence[Suite]) -> Iterator[Problem]:
    """Cases that expect what the rules do not decide on the facts that the case itself lists."""
    for judged in judged_turns(rules, suites):
        found = differences(rules, judged)
        if found:
            yield _failing(judged, found)


def _failing(judged: Judged, found: Sequence[tuple[str, str, str]]) -> Problem:
    case = judged.case
    turn = f", turn {judged.number}" if len(case.turns) > 1 else ""
    told = "; ".join(f"{what} is expected to be {wanted} and is {came}" for what, wanted, came in found)
    lines = Path(judged.suite.file).read_text(encoding="utf-8-sig").splitlines()
    line = judged.turn.line
    return Problem(
        "failing-case",
        judged.suite.file,
        line,
        judged.turn.column,
        f"case {case.id!r}{turn} contradicts the rules: {told}",
        "mend what is expected, the facts that are listed, or the rules",
        lines[line - 1] if line <= len(lines) else "",
    )


def _unexercised(rules: RuleSet, suites: Sequence[Suite]) -> Iterator[Problem]:
    for one in coverage(rules, suites):
        if one.kind == "leaf" and not one.cases:
            message = f"no case of the suites exercises the leaf {one.name!r}"
            remedy = "add a case whose facts lead there, with 'given' facts or with a message"
            yield problem_at(rules, "unexercised-leaf", one.place, message, remedy, "warning")
