"""What of a guide is embedded and what is searched by keyword."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

from corpus.guide import Guide, Passage
from corpus.questions import PackQuestion

CALLED = 3
"""How often the words of a guide's id and title count beside those of its text."""


def passages_of(guides: Iterable[Guide]) -> tuple[Passage, ...]:
    """All passages in the order of guides and text: the rows of an index."""
    return tuple(p for guide in guides for section in guide.sections for p in section.passages)


def placed_text(passage: Passage) -> str:
    """The words of ``passage`` with its headings: where it stands, what introduces it, what it says."""
    return "\n".join([" › ".join(passage.heading), plain_text(passage)])


def plain_text(passage: Passage) -> str:
    """The words of ``passage`` after those that introduce it."""
    return "\n".join(filter(None, [passage.lead, passage.reading]))


def embedded_texts(passages: Sequence[Passage], has_questions: bool) -> list[str]:
    """What is embedded of each passage.

    A pack's own questions lead to the right place, and headings would only blur what the passage itself
    says: the first hit is right for 43 % instead of 41 % of questions left out of the bundled pack. Without
    questions the headings tell guides apart: the right guide comes first for 96 % instead of 85 % of the
    questions put to 49 guides.
    """
    return [plain_text(passage) if has_questions else placed_text(passage) for passage in passages]


def keyword_texts(passages: Sequence[Passage], questions: Iterable[PackQuestion]) -> list[str]:
    """For each passage the words that a search by keyword looks at: its text and the questions it answers."""
    asked: dict[str, list[str]] = {}
    for question in questions:
        if question.kind == "ask":
            asked.setdefault(question.passage, []).append(question.text)
    return ["\n".join([placed_text(passage), *asked.get(passage.id, ())]) for passage in passages]


def guide_numbers(passages: Iterable[Passage]) -> list[int]:
    """For each passage the number of its guide, counted in the order in which guides first occur."""
    numbers: dict[str, int] = {}
    return [numbers.setdefault(guide_of(passage), len(numbers)) for passage in passages]


def guide_of(passage: Passage) -> str:
    """The id of the guide that ``passage`` stands in."""
    return passage.section.partition("#")[0]


def guide_texts(passages: Iterable[Passage]) -> list[str]:
    """The words of each guide that has passages, by its number; what it is called counts several times."""
    texts: dict[str, list[str]] = {}
    for passage in passages:
        guide = guide_of(passage)
        called = f"{guide.replace('_', ' ')} {passage.heading[0]}"
        texts.setdefault(guide, [called] * CALLED).append(f"{passage.heading[-1]} {plain_text(passage)}")
    return ["\n".join(words) for words in texts.values()]


def key_of(text: str) -> str:
    """What a vector is known by: a hash of the words that were embedded."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
