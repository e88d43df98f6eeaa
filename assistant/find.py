"""Looking a detail up in the guides, and telling whether what is found answers it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.minds import Minds
from assistant.point import Pointed, point
from assistant.recognise import named_option, option_names
from assistant.silence import Silence, answered_share, asks_other_date, shares_words
from assistant.understand import kind_of
from corpus import Hit, Passage, Section

LOOKED_AT = 8  # passages
LOOKED_INTO = 3  # of them, where words alone must tell
SURELY_AWAY = 0.6  # probability from which a message is about something else altogether
SURELY_ANSWERED = 0.9  # far above the bound from which a question counts as answered


@dataclass(frozen=True, slots=True)
class Found:
    """What the guides hold for a question: the best passages, the section of the very best, and whether they
    answer it. ``pointed`` is what the best guide says when another one is the right one for it. ``apart``
    says that guides are told apart: then each part of an answer from several names its own.
    """

    question: str
    hits: tuple[Hit, ...]
    section: Section | None
    answers: bool
    pointed: Pointed | None = None
    apart: bool = True


def find(minds: Minds, question: str) -> Found:
    """The passages nearest to ``question``, and whether they answer it."""
    hits = _about_option(minds, question, minds.corpus.search(question, LOOKED_AT))
    if not hits:
        return Found(question, (), None, answers=False)
    section = minds.corpus.section(hits[0].passage.section)
    told = [_words(hit.passage) for hit in hits]
    answered = not asks_other_date(question, told) and _answered(minds, question, hits)
    pointed = point(minds, question, hits)
    return Found(question, hits, section, answered, pointed, apart=not minds.pack.chapters)


def _about_option(minds: Minds, question: str, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """``hits`` with those first that name the one option that ``question`` names."""
    options = minds.pack.rules.options if minds.pack.rules else {}
    named = named_option(question, options)
    if named is None:
        return hits
    names = option_names(options)[named]
    return tuple(
        sorted(hits, key=lambda hit: not names & set(re.findall(r"\w+", hit.passage.reading.casefold())))
    )


def _answered(minds: Minds, question: str, hits: tuple[Hit, ...]) -> bool:
    if minds.silence is None:
        return shares_words(question, [_words(hit.passage) for hit in hits[:LOOKED_INTO]])
    return sureness(minds, minds.silence, question) >= minds.silence.head.sure


def surely_answered(minds: Minds, question: str) -> bool:
    """Whether the guides answer ``question`` beyond doubt."""
    if minds.silence is None:
        return find(minds, question).answers
    return sureness(minds, minds.silence, question) >= SURELY_ANSWERED


def sureness(minds: Minds, silence: Silence, question: str) -> float:
    """How surely the guides answer ``question``, from 0 to 1."""
    if kind_of(minds, question)[2] >= SURELY_AWAY:
        return 0.0
    passages, questions = minds.corpus.projected()
    vector = minds.corpus.project(minds.corpus.encode([question])[0])
    return answered_share(silence, question, passages @ vector, questions @ vector)


def _words(passage: Passage) -> str:
    return f"{' '.join(passage.heading)} {passage.lead} {passage.reading}"
