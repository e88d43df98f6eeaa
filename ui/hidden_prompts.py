"""Prompts that chat front ends send by themselves, to name a chat or to suggest what to say next.

They arrive as messages of the user and are none: they are answered here, from the chat itself, and never
reach the interview. Their words are those of Open WebUI, LibreChat and NextChat.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Final, Literal

Hidden = Literal["title", "tags", "follow_ups", "queries", "completion", "summary"]

TITLE_WORDS: Final = 8
TITLE_LETTERS: Final = 60
# Open WebUI: "### Task:", an order, and at the end the JSON to give, whose key tells which prompt it is.
_TASK: Final = re.compile(r"\s*### Task:\s")
_KEYS: Final[tuple[tuple[str, Hidden], ...]] = (
    ("title", "title"),
    ("tags", "tags"),
    ("follow_ups", "follow_ups"),
    ("queries", "queries"),
    ("text", "completion"),
)
_STARTS: Final[tuple[tuple[re.Pattern[str], Hidden], ...]] = (
    (re.compile(r"\s*provide a concise, 5-word-or-less title for the conversation", re.I), "title"),
    (
        re.compile(
            r"\s*please generate a (?:four to five|4-5) word title summari[sz]ing our conversation", re.I
        ),
        "title",
    ),
    (re.compile(r"\s*(?:create|generate) a concise, 3-5 word (?:title|phrase)", re.I), "title"),
    (
        re.compile(r"\s*summarize the discussion briefly in 200 words or less to use as a prompt", re.I),
        "summary",
    ),
)
_HISTORY: Final = re.compile(r"<chat_history>(.*?)</chat_history>", re.S)
_SPEAKER: Final = re.compile(r"^(?:USER|User|Human):\s*(.*)$", re.M)


def hidden_prompt(message: str) -> Hidden | None:
    """Which prompt of a front end ``message`` is; ``None`` for what a person wrote."""
    if _TASK.match(message):
        for key, kind in _KEYS:
            if re.search(rf'\{{\s*"{key}"\s*:', message):
                return kind
        return None
    return next((kind for start, kind in _STARTS if start.match(message)), None)


def answer_hidden(kind: Hidden, message: str, said: Sequence[str], examples: Sequence[str]) -> str:
    """The answer to ``message``, in the form that its front end reads.

    ``said`` are the user's own messages of the request, ``examples`` those of the pack.
    """
    first = _first_said(message, said)
    if kind == "title":
        title = _title(first)
        return json.dumps({"title": title}, ensure_ascii=False) if _TASK.match(message) else title
    if kind == "tags":
        return json.dumps({"tags": ["General"]})
    if kind == "follow_ups":
        return json.dumps(
            {"follow_ups": ["Why?", "What would change it?", *examples[:1]]}, ensure_ascii=False
        )
    if kind == "queries":
        return json.dumps({"queries": []})
    if kind == "completion":
        return json.dumps({"text": ""})
    return "\n".join(said)


def _first_said(message: str, said: Sequence[str]) -> str:
    """The user's first words: those of the chat that the prompt quotes, else those of the request."""
    history = _HISTORY.search(message)
    quoted = _SPEAKER.search(history[1] if history else message)
    if quoted is not None:
        return quoted[1]
    return said[0] if said else ""


def _title(first: str) -> str:
    words = re.sub(r"[*_`#>\[\]]", "", first).split()
    title = " ".join(words[:TITLE_WORDS])[:TITLE_LETTERS].rstrip(" ,.;:!?")
    return title or "New chat"
