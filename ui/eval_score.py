"""``groundrule eval check`` and ``eval score``: suites read without asking, and a stored run scored again."""

from __future__ import annotations

import typer

from ui.errors import ExitCode
from ui.eval_options import (
    AgainstOption,
    GatesOption,
    RunArgument,
    SuiteOption,
    SuitesArgument,
)
from ui.open_assistant import open_pack_alone
from ui.options import JsonOption, PackOption


def eval_check(suites: SuitesArgument = None, json: JsonOption = False, pack: PackOption = None) -> int:
    """Read the suites and tell everything that is wrong with them, without asking anything."""
    from evals import load_suites
    from ui.eval_verdict import pack_gates

    opened = open_pack_alone(pack)
    read = load_suites(opened, suites or ())
    pack_gates(opened, None, whole=not suites)
    if json:
        from json import dumps

        from ui.show_json import show_json

        told = [{"file": one.file, "suite": one.name, "cases": len(one.cases)} for one in read]
        show_json(dumps(told, ensure_ascii=False))
        return ExitCode.OK
    for suite in read:
        typer.echo(f"{suite.file}: {suite.name}, {len(suite.cases)} cases")
    return ExitCode.OK


def eval_score(
    run: RunArgument,
    suite: SuiteOption = None,
    gates: GatesOption = None,
    against: AgainstOption = None,
    json: JsonOption = False,
    pack: PackOption = None,
) -> int:
    """Score a stored run again, by the suites as they are now and without asking anything."""
    from evals import load_suites, read_run
    from ui.eval_verdict import Telling, pack_gates, tell_run

    opened = open_pack_alone(pack)
    suites = load_suites(opened, suite or ())
    stored = read_run(run)
    held = pack_gates(opened, gates, whole=not suite and not stored.header.settings.partial)
    return tell_run(stored, suites, Telling(json), held, read_run(against) if against else None)
