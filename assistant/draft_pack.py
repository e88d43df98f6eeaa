"""Drafting questions for a pack, and accepting the drafts that its author has looked through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.pack import Pack
from assistant.speak import LanguageModel
from assistant.suggest_questions import suggest_questions
from corpus import DraftEntry, Guide, Passage, accept_draft, draft_file, load_questions, write_draft


@dataclass(frozen=True, slots=True)
class Bare:
    """The passages of a guide that have no questions of their own yet."""

    guide: Guide
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft as it grew: ``done`` of ``total`` passages, and why the newest has none (empty: it has)."""

    done: int
    total: int
    problem: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """A draft that was taken over: its guide's id, and how many of its questions were new."""

    guide: str
    questions: int


def bare_passages(pack: Pack, only: str | None = None) -> tuple[Bare, ...]:
    """For each guide of ``pack`` (``only`` the one of that id) what has no questions, a draft left aside.

    Raises ``corpus.QuestionsError`` for files of questions that cannot be read.
    """
    asked = {question.passage for question in load_questions(pack.root / "corpus", pack.guides)}
    found = []
    for guide in pack.guides:
        if only in (None, guide.id):
            passages = [passage for section in guide.sections for passage in section.passages]
            found.append(Bare(guide, tuple(passage for passage in passages if passage.id not in asked)))
    return tuple(bare for bare in found if bare.passages)


def draft_questions(model: LanguageModel, bare: Bare, asks: int, near: int) -> Iterator[Drafted]:
    """Drafts questions for the passages of one guide; the draft on disk grows with each one."""
    entries: list[DraftEntry] = []
    for done, suggested in enumerate(suggest_questions(model, bare.passages, asks, near), 1):
        if suggested.entry is not None:
            entries.append(suggested.entry)
            write_draft(bare.guide, entries)
        yield Drafted(done, len(bare.passages), suggested.problem)


def draft_of(guide: Guide) -> Path | None:
    """The draft that lies beside ``guide``, if there is one."""
    path = draft_file(guide)
    return path if path.exists() else None


def accept_drafts(pack: Pack) -> Iterator[Accepted]:
    """Takes over every draft of ``pack``. Raises ``corpus.QuestionsError`` for one that cannot be read."""
    for guide in pack.guides:
        if draft_of(guide) is not None:
            yield Accepted(guide.id, accept_draft(guide))
