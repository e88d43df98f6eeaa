"""The seam to a language model: one function type, and listening to it within bounds.

A model may phrase what the guide says and may point at words of the user that seem to answer the open
question. It decides nothing, and what it says is shown only as far as :mod:`assistant.verify` lets it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

from assistant.errors import LanguageModelError

CHARACTERS_A_TOKEN = 8  # far more than any language needs; beyond it a reply counts as endless


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is asked.

    ``rules`` are the instructions, ``material`` what they are about. With a JSON ``schema`` the reply must
    follow it; without one it is prose. ``most_tokens`` bounds the reply.
    """

    rules: str
    material: str
    schema: Mapping[str, object] | None
    most_tokens: int


# Gives the reply in pieces as they come. Raises LanguageModelError when there is none, or no more of it.
Speak = Callable[[Prompt], Iterator[str]]


@dataclass(frozen=True, slots=True, eq=False)
class LanguageModel:
    """A model behind its seam: its ``name`` for people, and the ``seconds`` that a whole reply may take."""

    name: str
    speak: Speak
    seconds: float = 20.0


def listen(model: LanguageModel, prompt: Prompt) -> Iterator[str]:
    """The pieces of the reply, as long as they come in time and stay within the tokens asked for.

    Raises :class:`LanguageModelError` for a reply that is late or does not end.
    """
    end = time.monotonic() + model.seconds
    heard = 0
    for piece in model.speak(prompt):
        heard += len(piece)
        if time.monotonic() > end:
            raise LanguageModelError(model.name, f"took longer than {model.seconds:g} seconds")
        if heard > prompt.most_tokens * CHARACTERS_A_TOKEN:
            raise LanguageModelError(model.name, "did not come to an end")
        yield piece


def prompt_rules(name: str) -> str:
    """The instructions of the prompt file ``name``, as it is shipped."""
    return files("assistant").joinpath("prompts", f"{name}.md").read_text(encoding="utf-8")
