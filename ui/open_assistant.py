"""The assistant that a command asks, opened with what the command line and the environment say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ui.settings import Settings
from ui.show_progress import progress

if TYPE_CHECKING:
    from assistant import Assistant, Pack

PREPARING = "Preparing the guide: once, and again only for what changes; takes a minute or two."


def open_assistant(pack: Path | None) -> Assistant:
    """The assistant of ``pack``, with progress shown while its index is prepared."""
    from assistant import Assistant  # loads the index libraries: only for the commands that answer

    settings = Settings.from_environment()
    with progress(PREPARING) as report:
        return Assistant.open(pack or settings.pack, cache=settings.cache, progress=report)


def open_pack_alone(pack: Path | None) -> Pack:
    """The pack with its rules, checked, without any index: what deciding from given facts needs."""
    from assistant import open_pack

    return open_pack(pack or Settings.from_environment().pack)
