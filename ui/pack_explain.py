"""``groundrule pack explain``: what a code that ``pack check`` reports means."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.did_you_mean import did_you_mean
from ui.errors import ExitCode, UsageError
from ui.options import JsonOption


def pack_explain(
    code: Annotated[
        str, typer.Argument(metavar="CODE", help="A code of `groundrule pack check`.", show_default=False)
    ] = "",
    json: JsonOption = False,
) -> int:
    """Say what a code of `groundrule pack check` means.

    With an example and how to mend it; without a code, all of them are listed. Decisions are explained by
    `groundrule explain`.
    """
    from evals.codes import EXPLANATIONS

    if code and code not in EXPLANATIONS:
        problem = f"There is no code {code!r}{did_you_mean(code, EXPLANATIONS)}."
        raise UsageError(problem, "groundrule pack explain   (lists all)")
    if json:
        _show_json([code] if code else sorted(EXPLANATIONS))
    elif code:
        _show(code)
    else:
        from ui.say import say

        width = max(map(len, EXPLANATIONS)) + 2
        for name in sorted(EXPLANATIONS):
            say(f"{name:{width}}{EXPLANATIONS[name].meaning}", hang=width)
    return ExitCode.OK


def _show_json(codes: list[str]) -> None:
    from json import dumps

    from evals.codes import EXAMPLES, EXPLANATIONS
    from ui.show_json import show_json

    told = [
        {
            "code": code,
            "meaning": EXPLANATIONS[code].meaning,
            "example": EXAMPLES[code],
            "remedy": EXPLANATIONS[code].remedy,
        }
        for code in codes
    ]
    show_json(dumps(told, ensure_ascii=False))


def _show(code: str) -> None:
    from evals.codes import EXAMPLES, EXPLANATIONS
    from ui.say import say

    explanation = EXPLANATIONS[code]
    say(code, "bold")
    say(explanation.meaning)
    say()
    say("For example:")
    for line in EXAMPLES[code].splitlines():
        typer.echo(f"    {line}")
    say()
    say(explanation.remedy)
