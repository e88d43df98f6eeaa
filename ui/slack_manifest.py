"""The manifest that makes the app in Slack: pasted as it is, everything that the adviser does works."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ui.slack_blocks import Block
from ui.slack_text import clipped

if TYPE_CHECKING:
    from assistant import Pack

COMMAND: Final = "/groundrule"
PATH: Final = "/slack/events"

# The least that the adviser needs: to be mentioned and written to, to read the threads that it takes part in,
# to answer, and the command. The history scopes are what Slack sends messages of channels for.
SCOPES: Final = (
    "app_mentions:read",
    "assistant:write",
    "channels:history",
    "chat:write",
    "commands",
    "groups:history",
    "im:history",
    "mpim:history",
)
EVENTS: Final = (
    "app_home_opened",
    "app_mention",
    "message.channels",
    "message.groups",
    "message.im",
    "message.mpim",
)
MOST_PROMPTS: Final = 4


def manifest(pack: Pack, address: str | None) -> Block:
    """The manifest for ``pack``; ``address`` is where Slack reaches the server, ``None`` with Socket Mode."""
    url: Block = {} if address is None else {"url": address}
    request: Block = {} if address is None else {"request_url": address}
    command: Block = {
        "command": COMMAND,
        "description": "Ask the guide, answered to you alone",
        "usage_hint": "your case or question",
        "should_escape": True,
    }
    return {
        "display_information": {
            "name": "groundrule",
            "description": _words(f"Answers from {pack.title}, with the exact words", 140),
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "groundrule", "always_online": True},
            "slash_commands": [command | url],
            "agent_view": {
                "agent_description": _words(pack.greeting, 300),
                "suggested_prompts": [_prompt(example) for example in pack.examples[:MOST_PROMPTS]],
            },
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": request | {"bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True} | request,
            "org_deploy_enabled": False,
            "socket_mode_enabled": address is None,
            "token_rotation_enabled": False,
        },
    }


def _prompt(example: str) -> Block:
    return {"title": _words(example, 70), "message": _words(example, 500)}


def _words(text: str, most: int) -> str:
    return clipped(re.sub(r"\s+", " ", text).strip(), most)
