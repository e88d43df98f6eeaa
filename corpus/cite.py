"""Citing: finding the exact place of words in a guide, or saying why they cannot be cited."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.assemble_guide import line_of
from corpus.errors import CitationError
from corpus.guide import CONVERTED, Citation, Guide, Passage, Pointer, Reference, Section
from corpus.reading import marks_of

_NEAR_ENOUGH = 60


def cite(guides: Sequence[Guide], section: str, quote: str) -> Citation:
    """``quote`` in its place: it must stand verbatim in the source of ``section`` (the first place counts).

    Raises :class:`CitationError` when there is no such section, or when the words do not stand in it; the
    message names the nearest section or the nearest words.
    """
    found = find_section(guides, section)
    if found is None:
        raise _unknown_section(guides, section, quote)
    guide, held = found
    start = guide.text.find(quote, held.start, held.end) if quote.strip() else -1
    if start < 0:
        raise _not_there(guides, guide, held, quote)
    return _citation(guide, held.id, held.heading, start, start + len(quote))


def cite_passage(guides: Sequence[Guide], passage: Passage) -> Citation:
    """The whole of ``passage`` in its place. Raises :class:`CitationError` when ``guides`` do not hold it."""
    found = find_section(guides, passage.section)
    if found is None:
        raise _unknown_section(guides, passage.section, passage.text)
    guide, held = found
    if guide.text[passage.start : passage.end] != passage.text:
        raise _not_there(guides, guide, held, passage.text)
    return _citation(guide, passage.section, passage.heading, passage.start, passage.end)


def cite_pointer(guide: Guide, pointer: Pointer) -> Citation:
    """The condition of ``pointer`` in the front matter of ``guide``, which stands in no section.

    It is cited with the guide's first section, since that is where the guide begins.
    """
    first = guide.sections[0]
    return _citation(guide, first.id, first.heading, pointer.start, pointer.end)


def find_section(guides: Sequence[Guide], section: str) -> tuple[Guide, Section] | None:
    """The section with the id ``section``, with its guide; ``None`` when there is none."""
    guide_id = section.partition("#")[0]
    for guide in guides:
        if guide.id == guide_id:
            for held in guide.sections:
                if held.id == section:
                    return guide, held
    return None


def _citation(guide: Guide, section: str, heading: tuple[str, ...], start: int, end: int) -> Citation:
    return Citation(
        section=section,
        heading=heading,
        quote=guide.text[start:end],
        file=guide.file,
        line=0 if guide.form in CONVERTED else line_of(guide.text, start),
        start=start,
        end=end,
        references=_references(guide, section, start, end),
    )


def _references(guide: Guide, section: str, start: int, end: int) -> tuple[Reference, ...]:
    """The sources that the guide names for the words there, or for the passage that they are part of."""
    marks = marks_of(guide.text[start:end])
    if not marks and guide.meta.sources:
        held = next((held for held in guide.sections if held.id == section), None)
        around = (p for p in held.passages if p.start <= start and end <= p.end) if held else ()
        marks = next((passage.marks for passage in around), ())
    return tuple(guide.meta.sources[mark] for mark in marks if mark in guide.meta.sources)


def _unknown_section(guides: Sequence[Guide], section: str, quote: str) -> CitationError:
    # rapidfuzz serves suggestions alone; a citation that resolves never loads it.
    from rapidfuzz import process

    ids = [held.id for guide in guides for held in guide.sections]
    best = process.extractOne(section, ids, score_cutoff=_NEAR_ENOUGH)
    nearest = str(best[0]) if best else ""
    meant = f"; did you mean {nearest!r}?" if nearest else "; name a section of a guide of this pack"
    return CitationError(section, quote, f"there is no section {section!r}{meant}", nearest)


def _not_there(guides: Sequence[Guide], guide: Guide, section: Section, quote: str) -> CitationError:
    if not quote.strip():
        message = f"an empty quote is cited from {section.id!r}; quote words of that section"
        return CitationError(section.id, quote, message, "")
    said = f"{_shown(quote)} does not stand in {section.id!r} ({guide.file})"
    for other in (held for each in guides for held in _text_sections(each, quote)):
        message = f"{said}, but it does in {other.id!r}; cite that section"
        return CitationError(section.id, quote, message, other.id)
    nearest = _nearest_words(section, quote)
    meant = f"; the nearest words there are {_shown(nearest)}" if nearest else "; quote words of that section"
    return CitationError(section.id, quote, said + meant, nearest)


def _text_sections(guide: Guide, quote: str) -> list[Section]:
    return [held for held in guide.sections if guide.text.find(quote, held.start, held.end) >= 0]


def _nearest_words(section: Section, quote: str) -> str:
    from rapidfuzz import fuzz, process

    texts = [passage.text for passage in section.passages]
    best = process.extractOne(quote, texts, scorer=fuzz.partial_ratio, score_cutoff=_NEAR_ENOUGH)
    return str(best[0]) if best else ""


def _shown(words: str) -> str:
    line = " ".join(words.split())
    return f"“{line[:157]}…”" if len(line) > 160 else f"“{line}”"
