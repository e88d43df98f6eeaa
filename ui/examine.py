"""What ``groundrule doctor`` looks at, one finding each, from the ground up."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ui.settings import Settings

if TYPE_CHECKING:
    from assistant import Pack

LEAST_FREE = 500_000_000  # bytes: an index of ten thousand sections with room to swap it


@dataclass(frozen=True, slots=True)
class Finding:
    """``what`` was looked at, its ``state``, what was seen, and what to do; no remedy where all is well."""

    what: str
    state: Literal["ok", "warning", "bad"]
    detail: str
    remedy: str = ""


def examine(pack: Path | None) -> Iterator[Finding]:
    """Each finding as soon as it is known. What rests on something broken is left out."""
    settings = Settings.from_environment()
    yield Finding("Python", "ok", f"{platform.python_version()} in {sys.prefix}")
    yield _libraries()
    yield _cache(settings.cache)
    opened, finding = _pack(pack or settings.pack)
    yield finding
    if opened is not None:
        yield _answers(pack or settings.pack)


def _libraries() -> Finding:
    try:
        needed = requires("groundrule") or []
    except PackageNotFoundError:
        return Finding(
            "Installation", "warning", "groundrule runs from a folder, not installed", "make install"
        )
    names = [_name(line) for line in needed if "extra ==" not in line]
    missing = [name for name in names if not _installed(name)]
    if missing:
        return Finding("Installation", "bad", f"missing: {', '.join(missing)}", "make install")
    return Finding("Installation", "ok", f"groundrule {version('groundrule')}, {len(names)} libraries")


def _name(requirement: str) -> str:
    end = next((i for i, c in enumerate(requirement) if not (c.isalnum() or c in "-_.")), len(requirement))
    return requirement[:end]


def _installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def _cache(named: Path | None) -> Finding:
    from assistant import cache_folder

    folder = named or cache_folder()
    there = next(parent for parent in (folder, *folder.parents) if parent.exists())
    if not there.is_dir() or not os.access(there, os.W_OK):
        return Finding("Cache", "bad", f"{folder} cannot be written", "name another in GROUNDRULE_CACHE")
    free = shutil.disk_usage(there).free
    if free < LEAST_FREE:
        return Finding("Cache", "warning", f"{folder} has {free / 1e6:.0f} MB free", "free some space")
    return Finding("Cache", "ok", f"{folder}, {free / 1e9:.1f} GB free")


def _pack(root: Path | None) -> tuple[Pack | None, Finding]:
    from assistant import PackError, open_pack

    try:
        pack = open_pack(root)
    except PackError as error:
        return None, Finding("Pack", "bad", str(error), "mend what is named there")
    rules = f"{len(pack.rules.facts)} facts" if pack.rules else "no rules: answers, recommends nothing"
    return pack, Finding("Pack", "ok", f"{pack.id} {pack.version}, {len(pack.guides)} guides, {rules}")


def _answers(root: Path | None) -> Finding:
    from assistant import AssistantError, CorpusError
    from ui.open_assistant import open_assistant

    try:
        assistant = open_assistant(root)
        hits = assistant.search(assistant.pack.title, 1)
    except (AssistantError, CorpusError) as error:
        return Finding("Index", "bad", str(error), "groundrule index")
    if not hits:
        return Finding("Index", "bad", "finds nothing, not even the guide's own title", "groundrule index")
    return Finding("Index", "ok", f"ready; finds {hits[0].passage.section}")
