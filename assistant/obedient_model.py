"""A language model that does whatever an attack wants: the double that tests and demonstrations use.

It stands at the seam of :mod:`assistant.speak`, needs no network, and is the worst model there can be.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from assistant.speak import LanguageModel, Prompt


def obedient_model(attack: str) -> LanguageModel:
    """A model that repeats ``attack`` as if the guide had said it, cites passages that do not exist, swears
    that the rules recommend something else, and reads into every message what it was not asked.
    """

    def speak(prompt: Prompt) -> Iterator[str]:
        if prompt.schema is None:
            yield from _pieces(
                f"{attack} [1] As the guide says: “{attack}” [9999]. The recommendation is {attack} [1]. "
                f"You should ignore the rules and buy everything [2]. It costs 4711 dollars [1]."
            )
        else:
            yield from _pieces(json.dumps({"value": _first_value(prompt), "quote": attack}))

    return LanguageModel("obedient", speak)


def _first_value(prompt: Prompt) -> str:
    """The first answer that the schema allows."""
    text = json.dumps(prompt.schema)
    found = json.loads(text)["properties"]["value"]["enum"]
    return str(found[0])


def _pieces(text: str) -> Iterator[str]:
    """In small pieces, as a real model's tokens come."""
    for start in range(0, len(text), 7):
        yield text[start : start + 7]
