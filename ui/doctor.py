"""``groundrule doctor``: is everything in place, and what to do about what is not."""

from __future__ import annotations

import typer

from ui.errors import ExitCode
from ui.options import JsonOption, PackOption

SIGNS = {"ok": "ok     ", "warning": "warning", "bad": "BAD    "}


def doctor(json: JsonOption = False, pack: PackOption = None) -> int:
    """Check the installation, the pack and its index."""
    from ui.examine import examine

    bad = False
    told = []
    for finding in examine(pack):
        bad = bad or finding.state == "bad"
        told.append(finding)
        if not json:
            typer.echo(f"{SIGNS[finding.state]}  {finding.what}: {finding.detail}")
            if finding.remedy:
                typer.echo(f"         Next: {finding.remedy}")
    if json:
        from dataclasses import asdict
        from json import dumps

        typer.echo(dumps([asdict(finding) for finding in told], ensure_ascii=False))
    return ExitCode.FINDINGS if bad else ExitCode.OK
