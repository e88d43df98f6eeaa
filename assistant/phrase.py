"""A detail answered in a model's words, sentence by sentence, each one verified before it is heard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.aloud import Hear, unheard
from assistant.errors import LanguageModelError
from assistant.footnotes import Footnotes
from assistant.speak import LanguageModel, Prompt, listen, prompt_rules
from assistant.verify import bare, verify
from corpus import Passage

MOST_TOKENS = 220
MOST_SENTENCES = 4
SILENCE = "SILENCE"
# A sentence ends where a stop, perhaps with markers behind it, is followed by a space or nothing.
SENTENCE = re.compile(
    r"\s*(\S.*?[.!?][”\"*]*(?:\s*[\[【]\s*\w{0,12}\s*\d{0,4}\s*[\]】][.]?)*)(?=\s+[^\s\[【]|\s*\n)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Phrased:
    """``text`` holds the sentences that stand, with their citations; empty when none does.

    ``problem`` tells what was wrong with the model, empty when it came to its end.
    """

    text: str
    problem: str = ""


def phrase(
    model: LanguageModel, question: str, passages: Sequence[Passage], notes: Footnotes, hear: Hear = unheard
) -> Phrased:
    """What ``model`` makes of ``passages`` as an answer to ``question``, as far as they support it.

    ``hear`` is called with each sentence as soon as it is verified, with the space before it if there is one:
    one after the other they are the text.
    """
    readings = [_shown(passage) for passage in passages]
    numbered = "\n".join(f"[{number}] {reading}" for number, reading in enumerate(readings, 1))
    material = f"Passages:\n{numbered}\n\nQuestion: {question}"
    told: list[str] = []
    try:
        for sentence in _sentences(
            listen(model, Prompt(prompt_rules("phrase"), material, None, MOST_TOKENS))
        ):
            found = verify(sentence, readings)
            if found.passages and len(told) < MOST_SENTENCES:
                marks = "".join(f" [{notes.passage(passages[place])}]" for place in found.passages)
                told.append(f"{' ' if told else ''}{bare(sentence)}{marks}")
                hear(told[-1])
    except LanguageModelError as error:
        return Phrased("".join(told), error.problem)
    return Phrased("".join(told))


def _shown(passage: Passage) -> str:
    return f"{' › '.join(passage.heading)}: {passage.lead} {passage.reading}".replace("\n", " ")


def _sentences(pieces: Iterator[str]) -> Iterator[str]:
    """The sentences of a reply, each as soon as the next one has begun."""
    rest = ""
    for piece in pieces:
        rest += piece
        while found := SENTENCE.match(rest):
            yield found[1]
            rest = rest[found.end() :]
    if rest.strip() and rest.strip().rstrip(".") != SILENCE:
        yield rest.strip()
