"""The words of an answer about a detail: the guide's own, the fewest that answer, each cited."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.footnotes import Footnotes
from corpus import Hit, Passage

ENOUGH_WORDS = 45  # an answer that has said this much takes no further passage
MOST_PASSAGES = 3
NEAR_ENOUGH = 0.72  # share of the best passage's score that another one needs to be part of the answer
SEVERAL = re.compile(
    r"\b(?:which|list|examples?|what are|what kinds?|all|each|both|steps?|ways|options|features|differences?|"
    r"compare|pros|reasons|who all|name|headers|checklist)\b",
    re.IGNORECASE,
)


def guide_words(question: str, hits: Sequence[Hit], notes: Footnotes) -> str:
    """The passages of ``hits`` that answer ``question``, best first, in the guide's words with citations."""
    return "\n\n".join(passage_words(passage, notes) for passage in chosen_passages(question, hits))


def chosen_passages(question: str, hits: Sequence[Hit]) -> tuple[Passage, ...]:
    """The best passage, and those beside it that the question needs as well.

    A question for several things takes more of the best passage's own list or table; any question takes
    another passage that scores nearly as well while the answer is still short.
    """
    best = hits[0]
    several = SEVERAL.search(question) is not None
    chosen = [best.passage]
    words = _words(best.passage)
    for hit in hits[1:]:
        if len(chosen) == MOST_PASSAGES or words >= ENOUGH_WORDS:
            break
        near = hit.score >= best.score * NEAR_ENOUGH
        together = several and hit.passage.section == best.passage.section and hit.score >= best.score / 2
        if (near or together) and not _repeats(hit.passage, chosen):
            chosen.append(hit.passage)
            words += _words(hit.passage)
    return tuple(chosen)


def passage_words(passage: Passage, notes: Footnotes) -> str:
    """One passage as a person reads it, with its citation; code stays code."""
    mark = f" [{notes.passage(passage)}]"
    if passage.kind in ("code", "tree"):
        lead = f"{passage.lead.rstrip(':. ')}{mark}:\n" if passage.lead else f"{passage.heading[-1]}{mark}:\n"
        return f"{lead}```\n{passage.text.rstrip()}\n```"
    return f"{passage.reading}{mark}"


def nearest_words(hits: Sequence[Hit], notes: Footnotes) -> str:
    """Silence, with the nearest section named as no more than that."""
    if not hits:
        return "**The guide doesn't say.**"
    passage = hits[0].passage
    heading = " › ".join(passage.heading)
    if passage.kind in ("code", "tree"):
        return f"**The guide doesn't say.** Nearest section: {heading} [{notes.passage(passage)}]."
    return f"**The guide doesn't say.** Nearest, in {heading}: {passage.reading} [{notes.passage(passage)}]"


def _words(passage: Passage) -> int:
    return len(passage.reading.split())


def _repeats(passage: Passage, chosen: Sequence[Passage]) -> bool:
    """Whether ``passage`` says mostly what a chosen one says already."""
    words = set(re.findall(r"\w{4,}", passage.reading.casefold()))
    for other in chosen:
        theirs = set(re.findall(r"\w{4,}", other.reading.casefold()))
        if words and len(words & theirs) / len(words) > 0.7:
            return True
    return False
