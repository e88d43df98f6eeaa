"""Retrieval and silence alone: what they make of a question without the walk around them."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.find import sureness
from assistant.minds import Minds

LOOKED_AT = 100  # passages, so that enough sections are among them


@dataclass(frozen=True, slots=True)
class Looked:
    """What lies nearest to a question, and how surely the guides answer it.

    ``sections`` are ids, best first, each once. ``share`` is from 0 to 1, and a question is answered from
    ``bound`` on; both are ``None`` for a pack that has nothing to learn silence from.
    """

    sections: tuple[str, ...]
    share: float | None
    bound: float | None


def look_alone(minds: Minds, question: str, top: int) -> Looked:
    """The ``top`` sections nearest to ``question``, and how surely the guides answer it."""
    hits = minds.corpus.search(question, LOOKED_AT)
    sections = tuple(dict.fromkeys(hit.passage.section for hit in hits))[:top]
    silence = minds.silence
    if silence is None or not hits:
        return Looked(sections, None, None)
    return Looked(sections, sureness(minds, silence, question), float(silence.head.sure))
