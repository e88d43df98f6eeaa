"""Example messages as people might have typed them: other case, slips, chatter around them, two in one.

Used while the trained reader learns, so that it reads what a message says and not how it is spelled. What a
message settles stays the same under every change.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

BEFORE = (
    "Hi, ", "Hello team, ", "Quick question: ", "So, ", "ok so ", "Hey! ", "Good morning. ", "One more: ",
    "We have this case: ", "Hi all. ", "Which one do we need? ", "Need advice. ", "Second topic: ",
    "Sorry, me again. ", "Please advise: ",
)  # fmt: skip
AFTER = (
    " Thanks!", " Which one should we take?", " Thx", " What do you recommend?", " Is that possible?",
    " What do we need?", " Which tool is it?", " Can this be done?", " Which module?", " Any idea?",
    " Please help.", " How would you build it?",
)  # fmt: skip
BETWEEN = (" ", ". ", "\n", " Also: ", " And ", "\n- ")
LONGEST_JOINED = 320  # characters


def vary(text: str, chance: random.Random) -> str:
    """``text`` with up to a few of those changes, most often with none or one."""
    return _spelled(_surrounded(text, chance), chance)


def join_two(
    texts: Sequence[str], rows: Sequence[tuple[int, ...]], share: float, chance: random.Random
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Pairs of messages as one, ``share`` of the number of ``texts``, where they do not contradict.

    A row holds the number of the label for each matter; 0 says nothing and gives way to what the other says.
    """
    for _ in range(int(len(texts) * share)):
        first, second = chance.randrange(len(texts)), chance.randrange(len(texts))
        if first == second or len(texts[first]) + len(texts[second]) > LONGEST_JOINED:
            continue
        pairs = list(zip(rows[first], rows[second], strict=True))
        if any(one and other and one != other for one, other in pairs):
            continue
        yield texts[first] + chance.choice(BETWEEN) + texts[second], tuple(max(pair) for pair in pairs)


def _surrounded(text: str, chance: random.Random) -> str:
    if chance.random() < 0.12:
        text = chance.choice(BEFORE) + text
    if chance.random() < 0.12:
        ended = text.rstrip()[-1:] in ".!?"
        text = text + ("" if ended else ".") + chance.choice(AFTER)
    return text


def _spelled(text: str, chance: random.Random) -> str:
    case = chance.random()
    if case < 0.25:
        text = text.lower()
    elif case < 0.28:
        text = text.upper()
    marks = chance.random()
    if marks < 0.15:
        text = text.rstrip(" .!?")
    elif marks < 0.25:
        text = "".join(character for character in text if character not in ",.;:!'\"")
    return _with_slips(text, chance) if chance.random() < 0.2 else text


def _with_slips(text: str, chance: random.Random) -> str:
    """One mistyped word, and one more for each 15 words."""
    words = text.split()
    for _ in range(1 + len(words) // 15 if words else 0):
        place = chance.randrange(len(words))
        word = words[place]
        if len(word) > 3:
            at = chance.randrange(1, len(word) - 1)
            slip = chance.random()
            if slip < 0.4:
                words[place] = word[:at] + word[at + 1 :]
            elif slip < 0.8:
                words[place] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            else:
                words[place] = word[:at] + word[at] + word[at:]
    return " ".join(words)
