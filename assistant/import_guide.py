"""Imports guides: the trees that they draw and their ``Decision Logic``, as rules that cite them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus import Guide, GuideError
from corpus.read_guides import read_guide
from rules.import_text import ImportedRules, import_text
from rules.quote_line import GuideSection
from rules.read_drawn import DrawnProblem

CORPUS = "corpus"


@dataclass(frozen=True, slots=True)
class ImportedGuide:
    """What was read of one guide.

    ``drawn`` is how many trees it draws. ``paths`` holds, for each tree that was read whole, the words of
    each node from below the root to the end of a branch, verbatim. ``logic`` is how many ``Decision Logic``
    sections were read, ``rules`` are the rules files made, and ``problems`` says what was refused: the line
    (from 1; 0 where the file cannot be read at all) and why. A guide that is not ``readable`` is no pack's
    guide either.
    """

    path: Path
    id: str
    drawn: int
    paths: tuple[tuple[str, ...], ...]
    logic: int
    rules: tuple[ImportedRules, ...]
    problems: tuple[DrawnProblem, ...]
    readable: bool = True


def import_guides(paths: Iterable[Path]) -> tuple[ImportedGuide, ...]:
    """The guides at ``paths``, each with its rules; one that cannot be read is told by its problem.

    A guide below a folder named ``corpus`` has the id that it has in that pack, any other its file's name.
    """
    return tuple(_import_guide(path) for path in paths)


def _import_guide(path: Path) -> ImportedGuide:
    folder = next(
        (above for above in path.absolute().parents if above.name == CORPUS), path.absolute().parent
    )
    try:
        guide = read_guide(folder, path.absolute())
    except GuideError as error:
        problem = DrawnProblem(error.line, f"the guide {error.problem}; {error.remedy}")
        return ImportedGuide(path, path.stem, 0, (), 0, (), (problem,), readable=False)
    read = import_text(guide.text, guide.id, _sections(guide))
    return ImportedGuide(path, guide.id, read.drawn, read.paths, read.logic, read.rules, read.problems)


def _sections(guide: Guide) -> tuple[GuideSection, ...]:
    return tuple(
        GuideSection(section.id, section.start, section.end, guide.text[section.start : section.end])
        for section in guide.sections
    )
