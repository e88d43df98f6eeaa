"""Answerability: does a pack of a set's texts answer what they answer, and keep silent on the rest?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import Assistant, Conversation, MessageError
from evals.external import Absent, Figure, Setting, figure
from evals.external_pack import Document, write_set_pack
from evals.external_rows import read_rows

PART = "silence, of a pack without questions"


@dataclass(frozen=True, slots=True)
class Talk:
    """A question after the ``before`` ones of its talk; ``source`` is what it was made from."""

    source: str
    before: tuple[str, ...]
    question: str
    answerable: bool


def run_squad2(folder: Path, setting: Setting) -> Iterator[Figure | Absent]:
    """Paragraphs, and questions of which about half were written so that they do not answer them."""
    rows = read_rows(folder / "queries.jsonl")
    talks = [Talk(row.text("paragraph"), (), row.text("text"), row.flag("answerable")) for row in rows]
    yield from _figures("squad2", "one question", folder, talks, setting)


def run_clapnq(folder: Path, setting: Setting) -> Iterator[Figure | Absent]:
    """A pool of one passage a question, half of them without the answer."""
    rows = read_rows(folder / "queries.jsonl")
    talks = [Talk(row.text("_id"), (), row.text("text"), row.flag("answerable")) for row in rows]
    yield from _figures("clapnq_dev", "one question", folder, talks, setting)


def run_mtrag(folder: Path, setting: Setting) -> Iterator[Figure | Absent]:
    """The last turn of talks; the user's turns before it are asked first."""
    talks = []
    for row in read_rows(folder / "tasks.jsonl"):
        told = row.text("answerability")
        if told not in ("ANSWERABLE", "UNANSWERABLE"):
            continue
        before = [turn.text("text") for turn in row.rows("history") if turn.text("speaker") == "user"]
        source = row.text("_id").partition("<::>")[0]
        talks.append(Talk(source, tuple(before), row.text("text"), told == "ANSWERABLE"))
    yield from _figures("mtrag_un", "last turn of a talk", folder, talks, setting)
    reason = "asks back for facts of its rules alone, never because a question is too vague"
    yield Absent("mtrag_un", "underspecified questions", reason)


def _figures(name: str, task: str, folder: Path, talks: Sequence[Talk], setting: Setting) -> Iterator[Figure]:
    documents = tuple(Document.of(row) for row in read_rows(folder / "corpus.jsonl"))
    pack = write_set_pack(name, documents, setting.cache)
    assistant = Assistant.open(pack.root, cache=setting.cache, progress=setting.progress)
    kinds = [[talk for talk in talks if talk.answerable is wanted] for wanted in (True, False)]
    drawn = setting.sample.evenly(kinds)
    answered = []
    for number, talk in enumerate(drawn, 1):
        answered.append((talk, _answered(assistant, talk)))
        setting.progress(number, len(drawn), f"questions of {name}")
    named, pool = (name, task, PART), len(documents)
    right = [(talk.source, float(was is talk.answerable)) for talk, was in answered]
    yield figure((*named, "told right, half of them answerable"), right, pool=pool)
    due = [(talk.source, float(not was)) for talk, was in answered if not talk.answerable]
    yield figure((*named, "silence recall"), due, pool=pool)
    false = [(talk.source, float(not was)) for talk, was in answered if talk.answerable]
    yield figure((*named, "false silence"), false, pool=pool, less_is_better=True)


def _answered(assistant: Assistant, talk: Talk) -> bool:
    conversation = Conversation()
    for said in talk.before:
        try:
            conversation = assistant.reply(said, conversation).conversation
        except MessageError:  # a turn without words changes nothing
            continue
    try:
        return assistant.reply(talk.question, conversation).answer.kind == "guide"
    except MessageError:
        return False
