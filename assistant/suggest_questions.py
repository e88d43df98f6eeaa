"""Questions for passages, drafted by a language model: an author accepts them, nothing else uses them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from assistant.answer import Frozen
from assistant.errors import LanguageModelError
from assistant.speak import LanguageModel, Prompt, listen, prompt_rules
from corpus import DraftEntry, Passage

TOKENS_A_QUESTION = 40
LONGEST = 300  # characters; what is longer is no question that anybody types


@dataclass(frozen=True, slots=True)
class Suggested:
    """The draft for one passage; ``problem`` tells why there is none."""

    passage: Passage
    entry: DraftEntry | None
    problem: str = ""


class _Reply(Frozen):
    asks: tuple[str, ...]
    near: tuple[str, ...]


def suggest_questions(
    model: LanguageModel, passages: Sequence[Passage], asks: int, near: int
) -> Iterator[Suggested]:
    """For each passage, in order, ``asks`` questions that it answers and ``near`` ones that it does not."""
    for passage in passages:
        material = (
            f"Write {asks} questions under asks and {near} under near.\n\n"
            f"Section: {' › '.join(passage.heading)}\nPassage: {passage.lead} {passage.reading}"
        )
        tokens = (asks + near) * TOKENS_A_QUESTION
        prompt = Prompt(prompt_rules("suggest_questions"), material, _form(asks, near), tokens)
        try:
            reply = _Reply.model_validate_json("".join(listen(model, prompt)))
        except LanguageModelError as error:
            yield Suggested(passage, None, error.problem)
        except ValidationError:
            yield Suggested(passage, None, "gave no reply in the form asked for")
        else:
            yield _suggested(passage, reply)


def _suggested(passage: Passage, reply: _Reply) -> Suggested:
    asks = _questions(reply.asks)
    near = tuple(text for text in _questions(reply.near) if text not in asks)
    if not asks and not near:
        return Suggested(passage, None, "gave no question")
    return Suggested(passage, DraftEntry(passage, asks, near))


def _questions(texts: Sequence[str]) -> tuple[str, ...]:
    told = (" ".join(text.split()) for text in texts)
    kept = [text for text in told if any(letter.isalpha() for letter in text) and len(text) <= LONGEST]
    return tuple(dict.fromkeys(kept))


def _form(asks: int, near: int) -> dict[str, object]:
    def texts(most: int) -> dict[str, object]:
        return {"type": "array", "items": {"type": "string", "maxLength": LONGEST}, "maxItems": most}

    return {
        "type": "object",
        "properties": {"asks": texts(asks), "near": texts(near)},
        "required": ["asks", "near"],
        "additionalProperties": False,
    }
