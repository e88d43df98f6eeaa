"""``groundrule chat``: a conversation on the terminal, or line by line through a pipe."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.errors import ExitCode
from ui.open_assistant import open_assistant
from ui.options import ConversationOption, JsonOption, PackOption


def chat(
    text: Annotated[
        list[str] | None, typer.Argument(help="The first message, if you like.", show_default=False)
    ] = None,
    conversation: ConversationOption = None,
    json: JsonOption = False,
    pack: PackOption = None,
) -> int:
    """Talk: state a need, correct it, ask why, ask for a detail."""
    assistant = open_assistant(pack)
    from ui.read_lines import read_lines  # line editing: 0.1 s that only a conversation needs
    from ui.remember import remembered
    from ui.talk import COMMANDS, Talk

    talk = Talk(assistant, remembered(conversation), as_json=json)
    talk.greet()
    going = talk.hear(" ".join(text)) if text else True
    if going:
        for line in read_lines(tuple(COMMANDS), echo=not json):
            if not talk.hear(line):
                break
    return ExitCode.OK
