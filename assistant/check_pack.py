"""Checks a pack for everything that can be wrong with it, all at once, but for its suites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.cues import load_cues
from assistant.drift import lock_of, locked
from assistant.errors import PackError
from assistant.file_names import shown_from_here
from assistant.messages import load_messages
from assistant.pack import (
    guide_problem,
    pack_folder,
    read_all_guides,
    read_rules,
    word_files,
)
from assistant.pack_file import pack_file, read_pack_file
from assistant.section_texts import section_texts
from corpus import Guide, PackQuestion, Passage, QuestionsError, load_questions
from corpus.assemble_guide import line_of
from rules import Problem, RuleSet, check_drift, check_rules

NAMED = 3  # guides named in the warning about passages without questions


@dataclass(frozen=True, slots=True)
class CheckedPack:
    """What was found in the pack in ``root``, called ``name``.

    ``guides`` and ``rules`` are those that could be read; ``readable`` says that they are all there are.
    Files are named as from the working folder where they lie below it.
    """

    root: Path
    name: str
    guides: tuple[Guide, ...]
    rules: RuleSet | None
    readable: bool
    problems: tuple[Problem, ...]


def check_pack(root: Path | None = None) -> CheckedPack:
    """Everything that is wrong with the guides, rules, questions, messages, cues and ``pack.yaml`` of a pack.

    Raises :class:`PackError` when there is no pack: no such folder, or nothing in it that makes one.
    """
    folder = pack_folder(root)
    if not (folder / "corpus").is_dir() and not (folder / "rules").is_dir() and pack_file(folder) is None:
        remedy = "name a folder that holds corpus/, or make one with guides in it"
        problem = Problem("no-pack", str(folder), 0, 0, "holds no pack: there is no corpus/ in it", remedy)
        raise PackError(str(folder), (problem,))
    told, wrong = read_pack_file(folder)
    guides, refused, missing = read_all_guides(folder)
    rules, broken = read_rules(folder)
    problems = [*wrong, *missing, *(guide_problem(error, folder) for error in refused), *broken]
    if rules is not None:
        # A section of a guide that cannot be read may well be there: then citations are not looked up.
        problems += _check_rules(folder, rules, None if refused or missing else section_texts(guides))
        messages, cues = word_files(folder)
        problems += [*load_messages(messages, rules)[1], *load_cues(cues)[1]]
    if guides:
        problems += _check_questions(folder, guides, {error.guide for error in refused})
    name = told.id or (rules.name if rules else folder.name)
    shown = tuple(shown_from_here(problem) for problem in problems)
    return CheckedPack(folder, name, guides, rules, not (refused or missing or broken), shown)


def _check_rules(folder: Path, rules: RuleSet, sections: Mapping[str, str] | None) -> Iterator[Problem]:
    """What the rules say wrongly, and where there is a lock, what has come apart since."""
    found = check_rules(rules, sections)
    lock, unread = locked(lock_of(folder))
    yield from unread
    if lock is None or sections is None:
        yield from found
        return
    # Of a quote that does not stand where the rules say, drift tells more: where it went, or what it became.
    yield from (problem for problem in found if problem.code not in ("quote", "unknown-section"))
    yield from check_drift(rules, lock, sections)


def _check_questions(folder: Path, guides: tuple[Guide, ...], left_out: set[str]) -> Iterator[Problem]:
    try:
        questions = load_questions(folder / "corpus", guides, left_out)
    except QuestionsError as error:
        for one in error.found:
            place = str(folder / one.file)
            yield Problem(one.code, place, one.line, one.column, one.message, one.remedy, one.source)
        return
    if questions:
        yield from _unasked(folder, guides, questions)


def _unasked(
    folder: Path, guides: tuple[Guide, ...], questions: tuple[PackQuestion, ...]
) -> Iterator[Problem]:
    """One warning for all passages that nobody asks about, at the first of them."""
    asked = {question.passage for question in questions if question.kind == "ask"}
    passages = [(guide, one) for guide in guides for section in guide.sections for one in section.passages]
    left = [(guide, one) for guide, one in passages if one.id not in asked]
    if not left:
        return
    by_guide: dict[str, int] = {}
    for guide, _ in left:
        by_guide[guide.id] = by_guide.get(guide.id, 0) + 1
    most = sorted(by_guide, key=lambda name: -by_guide[name])
    named = ", ".join(f"{by_guide[name]} of {name}" for name in most[:NAMED])
    more = f" and {len(most) - NAMED} more" if most[NAMED:] else ""
    yield _at_passage(
        folder,
        *left[0],
        f"{len(left)} of {len(passages)} passages have no questions ({named}{more}); this is the first",
    )


def _at_passage(folder: Path, guide: Guide, passage: Passage, message: str) -> Problem:
    line = line_of(guide.text, passage.start)
    source = guide.text.splitlines()[line - 1]
    remedy = "add questions that they answer to the guide's .questions.yaml; they are found better then"
    place = str(folder / guide.file)
    return Problem("no-questions", place, line, 1, message, remedy, source, "warning")
