"""``groundrule pack drift``: what became of the quotes of a pack's rules when its guides changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ui.errors import ExitCode
from ui.options import JsonOption, PackOption
from ui.settings import Settings

if TYPE_CHECKING:
    from assistant.drift import DriftReport, Mended


def pack_drift(
    fix: Annotated[
        bool, typer.Option("--fix", help="Cite moved quotes where they stand now; changes nothing else.")
    ] = False,
    json: JsonOption = False,
    pack: PackOption = None,
) -> int:
    """Tell what became of the quotes since they were locked.

    Moved quotes stand in another section now, changed ones were rewritten, the others are gone.

    Ends with 1 when there is anything to mend or to read again.
    """
    from assistant.drift import drift_report, mend, read_locked_pack

    root = pack or Settings.from_environment().pack
    locked = read_locked_pack(root)
    mended = mend(locked) if fix else None
    if mended is not None:
        from ui.json_lines import written_whole

        with written_whole(locked.rules_file) as out:
            out.write(mended.rules_text)
        if mended.lock_text is not None:
            with written_whole(locked.lock_file) as out:
                out.write(mended.lock_text)
        locked = read_locked_pack(root)
    report = drift_report(locked, mended.moved if mended else ())
    _show(report, mended, as_json=json)
    return ExitCode.FINDINGS if report.findings else ExitCode.OK


def _show(report: DriftReport, mended: Mended | None, *, as_json: bool) -> None:
    if as_json:
        from ui.show_json import show_json

        show_json(report.to_json())
        return
    from assistant.drift import drift_problems
    from ui.render_problems import show_problems
    from ui.say import say

    for one in mended.moved if mended else ():
        say(f"moved: {one.cite} → {one.section}: “{one.quote}”", hang=2)
    if report.findings:
        show_problems(drift_problems(report))
    else:
        say(f"{report.rules}: every quote stands, and no section cited has changed since {report.lock}")
