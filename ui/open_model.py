"""The language model beside the assistant, as the environment names it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ui.errors import ConfigurationError
from ui.settings import Settings

if TYPE_CHECKING:
    from assistant import LanguageModel

MOST_SECONDS = 600


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
