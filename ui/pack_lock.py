"""``groundrule pack lock``: keeps which words of which sections the rules were written from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.errors import ExitCode
from ui.options import JsonOption, PackOption
from ui.settings import Settings

if TYPE_CHECKING:
    from assistant.drift import DriftReport, LockReport


def pack_lock(json: JsonOption = False, pack: PackOption = None) -> int:
    """Lock every quote, so that changes of the guide are noticed.

    The lock lies beside the rules file and holds each quote and the hash of its section. Ends with 1,
    tells what drift tells and writes nothing, while a quote does not stand where the rules say.
    """
    from assistant.drift import drift_report, new_lock, read_locked_pack
    from ui.json_lines import written_whole

    locked = read_locked_pack(pack or Settings.from_environment().pack, relock=True)
    if any(one.broken for one in locked.drift):
        report = drift_report(locked)
        broken = tuple(one for one in report.findings if one.severity == "error")
        _refuse(report.model_copy(update={"findings": broken}), as_json=json)
        return ExitCode.FINDINGS
    text, told = new_lock(locked)
    with written_whole(locked.lock_file) as out:
        out.write(text)
    _show(told, first=locked.lock is None, as_json=json)
    return ExitCode.OK


def _refuse(report: DriftReport, *, as_json: bool) -> None:
    if as_json:
        from ui.show_json import show_json

        show_json(report.to_json())
        return
    from assistant.drift import drift_problems
    from ui.render_problems import show_problems

    show_problems(drift_problems(report), err=True)


def _show(told: LockReport, *, first: bool, as_json: bool) -> None:
    if as_json:
        from ui.show_json import show_json

        show_json(told.to_json())
        return
    from ui.say import say

    sections = "1 section" if told.sections == 1 else f"{told.sections} sections"
    say(f"{told.lock}: {told.quotes} quotes of {sections}", "bold")
    if first:
        return
    for sign, quotes in (("+", told.added), ("-", told.removed)):
        for one in quotes:
            say(f"{sign} {one.cite}: “{one.quote}”", indent=2, hang=2)
    for section in told.reread:
        say(f"read again: {section}", indent=2)
    if not (told.added or told.removed or told.reread):
        say("nothing has changed", "dim", indent=2)
