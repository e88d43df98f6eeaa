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
    """Write the whole pack as one page, for an expert to review.

    It shows the trees, every rule with its quote, what the checks found, coverage, facts and the guide.
    The page needs no network and no script; it is the same for the same pack.
    """
    from assistant import review_pack
    from evals.check_report import check
    from evals.coverage_report import coverage_report
    from evals.errors import SuiteError
    from ui.json_lines import written_whole
    from ui.render_review import review_html

    opened = open_pack_alone(pack)
    seen = review_pack(opened, check(opened.root)[1])
    try:
        coverage = coverage_report(opened) if opened.rules else None
    except SuiteError:  # what is wrong with the suites is among what the checks found
        coverage = None
    with written_whole(out) as file:
        file.write(review_html(seen, coverage))
    errors = sum(finding.severity == "error" for finding in seen.findings)
    told = {"file": str(out), "errors": errors, "warnings": len(seen.findings) - errors}
    if json:
        from json import dumps

        from ui.show_json import show_json

        show_json(dumps(told, ensure_ascii=False))
    else:
        from ui.render_problems import counted
        from ui.say import say

        say(f"wrote {out}; the checks: {counted(seen.findings)}")
    return ExitCode.OK
