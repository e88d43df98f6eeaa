"""``groundrule index``: prepare a pack before its first question."""

from __future__ import annotations

import time

import typer

from ui.errors import ExitCode
from ui.open_assistant import open_assistant
from ui.options import JsonOption, PackOption


def index(json: JsonOption = False, pack: PackOption = None) -> int:
    """Prepare the index of a pack, or bring it up to date."""
    began = time.monotonic()
    opened = open_assistant(pack).pack
    sections = [section for guide in opened.guides for section in guide.sections]
    told = {
        "pack": opened.id,
        "guides": len(opened.guides),
        "sections": len(sections),
        "passages": sum(len(section.passages) for section in sections),
        "left_out": [str(error) for error in opened.refused],
        "seconds": round(time.monotonic() - began, 1),
    }
    if json:
        from json import dumps

        typer.echo(dumps(told, ensure_ascii=False))
    else:
        names = ("guides", "sections", "passages")
        counts = ", ".join(f"{told[n]} {n if told[n] != 1 else n[:-1]}" for n in names)
        if opened.refused:
            counts += f", {len(opened.refused)} left out"
        typer.echo(f"{opened.id} is ready: {counts} ({told['seconds']} s)")
    return ExitCode.OK
