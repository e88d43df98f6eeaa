"""Words of the user that seem to answer the open question, pointed out by a model and never counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from assistant.answer import Frozen
from assistant.compose_decision import user_words
from assistant.errors import LanguageModelError
from assistant.speak import LanguageModel, Prompt, listen, prompt_rules

UNKNOWN = "unknown"
MOST_TOKENS = 120
FEWEST_LETTERS = 3


class Pointed(Frozen):
    """``quote`` are the user's own words, ``value`` the answer that they may mean."""

    value: str
    quote: str


def point_out(
    model: LanguageModel, ask: str, choices: Sequence[str], meanings: Mapping[str, str], message: str
) -> Pointed | None:
    """What in ``message`` may answer the question ``ask``; ``None`` when the model finds nothing that
    stands there verbatim, or gives no reply in the form asked for.
    """
    told = "\n".join(f"- {choice}: {meanings.get(choice, choice)}" for choice in choices)
    material = f"Question: {ask}\nAnswers:\n{told}\n\nMessage:\n{message}"
    prompt = Prompt(prompt_rules("read_fact"), material, _form([*choices, UNKNOWN]), MOST_TOKENS)
    try:
        found = Pointed.model_validate_json("".join(listen(model, prompt)))
    except (LanguageModelError, ValidationError):
        return None
    letters = sum(letter.isalnum() for letter in found.quote)
    if found.value not in choices or letters < FEWEST_LETTERS or found.quote not in message:
        return None
    return found


def _form(values: Sequence[str]) -> dict[str, object]:
    """The JSON Schema of the reply."""
    return {
        "type": "object",
        "properties": {"value": {"type": "string", "enum": list(values)}, "quote": {"type": "string"}},
        "required": ["value", "quote"],
        "additionalProperties": False,
    }


def pointed_words(found: Pointed, label: str) -> str:
    """What was pointed out, as a person reads it; it counts only once the user says so."""
    return f"“{user_words(found.quote)}” may answer that with *{label}*; it counts once you say so."
