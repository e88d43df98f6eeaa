"""Turns for tests of the store, which does not look at what is said in them."""

from assistant import Answer, Turn
from assistant.answer import PackName


def turn_of(words, before):
    """A turn as any assistant may give it; the store does not look at what is said."""
    answer = Answer(
        kind="other",
        text=words,
        facts={},
        decision=None,
        citations=(),
        pack=PackName(id="weather", version="1", sha256="0" * 64),
        ms=1,
    )
    return Turn(answer, before.model_copy(update={"turns": before.turns + 1, "said": words}))


def says(words):
    return lambda before: turn_of(words, before)
