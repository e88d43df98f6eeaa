"""The options that several commands share."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ui.errors import UsageError

PackOption = Annotated[
    Path | None,
    typer.Option(
        "--pack", metavar="DIR", help="The pack to use; the bundled one by default.", show_default=False
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="YYYY-MM-DD",
        help="Decide by the rules in force on that day.",
        show_default=False,
    ),
]
ConversationOption = Annotated[
    str | None,
    typer.Option(
        "--conversation",
        metavar="ID",
        help="Keep the conversation under this name, or go on with the one kept there.",
        show_default=False,
    ),
]


def day_of(text: str | None) -> date | None:
    """The day that ``--as-of`` names; :class:`UsageError` for what is none."""
    if text is None:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise UsageError(f"{text!r} is no day.", "write it as --as-of 2026-03-31")
