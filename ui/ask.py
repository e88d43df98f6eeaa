"""``groundrule ask``: one message, one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ui.errors import ExitCode
from ui.open_assistant import open_assistant
from ui.options import ConversationOption, JsonOption, PackOption
from ui.read_message import read_message
from ui.show_json import show_json

if TYPE_CHECKING:
    from assistant import Answer, Assistant


def ask(
    text: Annotated[
        list[str] | None,
        typer.Argument(
            help="The need or the question; - or nothing reads standard input.", show_default=False
        ),
    ] = None,
    conversation: ConversationOption = None,
    json: JsonOption = False,
    pack: PackOption = None,
) -> int:
    """Answer one message, with its sources."""
    message = read_message(text or ())
    from assistant import check_message

    check_message(message)  # nothing is prepared for a message that will be refused
    assistant = open_assistant(pack)
    if json:
        answer = _answer(assistant, message, conversation)
        show_json(answer.to_json())
    else:
        from ui.render_terminal import hint_of

        answer = _shown(assistant, message, conversation)
        hint_of(answer)
    return ExitCode.UNDECIDED if answer.kind == "question" else ExitCode.OK


def _shown(assistant: Assistant, message: str, conversation: str | None) -> Answer:
    """The answer, shown as soon as it is certain."""
    from ui.render_spoken import Spoken, can_speak
    from ui.render_terminal import show_answer

    # A turn that is kept may have to be taken again, and what is shown cannot be taken back.
    if conversation is None and assistant.model and can_speak():
        spoken = Spoken()
        answer = assistant.reply(message, hear=spoken.hear).answer
        spoken.end(answer)
    else:
        answer = _answer(assistant, message, conversation)
        show_answer(answer)
    return answer


def _answer(assistant: Assistant, message: str, conversation: str | None) -> Answer:
    if conversation is None:
        return assistant.reply(message).answer
    from assistant import converse
    from ui.open_store import open_store

    kept = converse(open_store(), conversation, lambda before: assistant.reply(message, before), said=message)
    return kept.answer
