"""Text for other programs on standard output: UTF-8 whatever the terminal's own encoding is."""

from __future__ import annotations

import sys


def show_text(text: str) -> None:
    """Writes ``text`` as it is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode(errors="replace"))
    sys.stdout.buffer.flush()
