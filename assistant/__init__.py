"""One turn of a conversation: a message becomes facts, a decision, passages and an answer."""

from __future__ import annotations

from assistant.answer import Answer, CitedWords, DecisionShown, LimitShown, StandingFact
from assistant.assistant import Assistant, FactLabel, SectionText
from assistant.conversation import Conversation
from assistant.decisions import DecisionResult, decide_facts
from assistant.errors import AssistantError, MessageError, PackError
from assistant.normalise import normalise as check_message
from assistant.pack import Pack, open_pack
from assistant.path import PathNode
from assistant.places import cache_folder
from assistant.schemas import schemas
from assistant.turn import Turn
from corpus import CorpusError, Hit, IndexBusyError, Progress
from rules import FactError, RulesError, RuleSet

__all__ = [
    "Answer",
    "Assistant",
    "AssistantError",
    "CitedWords",
    "Conversation",
    "CorpusError",
    "DecisionResult",
    "DecisionShown",
    "FactError",
    "FactLabel",
    "Hit",
    "IndexBusyError",
    "LimitShown",
    "MessageError",
    "Pack",
    "PackError",
    "PathNode",
    "Progress",
    "RuleSet",
    "RulesError",
    "SectionText",
    "StandingFact",
    "Turn",
    "cache_folder",
    "check_message",
    "decide_facts",
    "open_pack",
    "schemas",
]
