"""The message of ``groundrule ask``: from the arguments, or from standard input."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import BinaryIO

from ui.errors import UsageError

MOST_BYTES = 1_000_000  # far more than any message that is answered; the rest is not even read
EXAMPLE = 'groundrule ask "A manager approves each order, then it goes to SAP"'


def read_message(words: Sequence[str]) -> str:
    """The words joined, or what stands on standard input when there are none or only ``-``.

    Raises :class:`UsageError` for a message that is missing, empty or no text.
    """
    if list(words) in ([], ["-"]):
        if not words and sys.stdin.isatty():
            raise UsageError("There is no message.", EXAMPLE)
        message = _from_stream(sys.stdin.buffer)
    else:
        message = " ".join(words)
        if not message.isascii() and any("\ud800" <= character <= "\udfff" for character in message):
            raise UsageError("The message holds bytes that are no UTF-8 text.", "send it as UTF-8")
    if not message.strip():
        raise UsageError("The message is empty.", EXAMPLE)
    return message


def _from_stream(stream: BinaryIO) -> str:
    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        problem = f"The message on standard input is longer than {MOST_BYTES:,} bytes."
        raise UsageError(problem, "send the part that describes the need, or the question alone")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = f"byte {error.start + 1} is 0x{content[error.start]:02x}"
        raise UsageError(f"Standard input is no UTF-8 text: {place}.", "send plain text as UTF-8") from error
