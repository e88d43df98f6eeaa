"""``groundrule search``: the passages of the guide that are nearest to some words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.errors import ExitCode, UsageError
from ui.open_assistant import open_finder
from ui.options import JsonOption, PackOption

if TYPE_CHECKING:
    from assistant import Hit


def search(
    text: Annotated[list[str] | None, typer.Argument(help="What to look for.", show_default=False)] = None,
    batch: Annotated[
        Path | None,
        typer.Option("--batch", metavar="QUERIES.jsonl", help='Many at once: lines {"query": "…"}.'),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="OUT.jsonl", help="Where the hits of --batch go.")
    ] = None,
    top: Annotated[int, typer.Option("--top", min=1, max=100, help="How many passages.")] = 10,
    guide: Annotated[
        str | None,
        typer.Option("--guide", metavar="ID", help="Only in this guide; a folder of guides ends in /."),
    ] = None,
    heading: Annotated[
        str | None,
        typer.Option("--heading", metavar="TEXT", help="Only below headings that hold these words."),
    ] = None,
    json: JsonOption = False,
    pack: PackOption = None,
) -> int:
    """Find passages of the guide."""
    words = " ".join(text or ())
    if batch is not None or out is not None:
        if batch is None or out is None or words:
            raise UsageError(
                "--batch and --out belong together, without other words.",
                "groundrule search --batch QUERIES.jsonl --out OUT.jsonl",
            )
        from ui.search_batch import Looked, search_batch

        return search_batch(batch, out, pack, Looked(top, guide, heading))
    if not words.strip():
        raise UsageError("There is nothing to look for.", 'groundrule search "how long may a call take"')
    finder = open_finder(pack)
    if guide is not None:
        from ui.search_batch import check_guide

        check_guide(guide, [each.id for each in finder.pack.guides])
    hits = finder.search(words, top, guide=guide, heading=heading)
    if json:
        from ui.search_batch import hits_json
        from ui.show_json import show_json

        show_json(hits_json(words, hits))
    else:
        _show(hits)
    return ExitCode.OK


def _show(hits: tuple[Hit, ...]) -> None:
    from ui.render_terminal import shortened
    from ui.say import say

    for rank, hit in enumerate(hits, 1):
        passage = hit.passage
        say(f"{rank}. {' › '.join(passage.heading)}", "bold", hang=3)
        say(f"{passage.section}  {passage.start}–{passage.end}  score {hit.score:.3f}", "dim", indent=3)
        say(shortened(passage.reading), indent=3)
    if not hits:
        say("The guide has nothing near that.")
