"""The citations of one answer, numbered in the order in which its words use them."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import CitedWords
from corpus import Citation, Guide, Passage, Pointer, Reference, cite, cite_passage, cite_pointer


class Footnotes:
    """Collects what an answer cites. A quote that does not resolve in the guides cannot get a number."""

    def __init__(self, guides: Sequence[Guide]) -> None:
        self._guides = guides
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._cited: list[CitedWords] = []

    def quote(self, section: str, quote: str) -> int:
        """The number of ``quote`` in ``section``. Raises ``corpus.CitationError`` when it is not there."""
        return self._number(cite(self._guides, section, quote))

    def passage(self, passage: Passage) -> int:
        """The number of a whole passage."""
        return self._number(cite_passage(self._guides, passage))

    def pointer(self, guide: Guide, pointer: Pointer) -> int:
        """The number of the words with which ``guide`` points to another one."""
        return self._number(cite_pointer(guide, pointer))

    def all(self) -> tuple[CitedWords, ...]:
        """Every citation so far, by number."""
        return tuple(self._cited)

    def _number(self, citation: Citation) -> int:
        place = (citation.file, citation.start, citation.end)
        if place not in self._numbers:
            number = len(self._cited) + 1
            self._numbers[place] = number
            self._cited.append(
                CitedWords(
                    n=number,
                    section=citation.section,
                    heading=citation.heading,
                    quote=citation.quote,
                    file=citation.file,
                    line=citation.line,
                    start=citation.start,
                    end=citation.end,
                    references=tuple(_reference_words(reference) for reference in citation.references),
                )
            )
        return self._numbers[place]


def _reference_words(reference: Reference) -> str:
    """A source that the guide names, as people read it: title, author and date, address."""
    by = ", ".join(filter(None, [reference.author, reference.published]))
    named = " ".join(filter(None, [reference.title, f"({by})" if by else ""])) or reference.id
    return f"{named}, {reference.url}" if reference.url else named
