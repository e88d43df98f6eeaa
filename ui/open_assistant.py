"""The assistant that a command asks, opened with what the command line and the environment say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ui.errors import ConfigurationError
from ui.open_model import model_of
from ui.printable import printable
from ui.settings import Settings
from ui.show_progress import progress

if TYPE_CHECKING:
    from assistant import Assistant, Finder, Pack, RuleSet

PREPARING = "Preparing the guide: once, and again only for what changes; takes a minute or two."


def open_assistant(pack: Path | None, *, tell: bool = True) -> Assistant:
    """The assistant of ``pack``, with progress shown while its index is prepared.

    Guides that were left out are told on standard error, unless somebody else does.
    """
    from assistant import Assistant  # loads the index libraries: only for the commands that answer

    settings = Settings.from_environment()
    model = model_of(settings)
    with progress(PREPARING) as report:
        assistant = Assistant.open(
            pack or settings.pack,
            cache=settings.cache,
            progress=report,
            model=model,
            vectors=settings.vectors,
        )
    if tell:
        for error in assistant.pack.refused:
            typer.echo(f"Left out: {printable(str(error))}", err=True)
    return assistant


def open_finder(pack: Path | None) -> Finder:
    """Search over ``pack`` and nothing else, with progress shown while its index is prepared.

    Guides that were left out are told on standard error, and also why only keywords are looked at, if so.
    """
    from assistant import Finder  # loads the index libraries, as above

    settings = Settings.from_environment()
    with progress(PREPARING) as report:
        finder = Finder.open(pack or settings.pack, cache=settings.cache, progress=report)
    for error in finder.pack.refused:
        typer.echo(f"Left out: {printable(str(error))}", err=True)
    if finder.lacking:
        typer.echo(f"Found by keyword alone: {printable(finder.lacking)}", err=True)
    return finder


def open_pack_alone(pack: Path | None) -> Pack:
    """The pack with its rules, checked, without any index: what deciding from given facts needs."""
    from assistant import open_pack

    return open_pack(pack or Settings.from_environment().pack)


@dataclass(frozen=True, slots=True)
class PackWithRules:
    """A pack that has rules, and these."""

    pack: Pack
    rules: RuleSet


def open_rules_alone(pack: Path | None, without: str) -> PackWithRules:
    """As :func:`open_pack_alone`, for a pack that must have rules.

    Raises :class:`ConfigurationError` for one that has none; ``without`` says what that means here.
    """
    opened = open_pack_alone(pack)
    if opened.rules is None:
        problem = f"{opened.root}: this pack has no rules, so {without}."
        raise ConfigurationError(problem, "write rules/<name>.yaml, or use ask for questions about its guide")
    return PackWithRules(opened, opened.rules)
