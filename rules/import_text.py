"""Turns the text of a guide into rules files: one of the trees it draws, one of its ``Decision Logic``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rules.advice import Item
from rules.check import check_rules
from rules.decision_logic import DecisionLogic, in_order, read_decision_logic
from rules.errors import RulesError
from rules.import_tree import GuideRules, UncitedError, import_tree
from rules.load import parse_rules
from rules.name_words import name_words
from rules.paths import paths
from rules.quote_line import GuideSection
from rules.read_answers import read_answers
from rules.read_drawn import DrawnProblem, DrawnTrees, read_drawn

LOGIC = "decision-logic"


@dataclass(frozen=True, slots=True)
class ImportedRules:
    """A rules file as text, to be named ``name`` with the ending ``.yaml``."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class ImportedText:
    """What was read of a guide.

    ``drawn`` is how many trees it draws, ``paths`` are those of the trees that were read whole, ``logic`` how
    many ``Decision Logic`` sections were. What was refused is in ``problems``, in the order of the lines.
    """

    drawn: int
    paths: tuple[tuple[str, ...], ...]
    logic: int
    rules: tuple[ImportedRules, ...]
    problems: tuple[DrawnProblem, ...]


def import_text(text: str, guide: str, sections: Sequence[GuideSection]) -> ImportedText:
    """The rules that the guide with the id ``guide`` gives as trees or as ``Decision Logic``.

    ``sections`` are the guide's, with places in ``text``; the rules cite them. The two are files of their
    own, since a guide that has both mostly says the same in both. A file is given only if it loads and
    passes every check for errors.
    """
    drawn = read_drawn(text)
    logics, misread = read_decision_logic(text)
    problems = [*drawn.problems, *misread]
    name = guide.rsplit("/", 1)[-1]
    rules: list[ImportedRules] = []
    for file, line, items in _files(name, drawn, logics):
        made = _made(GuideRules(name_words(file, (), "guide"), guide, tuple(sections), items), file, line)
        if isinstance(made, ImportedRules):
            rules.append(made)
        else:
            problems.append(made)
    ordered = sorted(problems, key=lambda problem: problem.line)
    shown = tuple(path for tree in drawn.trees for path in paths(tree))
    return ImportedText(drawn.drawn, shown, len(logics), tuple(rules), tuple(ordered))


def _files(
    name: str, drawn: DrawnTrees, logics: Sequence[DecisionLogic]
) -> Iterator[tuple[str, int, tuple[Item, ...]]]:
    """The name of each file, the line of the guide with which what it says begins, and what it says."""
    if drawn.trees:
        told = tuple(item for tree in drawn.trees for item in read_answers(tree))
        yield name, drawn.trees[0].root.line, told
    if logics:
        ordered = tuple(item for logic in logics for item in in_order(logic))
        yield f"{name}.{LOGIC}" if drawn.drawn else name, logics[0].rules[0].source.line, ordered


def _made(guide: GuideRules, file: str, line: int) -> ImportedRules | DrawnProblem:
    """The rules file, or why what begins on ``line`` cannot be one."""
    try:
        text = import_tree(guide)
        rules = parse_rules(text, f"{file}.yaml")
    except UncitedError as error:
        return DrawnProblem(error.line, str(error))
    except RulesError as error:
        return DrawnProblem(line, f"what begins here makes no valid rules: {error.problems[0]}")
    found = check_rules(rules, {section.id: section.text for section in guide.sections})
    wrong = [problem for problem in found if problem.severity == "error"]
    if wrong:
        return DrawnProblem(line, f"what begins here makes no valid rules: {wrong[0]}")
    return ImportedRules(file, text)
