"""What is remembered between two turns of a conversation."""

from __future__ import annotations

from pydantic import Field

from assistant.answer import Frozen, StandingFact


class Conversation(Frozen):
    """Everything that a turn leaves for the next one; a turn returns a new value and changes none.

    ``facts`` are the standing facts by name. ``asked`` is the fact asked for last, ``None`` when nothing is
    open. ``hypothesis`` holds the facts changed by the what-if questions asked in a row, so that they
    stack; anything else clears it. ``topic`` is the last detail question, for follow-ups that lean on it.
    ``need_stated`` says whether there is a case to decide. ``said`` is the last message that described it.
    ``turns`` counts the user's messages.
    """

    turns: int = 0
    facts: dict[str, StandingFact] = Field(default_factory=dict)
    asked: str | None = None
    hypothesis: dict[str, str] = Field(default_factory=dict)
    topic: str = ""
    need_stated: bool = False
    said: str = ""

    @property
    def answered(self) -> str | None:
        """The fact that the user's last message answered in so many words, ``None`` when it answered none."""
        given = (name for name, fact in self.facts.items() if fact.by == "answer" and fact.turn == self.turns)
        return next(given, None)
