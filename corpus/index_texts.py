"""What of a guide is embedded and what is searched by keyword."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

from corpus.guide import Guide, Passage
from corpus.questions import PackQuestion


def passages_of(guides: Iterable[Guide]) -> tuple[Passage, ...]:
    """All passages in the order of guides and text: the rows of an index."""
    return tuple(p for guide in guides for section in guide.sections for p in section.passages)


def text_of(passage: Passage) -> str:
    """The words of ``passage`` that are embedded: where it stands, what introduces it, what it says."""
    return "\n".join(filter(None, [" › ".join(passage.heading), passage.lead, passage.reading]))


def keyword_texts(passages: Sequence[Passage], questions: Iterable[PackQuestion]) -> list[str]:
    """For each passage the words that a search by keyword looks at: its text and the questions it answers."""
    asked: dict[str, list[str]] = {}
    for question in questions:
        if question.kind == "ask":
            asked.setdefault(question.passage, []).append(question.text)
    return ["\n".join([text_of(passage), *asked.get(passage.id, ())]) for passage in passages]


def key_of(text: str) -> str:
    """What a vector is known by: a hash of the words that were embedded."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
