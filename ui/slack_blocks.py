"""Block Kit as values of JSON: the few kinds of block that messages, modals and App Home are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

from ui.slack_text import clipped

Block: TypeAlias = dict[str, object]

MOST_ON_BUTTON: Final = 75
MOST_IN_ACTIONS: Final = 25


def section(text: str) -> Block:
    """Text in mrkdwn, which Slack reads as it is: no bare address or name becomes a link or a mention."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def context(text: str) -> Block:
    """A line in small letters, in mrkdwn."""
    return {
        "type": "context",
        "elements": [{"type": "mrkdwn", "text": clipped(text, 2900), "verbatim": True}],
    }


def header(text: str) -> Block:
    """A line in large letters, of plain text."""
    return {"type": "header", "text": plain(text, 150)}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def button(action: str, text: str, value: str, *, primary: bool = False) -> Block:
    """A button of plain text that sends ``value``."""
    made: Block = {
        "type": "button",
        "action_id": action,
        "text": plain(text, MOST_ON_BUTTON),
        "value": value,
    }
    return made | {"style": "primary"} if primary else made


def actions(buttons: Sequence[Block]) -> list[Block]:
    """Buttons beside one another, in as many blocks as they need."""
    return [
        {"type": "actions", "elements": list(buttons[at : at + MOST_IN_ACTIONS])}
        for at in range(0, len(buttons), MOST_IN_ACTIONS)
    ]


def plain(text: str, most: int) -> Block:
    """Plain text in at most ``most`` characters; Slack shows emoji names in it as they are."""
    return {"type": "plain_text", "text": clipped(" ".join(text.split()) or "–", most), "emoji": False}


def option(text: str, value: str) -> Block:
    """One choice of a menu or of radio buttons."""
    return {"text": plain(text, MOST_ON_BUTTON), "value": value}
