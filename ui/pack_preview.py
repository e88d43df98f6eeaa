"""``groundrule pack preview``: the whole pack on one page, to send to an expert."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.errors import ExitCode
from ui.open_assistant import open_pack_alone
from ui.options import JsonOption, PackOption


def pack_preview(
    out: Annotated[Path, typer.Option("--out", metavar="FILE.html", help="Where the page goes.")] = Path(
        "preview.html"
    ),
    json: JsonOption = False,
    pack: PackOption = None,
) -> int:
    """Write one page of the whole pack for review: rules with quotes, checks, facts, the guide.

    The page needs no network and no script; it is the same for the same pack.
    """
    from assistant import review_pack
    from ui.json_lines import written_whole
    from ui.render_review import review_html

    seen = review_pack(open_pack_alone(pack))
    with written_whole(out) as file:
        file.write(review_html(seen))
    errors = sum(finding.severity == "error" for finding in seen.findings)
    told = {"file": str(out), "errors": errors, "warnings": len(seen.findings) - errors}
    if json:
        from json import dumps

        from ui.show_json import show_json

        show_json(dumps(told, ensure_ascii=False))
    else:
        from ui.say import say

        say(f"wrote {out}: {told['errors']} errors, {told['warnings']} warnings of the checks on it")
    return ExitCode.OK
