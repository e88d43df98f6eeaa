"""What a supposition supposes: "what if nobody had to sign?" is about the statement "nobody had to sign"."""

from __future__ import annotations

import re

from assistant.normalise import Message, normalise

BEGINS = re.compile(
    r"^\W*(?:(?:and|but|so|ok(?:ay)?|then|now|well|und|aber|et|mais|y|pero)\W+)*"
    r"(?:(?:what|how) about if|what(?: would \w+(?: \w+)?| changes| happens)? if|if|"
    r"(?:say|suppose|supposing|imagine|assume|assuming|pretend)(?: that)?|hypothetically|"
    r"was(?: w[aä]re| ist| passiert)?,? wenn|wenn|angenommen|(?:supposons|admettons)(?: que?)?|"
    r"qu[eé] (?:pasa|pasar[ií]a) si|supongamos(?: que)?|si)\b[\s,:]+",
    re.IGNORECASE,
)


def statement_supposed(message: Message) -> Message:
    """What ``message`` supposes, without the words that make a supposition of it.

    It is read like any statement: "if" before it says as little about it as a mark of a question behind it.
    """
    found = BEGINS.search(message.text)
    rest = message.quote(found.end() if found else 0, len(message.text)).rstrip(" ?")
    return normalise(rest) if any(character.isalnum() for character in rest) else message
