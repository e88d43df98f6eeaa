"""What ``groundrule doctor`` looks at, one finding each, from the ground up."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import TYPE_CHECKING

from ui.errors import ConfigurationError
from ui.settings import Settings

if TYPE_CHECKING:
    from assistant import Finding, Pack

LEAST_FREE = 500_000_000  # bytes: an index of ten thousand sections with room to swap it


def examine(named: Path | None) -> Iterator[Finding]:
    """Each finding as soon as it is known. What rests on something broken is left out."""
    from assistant import Finding, cache_folder, examine_cross_encoder, examine_reader
    from assistant import examine as examine_corpus

    settings = Settings.from_environment()
    root = named or settings.pack
    yield Finding("Python", "ok", f"{platform.python_version()} in {sys.prefix}")
    yield _libraries()
    pack, finding = _pack(root)
    yield finding
    if pack is None:
        return
    cache = settings.cache or cache_folder()
    for found in examine_corpus(pack.root / "corpus", cache):
        yield _built_again(found, pack, cache) if (found.what, found.state) == ("Index", "bad") else found
    yield examine_reader(pack)
    yield examine_cross_encoder(pack)
    yield _space(cache)
    yield _conversations()
    yield from _model(settings)
    yield _answers(root)


def _built_again(damaged: Finding, pack: Pack, cache: Path) -> Finding:
    """What is said of a ``damaged`` index, after it was built again."""
    from assistant import CorpusError, Finding, rebuild_index
    from ui.show_progress import progress

    try:
        with progress("Building the damaged index again.") as report:
            embedded = rebuild_index(pack.root / "corpus", cache, report)
    except CorpusError as error:
        return Finding("Index", "bad", f"{damaged.detail}; and it cannot be built again", str(error))
    return Finding("Index", "warning", f"{damaged.detail}; built again, {embedded} texts embedded")


def _libraries() -> Finding:
    from assistant import Finding

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


def _space(cache: Path) -> Finding:
    from assistant import Finding

    there = next(parent for parent in (cache, *cache.parents) if parent.exists())
    free = shutil.disk_usage(there).free
    if free < LEAST_FREE:
        return Finding("Disk", "warning", f"{free / 1e6:.0f} MB free in {there}", "free some space")
    return Finding("Disk", "ok", f"{free / 1e9:.1f} GB free")


def _pack(root: Path | None) -> tuple[Pack | None, Finding]:
    from assistant import Finding, PackError, open_pack

    try:
        pack = open_pack(root)
    except PackError as error:
        return None, Finding("Pack", "bad", str(error), "mend what is named there")
    rules = f"{len(pack.rules.facts)} facts" if pack.rules else "no rules: answers, recommends nothing"
    return pack, Finding("Pack", "ok", f"{pack.id} {pack.version}, {len(pack.guides)} guides, {rules}")


def _conversations() -> Finding:
    from assistant import Finding, StoreError
    from ui.open_store import open_store

    try:
        kept = len(open_store().owned())
    except StoreError as error:
        return Finding("Conversations", "bad", str(error), "name another store in GROUNDRULE_STORE")
    return Finding("Conversations", "ok", f"{kept} kept")


def _model(settings: Settings) -> Iterator[Finding]:
    """Whether the language model answers, where one is named; nothing rests on it."""
    from assistant import Finding, LanguageModelError, Prompt
    from ui.open_model import model_of

    try:
        model = model_of(settings)
        if model is not None:
            said = "".join(model.speak(Prompt("Reply with one word.", "Are you there?", None, 5)))
            yield Finding("Language model", "ok", f"{model.name} says {said.strip()[:40]!r}")
    except (LanguageModelError, ConfigurationError) as error:
        remedy = "see that the server runs, or unset GROUNDRULE_MODEL_URL: every answer works without it"
        yield Finding("Language model", "warning", str(error), remedy)


def _answers(root: Path | None) -> Finding:
    from assistant import AssistantError, CorpusError, Finding
    from ui.open_assistant import open_assistant

    try:
        assistant = open_assistant(root, tell=False)
        hits = assistant.search(assistant.pack.title, 1)
    except (AssistantError, CorpusError) as error:
        return Finding("Answers", "bad", str(error), "groundrule index")
    if not hits:
        return Finding("Answers", "bad", "finds nothing, not even the guide's own title", "groundrule index")
    return Finding("Answers", "ok", f"finds {hits[0].passage.section}")
