"""The words of an answer about a detail: the guide's own, the fewest that answer, each cited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.evidence import content
from assistant.footnotes import Footnotes
from assistant.point import Pointed
from assistant.polarity import polarity
from corpus import Hit, Passage, Section

ENOUGH_WORDS = 45  # an answer that has said this much takes no further passage
MOST_PASSAGES = 4
MOST_LISTED = 8  # items of a list or rows of a table
NEAR_ENOUGH = 0.7  # share of the best passage's score that another one needs to be part of the answer
COMPANION = 0.45  # the same for a passage of the best one's own section, which often says the other half
FIX = re.compile(r"(?:Fix|Remedy|Solution|Instead):", re.IGNORECASE)
SAID_MOSTLY = 0.6  # share of a passage's content words; with less of them half of an answer may be missing
SEVERAL = re.compile(
    r"\b(?:which|list|examples?|what are|what kinds?|all|each|both|steps?|ways|options|features|differences?|"
    r"compare|pros|reasons|who all|name|headers|checklist)\b",
    re.IGNORECASE,
)


def guide_words(
    question: str, hits: Sequence[Hit], section: Section, notes: Footnotes, *, apart: bool = True
) -> str:
    """The passages that answer ``question``, best first, in the guide's words with citations.

    ``section`` is the one that the best hit stands in. Where guides are told ``apart``, passages of several
    stand under the names of their guides.
    """
    chosen = whole_list(question, hits, section) or chosen_passages(hits, section)
    words = [passage_words(passage, notes) for passage in chosen]
    said = polarity(question, chosen[0])
    first = f"**{said}.** " if said else ""
    if apart and len({guide_of(passage) for passage in chosen}) > 1:
        return first + name_guides(chosen, words)
    words[0] = first + words[0]
    if len(words) > MOST_PASSAGES:
        return "\n".join(f"- {told}" for told in words)
    return "\n\n".join(words)


def complete(text: str, passage: Passage) -> bool:
    """Whether ``text`` says most of what ``passage`` says, in whatever order."""
    meant = content(passage.reading)
    return len(set(content(text)).intersection(meant)) >= SAID_MOSTLY * len(meant)


def chosen_passages(hits: Sequence[Hit], section: Section) -> tuple[Passage, ...]:
    """The best passage, the other half that its section says, and what scores nearly as well.

    It ends as soon as the answer is long enough.
    """
    best = hits[0]
    chosen = [best.passage]
    words = _words(best.passage)
    for passage in [*_other_half(best.passage, section), *_near(hits)]:
        if len(chosen) == MOST_PASSAGES or words >= ENOUGH_WORDS:
            break
        if not introduces(passage) and not _repeats(passage, chosen) and not _stray(passage, chosen):
            chosen.append(passage)
            words += _words(passage)
    return tuple(chosen)


def _other_half(best: Passage, section: Section) -> Iterator[Passage]:
    """The fix beside a problem, the problem beside a fix: of a section written as such a pair."""
    items = [passage for passage in section.passages if passage.kind == "item"]
    fixes = [passage for passage in items if FIX.match(passage.reading)]
    if not fixes or best.kind != "item":
        return
    if best in fixes:
        yield from (passage for passage in items[:1] if passage not in fixes)
    else:
        yield from fixes


def _near(hits: Sequence[Hit]) -> Iterator[Passage]:
    best = hits[0]
    for hit in hits[1:]:
        beside = hit.passage.section == best.passage.section
        # A note points elsewhere or qualifies its own section; beside another section's words it misleads.
        stray = hit.passage.reading.startswith("Note:") and not beside
        if hit.score >= best.score * (COMPANION if beside else NEAR_ENOUGH) and not stray:
            yield hit.passage


def whole_list(question: str, hits: Sequence[Hit], section: Section) -> tuple[Passage, ...]:
    """The whole list that the best hit introduces or belongs to, when several things are asked for."""
    best = hits[0].passage
    inside = [hit for hit in hits if hit.passage.section == best.section]
    if not introduces(best) and (SEVERAL.search(question) is None or len(inside) < LISTED_HITS):
        return ()
    led = _led_by(best.reading if introduces(best) else best.lead, section)
    if 1 < len(led) <= MOST_LISTED:
        return led
    kind = "row" if any(passage.kind == "row" for passage in section.passages) else "item"
    items = [
        passage
        for passage in section.passages
        if passage.kind == kind and not passage.reading.startswith(("Note:", "Verify:"))
    ]
    if introduces(best):
        items = [passage for passage in items if passage.start > best.start]
    return tuple(items[:MOST_LISTED]) if 1 < len(items) <= MOST_LISTED else ()


def _led_by(lead: str, section: Section) -> tuple[Passage, ...]:
    """The items or rows that the words ``lead`` introduce."""
    return tuple(
        passage
        for passage in section.passages
        if lead and passage.lead == lead and passage.kind in ("item", "row")
    )


LISTED_HITS = 4  # of the hits looked at, in one section: then the list as a whole is what is asked for


def introduces(passage: Passage) -> bool:
    """Whether ``passage`` only announces what follows it."""
    return passage.kind == "prose" and passage.reading.rstrip().endswith(":")


def passage_words(passage: Passage, notes: Footnotes) -> str:
    """One passage as a person reads it, with its citation; code stays code."""
    mark = f" [{notes.passage(passage)}]"
    if passage.kind in ("code", "tree"):
        lead = f"{passage.lead.rstrip(':. ')}{mark}:\n" if passage.lead else f"{passage.heading[-1]}{mark}:\n"
        return f"{lead}```\n{passage.text.rstrip()}\n```"
    return f"{passage.reading}{mark}"


def guide_of(passage: Passage) -> str:
    """The id of the guide that ``passage`` stands in."""
    return passage.section.partition("#")[0]


def name_guides(chosen: Sequence[Passage], words: Sequence[str]) -> str:
    """The ``words`` of passages of several guides, guide by guide, each part with its guide's title first."""
    parts: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for passage, told in zip(chosen, words, strict=True):
        parts.setdefault(guide_of(passage), []).append(told)
        titles[guide_of(passage)] = passage.heading[0]
    # Guides of one title are told apart by their ids.
    alike = len(set(titles.values())) < len(titles)
    return "\n\n".join(
        f"**{titles[guide]}{f' ({guide})' if alike else ''}:** " + "\n\n".join(told)
        for guide, told in parts.items()
    )


def pointer_words(pointed: Pointed, notes: Footnotes) -> str:
    """The guide that another guide names for what is asked, with its own words about when."""
    pointer, other = pointed.pointer, pointed.other
    known = f"**{other.title}** ({other.id})" if other else f"**{pointer.other}**, which is not in this pack"
    mark = notes.pointer(pointed.guide, pointer)
    return (
        f"For that, see {known}. {pointed.guide.title} names it for this case: “{pointer.condition}” [{mark}]"
    )


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


def _stray(passage: Passage, chosen: Sequence[Passage]) -> bool:
    """Whether ``passage`` is a bare line beside another: two cells of lost tables would read as one row."""
    return passage.kind == "line" and any(other.kind == "line" for other in chosen)


def _repeats(passage: Passage, chosen: Sequence[Passage]) -> bool:
    """Whether ``passage`` says mostly what a chosen one says already."""
    words = set(re.findall(r"\w{4,}", passage.reading.casefold()))
    for other in chosen:
        theirs = set(re.findall(r"\w{4,}", other.reading.casefold()))
        if words and len(words & theirs) / len(words) > 0.7:
            return True
    return False
