"""Plain lines for a person: wrapped and emphasised on a terminal, whole and bare through a pipe."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from typing import Literal

import typer

from ui.printable import printable

WIDEST = 100  # columns; longer lines are hard to read

Style = Literal["plain", "bold", "dim", "italic"]


def say(text: str = "", style: Style = "plain", *, indent: int = 0, hang: int = 0, err: bool = False) -> None:
    """Writes one line or several, ``indent`` columns in, and ``hang`` more where a line is wrapped.

    Lines through a pipe are never broken.
    """
    stream = sys.stderr if err else sys.stdout
    lines = printable(text).split("\n")
    if stream.isatty():
        width = max(20, terminal_width() - indent)
        lines = [part for line in lines for part in _wrapped(line, width, hang)]
    shown = "\n".join(" " * indent + line if line else "" for line in lines)
    if style != "plain" and stream.isatty() and not is_dumb():
        shown = typer.style(shown, **{style: True})
    typer.echo(shown, err=err)


def terminal_width() -> int:
    """The columns to use: those of the terminal, as long as lines stay readable."""
    return min(shutil.get_terminal_size().columns, WIDEST)


def is_dumb() -> bool:
    """Whether the terminal knows no escape sequences."""
    return os.environ.get("TERM", "dumb") in ("dumb", "unknown")


def _wrapped(line: str, width: int, hang: int) -> list[str]:
    own = len(line) - len(line.lstrip(" "))
    wrap = textwrap.TextWrapper(
        width, subsequent_indent=" " * (own + hang), break_long_words=False, break_on_hyphens=False
    )
    return wrap.wrap(line) or [""]
