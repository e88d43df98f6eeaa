"""The lines of a conversation: with editing and history on a terminal, plain where there is none."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ui.printable import printable
from ui.read_message import MOST_BYTES

if TYPE_CHECKING:
    from prompt_toolkit.history import History

PROMPT = "> "


def read_lines(commands: Sequence[str], *, echo: bool) -> Iterator[str]:
    """Yields each line until the input ends.

    On a terminal, Ctrl-C takes back what is typed, and on an empty line raises ``KeyboardInterrupt``.
    Through a pipe every line is a message, repeated on the output with ``echo`` so that the record reads
    as a conversation.
    """
    if not sys.stdin.isatty():
        yield from _piped(echo=echo)
    elif os.environ.get("TERM", "dumb") == "dumb" or not sys.stdout.isatty():
        yield from _plain()
    else:
        yield from _edited(commands)


def _piped(*, echo: bool) -> Iterator[str]:
    while line := sys.stdin.buffer.readline(MOST_BYTES):
        # Bytes that are no UTF-8 arrive as U+FFFD: the words around them can still be answered.
        text = line.decode("utf-8", errors="replace").strip("\r\n\ufeff")
        if echo and text.strip():
            sys.stdout.write(f"{PROMPT}{printable(text)}\n")
            sys.stdout.flush()
        yield text


def _plain() -> Iterator[str]:
    while True:
        sys.stderr.write(PROMPT)
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            return
        yield line.rstrip("\n")


def _edited(commands: Sequence[str]) -> Iterator[str]:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import WordCompleter

    session: PromptSession[str] = PromptSession(
        history=_history(),
        completer=WordCompleter(list(commands), sentence=True),
        complete_while_typing=False,
    )
    while True:
        try:
            yield session.prompt(PROMPT)
        except EOFError:
            return
        except KeyboardInterrupt:
            if not session.default_buffer.text:
                raise


def _history() -> History:
    """What was typed in earlier conversations; kept for its owner alone, or not at all."""
    from prompt_toolkit.history import FileHistory, InMemoryHistory

    file = history_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600))
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(file))


def history_file() -> Path:
    """Where the history of ``groundrule chat`` is kept."""
    from platformdirs import user_state_path

    return user_state_path("groundrule") / "chat_history"
