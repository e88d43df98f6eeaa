"""The questions of a pack: for its passages, questions that they answer and near misses that they do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from corpus.cite import find_section
from corpus.errors import QuestionsError
from corpus.guide import Guide, Passage, Section

QuestionKind = Literal["ask", "near"]
ENDING = ".questions.yaml"
_KINDS: Mapping[str, QuestionKind] = {"asks": "ask", "near": "near"}
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class PackQuestion:
    """A question in users' words. The passage with the id ``passage`` answers an ``ask``.

    A ``near`` miss is about the passage and is not answered by it, nor by the rest of its guide.
    """

    passage: str
    kind: QuestionKind
    text: str


@dataclass(frozen=True, slots=True)
class _File:
    """A file of questions on its way in: where it lies, and what was found wrong with it so far."""

    name: str
    guides: Sequence[Guide]
    problems: list[str]

    def wrong(self, node: CommentedMap | CommentedSeq | None, key: object, problem: str) -> None:
        """Note ``problem`` with the place of ``key`` in ``node``."""
        line, column = 0, 0
        if node is not None and node.lc.data and key in node.lc.data:
            line, column = node.lc.data[key][:2]
        elif node is not None:
            line, column = node.lc.line, node.lc.col
        self.problems.append(f"{self.name}:{line + 1}:{column + 1}: {problem}")


def question_files(folder: Path) -> tuple[Path, ...]:
    """The files of questions in ``folder`` and below, in the order of their paths."""
    return tuple(sorted(folder.rglob(f"*{ENDING}"), key=lambda path: path.relative_to(folder).as_posix()))


def load_questions(folder: Path, guides: Sequence[Guide]) -> tuple[PackQuestion, ...]:
    """All questions that lie beside the ``guides`` in ``folder``; none is a pack without questions.

    Raises :class:`QuestionsError` with every problem of every file, each with file, line and column.
    """
    questions: list[PackQuestion] = []
    problems: list[str] = []
    for path in question_files(folder):
        name = (Path(folder.resolve().name) / path.relative_to(folder)).as_posix()
        file = _File(name, guides, problems)
        questions += _read(path, file)
    if problems:
        raise QuestionsError(problems)
    return tuple(dict.fromkeys(questions))


def read_question_file(path: Path, guides: Sequence[Guide]) -> tuple[PackQuestion, ...]:
    """The questions of one file. Raises :class:`QuestionsError` with every problem of it."""
    problems: list[str] = []
    questions = tuple(_read(path, _File(path.name, guides, problems)))
    if problems:
        raise QuestionsError(problems)
    return questions


def _read(path: Path, file: _File) -> Iterator[PackQuestion]:
    try:
        told = YAML(typ="rt").load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        file.wrong(None, "", f"cannot be read ({error}); make it a readable UTF-8 file")
        return
    except MarkedYAMLError as error:
        mark = error.problem_mark
        at = f"{mark.line + 1}:{mark.column + 1}" if mark else "1:1"
        file.problems.append(f"{file.name}:{at}: is not YAML ({error.problem}); mend that line")
        return
    except (YAMLError, RecursionError) as error:
        file.wrong(None, "", f"is not YAML ({' '.join(str(error).split())}); mend it")
        return
    if not isinstance(told, CommentedMap):
        file.wrong(
            None, "", "holds no questions; begin with `questions:` and the guide's id, then `passages:`"
        )
        return
    _known_keys(told, ("questions", "passages"), file)
    guide_id = told.get("questions")
    if not any(guide.id == guide_id for guide in file.guides):
        meant = _meant(str(guide_id), [guide.id for guide in file.guides])
        file.wrong(told, "questions", f"there is no guide {guide_id!r}{meant}")
        return
    entries = told.get("passages")
    if not isinstance(entries, CommentedSeq):
        file.wrong(
            told, "passages", "`passages` must be a list of entries with `section`, `passage` and `asks`"
        )
        return
    for place, entry in enumerate(entries):
        if isinstance(entry, CommentedMap):
            yield from _entry(entry, str(guide_id), file)
        else:
            file.wrong(entries, place, "an entry must have `section`, `passage` and `asks`")


def _entry(entry: CommentedMap, guide_id: str, file: _File) -> Iterator[PackQuestion]:
    _known_keys(entry, ("section", "passage", "asks", "near"), file)
    passage = _passage(entry, guide_id, file)
    told = [
        (kind, text)
        for key, kind in _KINDS.items()
        for text in _texts(entry, key, file)
        if passage is not None
    ]
    if passage is not None and not told:
        file.wrong(entry, "passage", "the entry has neither `asks` nor `near`; write at least one question")
    for kind, text in told:
        if passage is not None:
            yield PackQuestion(passage.id, kind, text)


def _passage(entry: CommentedMap, guide_id: str, file: _File) -> Passage | None:
    name, words = entry.get("section"), entry.get("passage")
    if not isinstance(name, str) or not isinstance(words, str) or not words.strip():
        file.wrong(entry, "section", "an entry needs `section` and `passage`, both words")
        return None
    found = find_section(file.guides, name) if name.partition("#")[0] == guide_id else None
    if found is None:
        ids = [held.id for guide in file.guides if guide.id == guide_id for held in guide.sections]
        file.wrong(entry, "section", f"there is no section {name!r} in {guide_id!r}{_meant(name, ids)}")
        return None
    matches = matching_passages(found[1], words)
    if len(matches) == 1:
        return matches[0]
    if matches:
        problem = (
            f"the words {words!r} stand in {len(matches)} passages of {name!r}; quote more of the one meant"
        )
    else:
        nearest = _meant(words, [passage.reading[:80] for passage in found[1].passages])
        problem = f"the words {words!r} stand in no passage of {name!r}{nearest}"
    file.wrong(entry, "passage", problem)
    return None


def matching_passages(section: Section, words: str) -> list[Passage]:
    """The passages that ``words`` may mean: those that begin with them, else those that hold them."""
    wanted = " ".join(words.split())
    forms = [(p, (" ".join(p.text.split()), p.reading)) for p in section.passages]
    holding = [p for p, each in forms if any(wanted in form for form in each)]
    opening = [p for p, each in forms if any(form.startswith(wanted) for form in each)]
    return opening if len(opening) == 1 else holding


def _texts(entry: CommentedMap, key: str, file: _File) -> Iterator[str]:
    listed = entry.get(key, ())
    if listed == ():
        return
    if not isinstance(listed, CommentedSeq):
        file.wrong(entry, key, f"`{key}` must be a list of questions, one on a line")
        return
    for number, text in enumerate(listed):
        if not isinstance(text, str) or not text.strip():
            file.wrong(listed, number, f"a question under `{key}` is not text; put quotes around it")
        elif len(text) > _LONGEST:
            file.wrong(
                listed, number, f"a question has {len(text)} characters, more than {_LONGEST}; shorten it"
            )
        else:
            yield " ".join(text.split())


def _known_keys(node: CommentedMap, known: Sequence[str], file: _File) -> None:
    for key in node:
        if key not in known:
            file.wrong(node, key, f"there is no field {key!r}{_meant(str(key), known)}")


def _meant(word: str, known: Iterable[str]) -> str:
    # rapidfuzz serves suggestions alone; a file without problems never loads it.
    from rapidfuzz import process

    best = process.extractOne(word, list(known), score_cutoff=60)
    return f"; did you mean {best[0]!r}?" if best else "; use one that there is"
