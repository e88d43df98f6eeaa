"""What the environment may settle, read here and nowhere else."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """``pack`` is the pack to use when a command names none; ``cache`` is where indexes are kept.

    ``None`` stands for the bundled pack and for the user's own cache folder.
    """

    pack: Path | None
    cache: Path | None

    @classmethod
    def from_environment(cls) -> Settings:
        """``GROUNDRULE_PACK`` and ``GROUNDRULE_CACHE``; an empty variable counts as unset."""
        return cls(pack=_folder("GROUNDRULE_PACK"), cache=_folder("GROUNDRULE_CACHE"))


def _folder(variable: str) -> Path | None:
    value = os.environ.get(variable, "")
    return Path(value).expanduser() if value else None
