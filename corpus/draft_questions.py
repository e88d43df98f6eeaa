"""Drafts of questions beside a guide: written for an author to look through, then taken over as a whole.

A draft has the form of a file of questions and another ending, so that nothing reads it before its author
has accepted it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from corpus.cache import write_aside
from corpus.guide import Guide, Passage
from corpus.questions import ENDING, PackQuestion, matching_passages, read_question_file

DRAFT = ".draft.yaml"
_OPENING = 60  # characters of a passage that name it, more where they do not tell it from its neighbours


@dataclass(frozen=True, slots=True)
class DraftEntry:
    """Questions for one passage: those it answers, and near misses."""

    passage: Passage
    asks: tuple[str, ...]
    near: tuple[str, ...]


def draft_file(guide: Guide) -> Path:
    """Where the draft for ``guide`` lies."""
    return guide.path.with_suffix(DRAFT)


def write_draft(guide: Guide, entries: Sequence[DraftEntry]) -> Path:
    """Writes the draft for ``guide`` and returns its place. Raises ``OSError``."""
    lines = [f"questions: {json.dumps(guide.id)}", "passages:"]
    for entry in entries:
        lines += [
            f"  - section: {entry.passage.section}",
            f"    passage: {_text(_opening(guide, entry.passage))}",
        ]
        for key, texts in (("asks", entry.asks), ("near", entry.near)):
            if texts:
                lines += [f"    {key}:", *(f"      - {_text(text)}" for text in texts)]
    content = "\n".join([*lines, ""])
    path = draft_file(guide)
    write_aside(path, lambda aside: _write(aside, content))
    return path


def accept_draft(guide: Guide) -> int:
    """Takes the draft for ``guide`` over into its file of questions; returns how many questions were new.

    Comments and order of the file stay. The draft is deleted once the file is written.

    Raises :class:`QuestionsError` with every problem of the draft (nothing is written then) and ``OSError``.
    """
    draft, target = draft_file(guide), guide.path.with_suffix(ENDING)
    told = read_question_file(draft, [guide])
    known = read_question_file(target, [guide]) if target.exists() else ()
    new = [question for question in told if question not in set(known)]
    if new:
        content = _merged(guide, target, new)
        write_aside(target, lambda aside: _write(aside, content))
    draft.unlink()
    return len(new)


def _merged(guide: Guide, target: Path, new: Iterable[PackQuestion]) -> str:
    yaml = YAML(typ="rt")
    yaml.width, yaml.preserve_quotes = 10_000, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    tree = yaml.load(target.read_text(encoding="utf-8-sig")) if target.exists() else None
    if not isinstance(tree, CommentedMap):
        tree = CommentedMap({"questions": guide.id, "passages": CommentedSeq()})
    entries = _entries(guide, tree["passages"])
    passages = {passage.id: passage for section in guide.sections for passage in section.passages}
    for question in new:
        entry = entries.get(question.passage)
        if entry is None:
            passage = passages[question.passage]
            entry = CommentedMap({"section": passage.section, "passage": _opening(guide, passage)})
            entries[question.passage] = entry
            tree["passages"].append(entry)
        entry.setdefault({"ask": "asks", "near": "near"}[question.kind], CommentedSeq()).append(question.text)
    out = StringIO()
    yaml.dump(tree, out)
    return out.getvalue()


def _entries(guide: Guide, listed: CommentedSeq) -> dict[str, CommentedMap]:
    """The entries of a file that was read without problems, by the passage that each is about."""
    found: dict[str, CommentedMap] = {}
    for entry in listed:
        section = next(one for one in guide.sections if one.id == entry["section"])
        found.setdefault(matching_passages(section, entry["passage"])[0].id, entry)
    return found


def _opening(guide: Guide, passage: Passage) -> str:
    """The first words of ``passage``, as many as it takes to mean no other passage of its section."""
    section = next(one for one in guide.sections if one.id == passage.section)
    words = passage.reading.split()
    for count in range(1, len(words) + 1):
        opening = " ".join(words[:count])
        long_enough = len(opening) >= min(_OPENING, len(passage.reading))
        if long_enough and matching_passages(section, opening) == [passage]:
            return opening
    return passage.reading


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _write(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")
