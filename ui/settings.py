"""What the environment may settle, read here and nowhere else."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """``pack`` is the pack to use when a command names none; ``cache`` is where indexes are kept.

    ``store`` is the SQLAlchemy address of the store of conversations. ``None`` stands for the bundled pack,
    for the user's own cache folder, and for a file of SQLite in the user's own data folder.
    """

    pack: Path | None
    cache: Path | None
    store: str | None

    @classmethod
    def from_environment(cls) -> Settings:
        """``GROUNDRULE_PACK``, ``GROUNDRULE_CACHE``, ``GROUNDRULE_STORE``; an empty one counts as unset."""
        return cls(
            pack=_folder("GROUNDRULE_PACK"),
            cache=_folder("GROUNDRULE_CACHE"),
            store=os.environ.get("GROUNDRULE_STORE") or None,
        )


def _folder(variable: str) -> Path | None:
    value = os.environ.get(variable, "")
    return Path(value).expanduser() if value else None
