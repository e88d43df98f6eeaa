"""A message as it is read: the same words whatever tricks their characters play.

Reading happens on the normalised form; quoting happens on the message as it was sent. The two are tied
by the position of every character.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from assistant.errors import MessageError

LONGEST_MESSAGE = 20_000  # characters; three closely printed pages, far above any need ever described

SURROGATE = re.compile("[\ud800-\udfff]")

# Letters of other scripts that look like Latin ones. They are read as Latin only inside a word that also
# holds Latin letters, so that text written in those scripts stays what it is.
LOOK_ALIKES = str.maketrans(
    "аеорсухіѕјԁһіӏοανρτυκμΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕКМНОРСТХ", "aeopcyxisjdhilowvptukuABEZHIKMNOPTYXABEKMHOPCTX"
)


@dataclass(frozen=True, slots=True)
class Message:
    """``text`` is what the reader sees; ``sent[places[i]]`` is the character that ``text[i]`` came from."""

    sent: str
    text: str
    places: tuple[int, ...]

    def quote(self, start: int, end: int) -> str:
        """The user's own words behind ``text[start:end]``."""
        if start >= end:
            return ""
        return self.sent[self.places[start] : self.places[end - 1] + 1].strip()


def normalise(sent: str) -> Message:
    """The message in its reading form.

    Compatibility characters (full-width letters, ligatures) become plain ones (Unicode NFKC, character by
    character), invisible and bidirectional controls vanish, other control characters become spaces, and
    look-alike letters inside Latin words become Latin.

    Raises :class:`MessageError` for a message without any letter or digit, and for one that is too long.
    """
    if len(sent) > LONGEST_MESSAGE:
        raise MessageError(
            f"The message has {len(sent):,} characters; at most {LONGEST_MESSAGE:,} are read.",
            "Send the part that describes the need, or the question alone.",
        )
    sent = SURROGATE.sub("\N{REPLACEMENT CHARACTER}", sent)  # half a character can be stored by nobody
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(sent):
        for plain in _plain(character):
            letters.append(plain)
            places.append(place)
    text = _latin_words("".join(letters))
    if not any(character.isalnum() for character in text):
        raise MessageError("The message holds no words.", "Describe what you need, or ask about the guide.")
    return Message(sent, text, tuple(places))


def _plain(character: str) -> str:
    if character in "\n\t":
        return character
    category = unicodedata.category(character)
    if category == "Cf":  # zero-width and bidirectional controls, soft hyphens
        return ""
    if category in ("Cc", "Cs", "Co", "Cn"):
        return " "
    if character in "’‘":  # one apostrophe, so that every contraction is read alike
        return "'"
    return unicodedata.normalize("NFKC", character)


def _latin_words(text: str) -> str:
    """``text`` with look-alike letters made Latin in words of mixed script; same length."""
    words = []
    for word in text.split(" "):
        mixed = any("a" <= c.lower() <= "z" for c in word) and not word.isascii()
        words.append(word.translate(LOOK_ALIKES) if mixed else word)
    return " ".join(words)
