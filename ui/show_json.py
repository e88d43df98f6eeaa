"""JSON on standard output: UTF-8 whatever the terminal's own encoding is, one value a line."""

from __future__ import annotations

import sys


def show_json(text: str) -> None:
    """Writes one JSON value and a line end."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode() + b"\n")
    sys.stdout.buffer.flush()
