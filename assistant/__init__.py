"""One turn of a conversation: a message becomes facts, a decision, passages and an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.aloud import Hear
from assistant.answer import Answer, CitedWords, DecisionShown, LimitShown, NextQuestion, StandingFact
from assistant.conversation import Conversation
from assistant.decisions import DecisionResult, decide_facts, pack_as_of
from assistant.draw_rules import GroupTree, RulesDrawn, draw_rules
from assistant.errors import (
    AssistantError,
    LanguageModelError,
    MessageError,
    PackError,
    StoreError,
    TurnTakenError,
    UnknownConversationError,
)
from assistant.feedback import VERDICTS, Feedback, Verdict
from assistant.interchange import rules_as_dmn, rules_as_jdm
from assistant.normalise import normalise as check_message
from assistant.obedient_model import obedient_model
from assistant.openai_model import openai_model
from assistant.pack import Pack, open_pack
from assistant.path import PathNode, decision_path, facts_to
from assistant.review_pack import Review, review_pack
from assistant.schemas import schemas
from assistant.speak import LanguageModel, Prompt
from assistant.watch import Step, Watch
from corpus import CorpusError, IndexBusyError, Progress, cache_folder
from rules import Explanation, FactError, Problem, RulesError, RuleSet, TooLargeError

if TYPE_CHECKING:
    from assistant.assistant import Assistant, FactLabel, SectionText
    from assistant.examining import examine_cross_encoder, examine_reader
    from assistant.finder import Finder
    from assistant.inbox import Inbox, Task
    from assistant.keep import converse
    from assistant.store import ConversationStore, KeptConversation, KeptTurn
    from assistant.turn import Turn
    from corpus import Finding, Hit, examine, rebuild_index

__all__ = [
    "VERDICTS",
    "Answer",
    "Assistant",
    "AssistantError",
    "CitedWords",
    "Conversation",
    "ConversationStore",
    "CorpusError",
    "DecisionResult",
    "DecisionShown",
    "Explanation",
    "FactError",
    "FactLabel",
    "Feedback",
    "Finder",
    "Finding",
    "GroupTree",
    "Hear",
    "Hit",
    "Inbox",
    "IndexBusyError",
    "KeptConversation",
    "KeptTurn",
    "LanguageModel",
    "LanguageModelError",
    "LimitShown",
    "MessageError",
    "NextQuestion",
    "Pack",
    "PackError",
    "PathNode",
    "Problem",
    "Progress",
    "Prompt",
    "Review",
    "RuleSet",
    "RulesDrawn",
    "RulesError",
    "SectionText",
    "StandingFact",
    "Step",
    "StoreError",
    "Task",
    "TooLargeError",
    "Turn",
    "TurnTakenError",
    "UnknownConversationError",
    "Verdict",
    "Watch",
    "cache_folder",
    "check_message",
    "converse",
    "decide_facts",
    "decision_path",
    "draw_rules",
    "examine",
    "examine_cross_encoder",
    "examine_reader",
    "facts_to",
    "obedient_model",
    "open_pack",
    "openai_model",
    "pack_as_of",
    "rebuild_index",
    "review_pack",
    "rules_as_dmn",
    "rules_as_jdm",
    "schemas",
]

# These read messages, search or keep conversations, which needs numpy or SQLAlchemy; a process that only
# decides does without.
_LATE = {
    "Assistant": "assistant.assistant",
    "ConversationStore": "assistant.store",
    "FactLabel": "assistant.assistant",
    "Finder": "assistant.finder",
    "Finding": "corpus",
    "Hit": "corpus",
    "Inbox": "assistant.inbox",
    "KeptConversation": "assistant.store",
    "KeptTurn": "assistant.store",
    "SectionText": "assistant.assistant",
    "Task": "assistant.inbox",
    "Turn": "assistant.turn",
    "converse": "assistant.keep",
    "examine": "corpus",
    "examine_cross_encoder": "assistant.examining",
    "examine_reader": "assistant.examining",
    "rebuild_index": "corpus",
}


def __getattr__(name: str) -> object:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LATE[name]), name)
