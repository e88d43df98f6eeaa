"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

PackOption = Annotated[
    Path | None,
    typer.Option(
        "--pack", metavar="DIR", help="The pack to use; the bundled one by default.", show_default=False
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
ConversationOption = Annotated[
    str | None,
    typer.Option(
        "--conversation",
        metavar="ID",
        help="Keep the conversation under this name, or go on with the one kept there.",
        show_default=False,
    ),
]
