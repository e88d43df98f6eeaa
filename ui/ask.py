"""``groundrule ask``: one message, one answer."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.errors import ExitCode
from ui.open_assistant import open_assistant
from ui.options import JsonOption, PackOption
from ui.read_message import read_message
from ui.show_json import show_json


def ask(
    text: Annotated[
        list[str] | None,
        typer.Argument(
            help="The need or the question; - or nothing reads standard input.", show_default=False
        ),
    ] = None,
    json: JsonOption = False,
    pack: PackOption = None,
) -> int:
    """Answer one message, with its sources."""
    message = read_message(text or ())
    from assistant import check_message

    check_message(message)  # nothing is prepared for a message that will be refused
    answer = open_assistant(pack).reply(message).answer
    if json:
        show_json(answer.to_json())
    else:
        from ui.render_terminal import hint_of, show_answer

        show_answer(answer)
        hint_of(answer)
    return ExitCode.UNDECIDED if answer.kind == "question" else ExitCode.OK
