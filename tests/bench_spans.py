"""``python -m tests.bench_spans FOLDER``: reads every guide below a folder and holds it to its promises.

For each passage: its span is its text, lies in its section, and it can be cited there; the page shows the
quote highlighted with all of its words. Ids are unique. Prints counts, times and every failure.
"""

from __future__ import annotations

import argparse
import html
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus import Guide, Passage, Section, cite_passage, read_guides
from ui.render_markdown import plain_html, section_html, words_html

MOST_SHOWN = 40
_WORD = re.compile(r"[^\W_]+")


def main(arguments: Sequence[str]) -> int:
    """Exit with 1 when a promise is broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench_spans", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--highlights", action="store_true", help="also show each passage as the page does")
    asked = parser.parse_args(arguments)
    began = time.perf_counter()
    guides, refused = read_guides(asked.folder)
    seconds = time.perf_counter() - began
    kinds = Counter(p.kind for guide in guides for s in guide.sections for p in s.passages)
    print(f"{len(guides)} guides read in {seconds:.1f} s, {len(refused)} refused")
    print(f"{kinds.total()} passages: {', '.join(f'{count} {kind}' for kind, count in kinds.most_common())}")
    for error in refused:
        print(f"refused: {error}")
    failures = [failure for guide in guides for failure in broken(guide)]
    if asked.highlights:
        failures += [failure for guide in guides for failure in not_highlighted(guide)]
    for failure in failures[:MOST_SHOWN]:
        print(f"BROKEN {failure}")
    print(f"{len(failures)} broken promises ({time.perf_counter() - began:.1f} s in all)")
    return 1 if failures else 0


def broken(guide: Guide) -> Iterator[str]:
    """What ``guide`` does not hold of spans, ids and citations."""
    for section in guide.sections:
        for passage in section.passages:
            if guide.text[passage.start : passage.end] != passage.text:
                yield f"{passage.id}: its span is not its text"
            if not section.start <= passage.start < passage.end <= section.end:
                yield f"{passage.id}: outside its section"
            if cite_passage([guide], passage).quote != passage.text:
                yield f"{passage.id}: cited with other words"
            if passage.kind == "row" and not passage.cells:
                yield f"{passage.id}: a row without cells"
    ids = Counter(passage.id for section in guide.sections for passage in section.passages)
    yield from (f"{name}: {count} passages have this id" for name, count in ids.items() if count > 1)


def not_highlighted(guide: Guide) -> Iterator[str]:
    """Passages whose words are not all highlighted when the page shows their section."""
    for section in guide.sections:
        for passage in section.passages:
            shown, said = _shown(guide, section, passage)
            if shown != said:
                yield f"{passage.id} ({passage.kind}): {said[:12]} shown as {shown[:12]}"


def _shown(guide: Guide, section: Section, passage: Passage) -> tuple[list[str], list[str]]:
    text = guide.text[section.start : section.end]
    first, last = passage.start - section.start, passage.end - section.start
    plain = guide.form == "text"
    page = plain_html(text, first, last) if plain else section_html(text, first, last)
    as_it_stands = plain or passage.kind in ("code", "tree")
    said = (
        passage.text if as_it_stands else html.unescape(words_html(passage.text, row=passage.kind == "row"))
    )
    lit = " ".join(html.unescape(found) for found in re.findall(r"<mark>(.*?)</mark>", page, re.DOTALL))
    return _WORD.findall(lit.replace("<br>", " ")), _WORD.findall(said)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
