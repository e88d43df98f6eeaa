"""Text between Slack's own markup and plain words, both ways."""

from __future__ import annotations

import re
from typing import Final

_ANGLE: Final = re.compile(r"<([^<>]*)>")
_ENTITIES: Final = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
# Invisible and of no width: kept apart by it, signs are no markup any more.
APART: Final = "\u200b"
_SIGN: Final = re.compile(r"(?<!\w)[*_~`]+|[*_~`]+(?!\w)")
_EMOJI: Final = re.compile(r":(?=[a-z0-9_+'-]+:)")


def plain_words(text: str, bot: str) -> str:
    """What a person wrote, without Slack's markup; mentions of the user ``bot`` are left out."""
    words = _ANGLE.sub(lambda found: _spoken(found[1], bot), text)
    for entity, character in _ENTITIES:
        words = words.replace(entity, character)
    return words.replace("\0", "").strip()


def escaped(plain: str) -> str:
    """Plain text for a field that reads Slack's markup: no mention, channel, link or date comes of it."""
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def literal(plain: str) -> str:
    """As :func:`escaped`, and its signs of emphasis and emoji stay the characters that they are."""
    apart = _SIGN.sub(lambda found: APART.join(("", *found[0], "")), escaped(plain))
    apart = _EMOJI.sub(f":{APART}", apart)
    return f"{APART}{apart}" if apart.startswith("&gt;") else apart


def code(plain: str) -> str:
    """Plain text between backticks, where only they themselves would be read."""
    return f"`{escaped(plain).replace('`', 'ˋ')}`"


def clipped(text: str, most: int) -> str:
    """``text`` in at most ``most`` characters."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _spoken(inside: str, bot: str) -> str:
    """What stood between angle brackets, as it was shown to who wrote it."""
    target, _, label = inside.partition("|")
    if target.startswith("@"):
        return "" if target[1:] == bot else f"@{label or 'somebody'}"
    if target.startswith("#"):
        return f"#{label or 'channel'}"
    if target.startswith("!"):
        return label or f"@{target[1:].partition('^')[0]}"
    return label or target.removeprefix("mailto:")
