"""The questions of a pack: for its passages, questions that they answer and near misses that they do not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from corpus.cite import find_section
from corpus.errors import FileProblem, QuestionsError
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
    left_out: Collection[str]
    problems: list[FileProblem]
    lines: list[str]

    def wrong(
        self, code: str, node: CommentedMap | CommentedSeq | None, key: object, message: str, remedy: str
    ) -> None:
        """Note a problem with the place of ``key`` in ``node``."""
        line, column = 0, 0
        if node is not None and node.lc.data and key in node.lc.data:
            line, column = node.lc.data[key][:2]
        elif node is not None:
            line, column = node.lc.line, node.lc.col
        self.wrong_at(code, line + 1, column + 1, message, remedy)

    def wrong_at(self, code: str, line: int, column: int, message: str, remedy: str) -> None:
        """Note a problem at ``line`` and ``column``, both from 1."""
        source = self.lines[line - 1] if line <= len(self.lines) else ""
        self.problems.append(FileProblem(code, self.name, line, column, message, remedy, source))


def question_files(folder: Path) -> tuple[Path, ...]:
    """The files of questions in ``folder`` and below, in the order of their paths."""
    return tuple(sorted(folder.rglob(f"*{ENDING}"), key=lambda path: path.relative_to(folder).as_posix()))


def load_questions(
    folder: Path, guides: Sequence[Guide], left_out: Collection[str] = ()
) -> tuple[PackQuestion, ...]:
    """All questions that lie beside the ``guides`` in ``folder``; none is a pack without questions.

    ``left_out`` are the ids of guides that could not be read; nothing is asked of them.

    Raises :class:`QuestionsError` with every problem of every file, each with file, line and column.
    """
    questions: list[PackQuestion] = []
    problems: list[FileProblem] = []
    for path in question_files(folder):
        name = (Path(folder.resolve().name) / path.relative_to(folder)).as_posix()
        questions += _read(path, _File(name, guides, left_out, problems, []))
    if problems:
        raise QuestionsError(problems)
    return tuple(dict.fromkeys(questions))


def read_question_file(path: Path, guides: Sequence[Guide]) -> tuple[PackQuestion, ...]:
    """The questions of one file. Raises :class:`QuestionsError` with every problem of it."""
    problems: list[FileProblem] = []
    questions = tuple(_read(path, _File(path.name, guides, (), problems, [])))
    if problems:
        raise QuestionsError(problems)
    return questions


def _read(path: Path, file: _File) -> Iterator[PackQuestion]:
    told = _told(path, file)
    if told is None:
        return
    _known_keys(told, ("questions", "passages"), file)
    guide_id = told.get("questions")
    if not any(guide.id == guide_id for guide in file.guides):
        if guide_id in file.left_out:
            return
        remedy = _meant(str(guide_id), [guide.id for guide in file.guides])
        file.wrong("unknown-guide", told, "questions", f"there is no guide {guide_id!r}", remedy)
        return
    entries = told.get("passages")
    if not isinstance(entries, CommentedSeq):
        remedy = "write entries with `section`, `passage` and `asks`"
        file.wrong("wrong-type", told, "passages", "`passages` must be a list of entries", remedy)
        return
    for place, entry in enumerate(entries):
        if isinstance(entry, CommentedMap):
            yield from _entry(entry, str(guide_id), file)
        else:
            remedy = "write `section`, `passage` and `asks`"
            file.wrong("wrong-type", entries, place, "an entry must have fields", remedy)


def _told(path: Path, file: _File) -> CommentedMap | None:
    """What the file writes, or ``None`` with a problem."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        file.lines.extend(text.splitlines())
        told = YAML(typ="rt").load(text)
    except (OSError, UnicodeDecodeError) as error:
        file.wrong_at("unreadable", 1, 1, f"cannot be read ({error})", "make it a readable UTF-8 file")
        return None
    except MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        file.wrong_at("yaml", line, column, f"is not YAML ({error.problem})", "mend that line")
        return None
    except (YAMLError, RecursionError) as error:
        file.wrong_at("yaml", 1, 1, f"is not YAML ({' '.join(str(error).split())})", "mend it")
        return None
    if not isinstance(told, CommentedMap):
        remedy = "begin with `questions:` and the guide's id, then `passages:`"
        file.wrong_at("empty" if told is None else "wrong-type", 1, 1, "holds no questions", remedy)
        return None
    return told


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
        problem, remedy = "the entry has neither `asks` nor `near`", "write at least one question"
        file.wrong("missing-key", entry, "passage", problem, remedy)
    for kind, text in told:
        if passage is not None:
            yield PackQuestion(passage.id, kind, text)


def _passage(entry: CommentedMap, guide_id: str, file: _File) -> Passage | None:
    name, words = entry.get("section"), entry.get("passage")
    if not isinstance(name, str) or not isinstance(words, str) or not words.strip():
        remedy = "write both as words"
        file.wrong("missing-key", entry, "section", "an entry needs `section` and `passage`", remedy)
        return None
    found = find_section(file.guides, name) if name.partition("#")[0] == guide_id else None
    if found is None:
        ids = [held.id for guide in file.guides if guide.id == guide_id for held in guide.sections]
        problem = f"there is no section {name!r} in {guide_id!r}"
        file.wrong("unknown-section", entry, "section", problem, _meant(name, ids))
        return None
    matches = matching_passages(found[1], words)
    if len(matches) == 1:
        return matches[0]
    if matches:
        problem = f"the words {words!r} stand in {len(matches)} passages of {name!r}"
        remedy = "quote more of the one meant"
    else:
        problem = f"the words {words!r} stand in no passage of {name!r}"
        remedy = _meant(words, [passage.reading[:80] for passage in found[1].passages])
    file.wrong("unknown-passage", entry, "passage", problem, remedy)
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
        file.wrong("wrong-type", entry, key, f"`{key}` must be a list of questions", "write one on a line")
        return
    for number, text in enumerate(listed):
        if not isinstance(text, str) or not text.strip():
            problem = f"a question under `{key}` is not text"
            file.wrong("wrong-type", listed, number, problem, "put quotes around it")
        elif len(text) > _LONGEST:
            problem = f"a question has {len(text)} characters, more than {_LONGEST}"
            file.wrong("too-long", listed, number, problem, "shorten it")
        else:
            yield " ".join(text.split())


def _known_keys(node: CommentedMap, known: Sequence[str], file: _File) -> None:
    for key in node:
        if key not in known:
            file.wrong("unknown-key", node, key, f"there is no field {key!r}", _meant(str(key), known))


def _meant(word: str, known: Iterable[str]) -> str:
    # rapidfuzz serves suggestions alone; a file without problems never loads it.
    from rapidfuzz import process

    best = process.extractOne(word, list(known), score_cutoff=60)
    return f"did you mean {best[0]!r}?" if best else "use one that there is"
