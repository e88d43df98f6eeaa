"""An answer as the content of a chat message: text, sources below it, and where each marker stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ui.http_chat_forms import Annotation, UrlCitation
from ui.section_address import section_address

if TYPE_CHECKING:
    from assistant import Answer

_MARKER: Final = re.compile(r"\[(\d{1,3})\]")


def chat_words(answer: Answer) -> tuple[str, list[Annotation]]:
    """The content, and an annotation for each marker of it that names a citation of the answer."""
    content = answer.text
    # The decision behind the words may cite more; the `groundrule` object of the reply shows that as well.
    marked = [one for one in answer.citations if f"[{one.n}]" in answer.text]
    if marked:
        sources = (
            f"[{one.n}] {' › '.join(one.heading)}: “{' '.join(one.quote.split())}” ({one.place})"
            for one in marked
        )
        content = f"{content}\n\nSources\n\n" + "\n\n".join(sources)
    return content, _annotations(answer, len(answer.text), content)


def _annotations(answer: Answer, end_of_text: int, content: str) -> list[Annotation]:
    cited = {one.n: one for one in answer.citations}
    # Quotes may hold brackets of their own: in the list of sources only a number that begins a line counts.
    places = [*_MARKER.finditer(content, 0, end_of_text)]
    places += [
        found for found in _MARKER.finditer(content, end_of_text) if content[found.start() - 1] == "\n"
    ]
    return [
        Annotation(
            url_citation=UrlCitation(
                start_index=found.start(),
                end_index=found.end(),
                title=" › ".join(cited[int(found[1])].heading),
                url=section_address(cited[int(found[1])].section),
            )
        )
        for found in places
        if int(found[1]) in cited
    ]
