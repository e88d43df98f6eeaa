"""The assistant that a command asks, opened with what the command line and the environment say."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

from ui.errors import ConfigurationError
from ui.settings import Settings
from ui.show_progress import progress

if TYPE_CHECKING:
    from assistant import Assistant, LanguageModel, Pack

MOST_SECONDS = 600
PREPARING = "Preparing the guide: once, and again only for what changes; takes a minute or two."


def open_assistant(pack: Path | None) -> Assistant:
    """The assistant of ``pack``, with progress shown while its index is prepared."""
    from assistant import Assistant  # loads the index libraries: only for the commands that answer

    settings = Settings.from_environment()
    model = model_of(settings)
    with progress(PREPARING) as report:
        return Assistant.open(pack or settings.pack, cache=settings.cache, progress=report, model=model)


def model_of(settings: Settings) -> LanguageModel | None:
    """The language model that the environment names, ``None`` when it names none.

    Raises :class:`ConfigurationError` for half a setting or a time that is none.
    """
    from assistant import openai_model

    if not settings.model and not settings.model_url:
        return None
    if not settings.model or not settings.model_url:
        problem = "A language model needs both GROUNDRULE_MODEL_URL and GROUNDRULE_MODEL."
        raise ConfigurationError(
            problem, "set both, for example http://127.0.0.1:11434/v1 and a model's name"
        )
    try:
        seconds = float(settings.model_seconds)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= MOST_SECONDS:
        problem = f"GROUNDRULE_MODEL_SECONDS is {settings.model_seconds!r}."
        raise ConfigurationError(problem, f"give seconds, more than 0 and at most {MOST_SECONDS}")
    return openai_model(settings.model_url, settings.model, settings.model_key, seconds)


def open_pack_alone(pack: Path | None) -> Pack:
    """The pack with its rules, checked, without any index: what deciding from given facts needs."""
    from assistant import open_pack

    return open_pack(pack or Settings.from_environment().pack)
