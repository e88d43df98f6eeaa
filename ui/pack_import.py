"""``groundrule pack import``: the trees that guides draw, as rules files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.errors import ExitCode, UsageError
from ui.options import JsonOption

if TYPE_CHECKING:
    from assistant.import_guide import ImportedGuide


def pack_import(
    guides: Annotated[list[Path], typer.Argument(metavar="GUIDE…", help="Guides in Markdown.")],
    json: JsonOption = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Where the rules files go; none are written without it."),
    ] = None,
) -> int:
    """Turn the decision trees that guides draw into rules.

    "Decision Logic" sections are read as well. Every leaf cites its line of the guide. Ends with 1 when
    something of a guide was not understood; it is told with its line and left out.
    """
    from assistant.import_guide import import_guides

    problems, taken = 0, set[str]()
    for path in guides:
        guide = import_guides([path])[0]
        problems += len(guide.problems)
        written = _write(guide, out, taken) if out is not None else ()
        _show_json(guide) if json else _show(guide, written)
    return ExitCode.FINDINGS if problems else ExitCode.OK


def _write(guide: ImportedGuide, out: Path, taken: set[str]) -> tuple[Path, ...]:
    """The files written; guides of the same name are kept apart by the folders above them."""
    from ui.json_lines import written_whole

    out.mkdir(parents=True, exist_ok=True)
    written = []
    for rules in guide.rules:
        above = [*guide.path.absolute().parts[1:-1]]
        name = rules.name
        while name in taken and above:
            name = f"{above.pop()}-{name}"
        taken.add(name)
        file = out / f"{name}.yaml"
        if file.exists() and file.read_bytes() != rules.text.encode():
            # It may hold an author's edits, which no guide can give back.
            raise UsageError(f"{file}: is there already and says something else.", "name another --out")
        with written_whole(file) as stream:
            stream.write(rules.text)
        written.append(file)
    return tuple(written)


def _show_json(guide: ImportedGuide) -> None:
    from json import dumps

    from ui.show_json import show_json

    line = {
        "guide": str(guide.path),
        "trees": guide.drawn,
        "paths": guide.paths,
        "problems": [{"line": one.line, "message": one.message} for one in guide.problems],
    }
    show_json(dumps(line, ensure_ascii=False))


def _show(guide: ImportedGuide, written: Sequence[Path]) -> None:
    from ui.say import say

    counts = [
        _count(guide.drawn, "tree"),
        _count(len(guide.paths), "path"),
        _count(guide.logic, "Decision Logic section"),
    ]
    say(f"{guide.path}: {', '.join(counts)}", "bold")
    for one in guide.problems:
        say(f"{guide.path}:{one.line}: {one.message}; it was left out", indent=2, hang=2)
    for file in written:
        say(f"wrote {file}", indent=2)
    if guide.rules and not written:
        say("nothing written; --out DIR writes the rules", "dim", indent=2)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
