"""Many searches from a file into a file, and the JSON form of a search."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from pydantic import BaseModel, ConfigDict

from ui.did_you_mean import did_you_mean
from ui.errors import ExitCode, UsageError
from ui.json_lines import Wrong, read_json_lines, whole_characters, written_whole
from ui.open_assistant import open_finder
from ui.show_progress import progress

if TYPE_CHECKING:
    from assistant import Hit


class QueryLine(BaseModel):
    """One line of the queries; whatever else stands on it is left alone."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)

    query: str


@dataclass(frozen=True, slots=True)
class Looked:
    """How many passages are wanted, and where they are looked for: everywhere where nothing is named."""

    top: int
    guide: str | None = None
    heading: str | None = None


def search_batch(queries: Path, out: Path, pack: Path | None, looked: Looked) -> int:
    """Searches for each line of ``queries``; a line that is none is told and leaves a line with ``error``."""
    lines = read_json_lines(queries, QueryLine)
    wrong = 0
    with written_whole(out) as stream:
        finder = open_finder(pack)
        if looked.guide is not None:
            check_guide(looked.guide, [guide.id for guide in finder.pack.guides])
        with progress("") as report:
            for done, line in enumerate(lines, 1):
                if isinstance(line, Wrong):
                    wrong += 1
                    typer.echo(f"{queries}:{line.line}: {line.problem}", err=True)
                    told: dict[str, object] = {
                        "query": None,
                        "hits": [],
                        "error": f"line {line.line} {line.problem}",
                    }
                    stream.write(json.dumps(told, ensure_ascii=False) + "\n")
                else:
                    query = line[1].query
                    words = whole_characters(query)
                    hits = finder.search(words, looked.top, guide=looked.guide, heading=looked.heading)
                    stream.write(hits_json(query, hits) + "\n")
                report(done, len(lines), "Searching")
    typer.echo(f"{len(lines)} queries → {out}" + (f"; {wrong} bad lines" if wrong else ""), err=True)
    return ExitCode.FINDINGS if wrong else ExitCode.OK


def check_guide(guide: str, known: Sequence[str]) -> None:
    """Raise :class:`UsageError` for a guide, or a folder of guides, that the pack does not have."""
    if not any(each == guide or (guide.endswith("/") and each.startswith(guide)) for each in known):
        problem = f"The pack has no guide {guide!r}{did_you_mean(guide, known)}."
        raise UsageError(problem, 'groundrule search "…"   (the id of its guide begins each hit)')


def hits_json(query: str, hits: Iterable[Hit]) -> str:
    """The hits of one query on one line; ``start`` and ``end`` count characters of the guide's text."""
    found = [
        {
            "guide": hit.passage.section.partition("#")[0],
            "section": hit.passage.section,
            "score": round(float(hit.score), 6),
            "start": hit.passage.start,
            "end": hit.passage.end,
            "text": hit.passage.text,
        }
        for hit in hits
    ]
    return json.dumps({"query": query, "hits": found}, ensure_ascii=False)
