"""Standing facts that a message takes back by naming what they rest on: "forget SAP, that is phase 2"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assistant.answer import StandingFact
from assistant.conversation import Conversation
from assistant.normalise import Message
from assistant.readings import Reading
from assistant.sentences import sentences
from corpus import stems
from rules import FactSpec, RuleSet

MOST_WORDS = 16  # a longer message says more than that something is gone
GONE = re.compile(
    r"\b(?:forget(?: about)?|scrap|scratch|drop(?:ped)?|take back|wrong about|skip|leave out|cancel|remove|"
    r"ignore|strike|without|get(?:ting)? rid of|(?:goes|go|going|falls?|falling) away|disappears?|"
    r"no longer|not any ?more|any ?more|"
    r"(?:is|are|has been|have been|was|were|got|gets?) "
    r"(?:gone|dropped|cancel+ed|removed|scrapped|off the table|out of scope|postponed|abolished)|"
    r"(?:comes|come|that'?s|that is) (?:later|phase (?:2|two|3|three)|next year)|"
    r"vergiss|streich\w*|f[aä]llt weg|oublie[zr]?|olvida)\b",
    re.IGNORECASE,
)
# The same of a part: "not to HR, only to Concur", "HR doesn't want it any more".
PART_GONE = re.compile(
    rf"{GONE.pattern}|\bnot (?:to|into|in|with|via|for)\b|\b(?:is|are)(?: not|n['’]?t)\b|"
    r"\bdo(?:es)?(?: not|n['’]?t) (?:want|need|get|use|take)\b",
    re.IGNORECASE,
)
CLAUSE = re.compile(r"[^,;]+")
NAME = re.compile(r"\b[A-Z][\w-]*")
# "To Concur and to the HR system": several names for which the same is told.
LISTED = re.compile(
    r"\b[A-Z][\w-]*(?:(?:\s?[,/&]\s?|,?\s(?:and|or|und|oder|et|ou|y|o)\s)(?:(?:in)?to\s|in\s|with\s)?"
    r"(?:the\s|our\s)?[A-Z][\w-]*)+"
)
COMMON = frozenset(
    stems(
        "a an the and or of to in on it is are was be we i you they he she that this there then into for "
        "with by our my your their its has have had not no any each every all one goes go gets get some so "
        "as at from forget scrap drop skip leave out cancel remove without longer more part thing phase "
        "process system data"
    )
)


def taken_back(rules: RuleSet, message: Message, conversation: Conversation) -> Iterator[Reading]:
    """The standing facts with value yes whose evidence alone holds what ``message`` says is gone, as no.

    Where two facts rest on the same words it is not clear which one is meant, and neither is taken back.
    """
    told = [message.text[start:end] for start, end in sentences(message.text)]
    gone = " ".join(sentence for sentence in told if GONE.search(sentence))
    if len(message.text.split()) > MOST_WORDS or not gone:
        return
    said = set(stems(gone)) - COMMON
    meant = [name for name, fact in _deniable(rules.facts, conversation.facts) if said & _words(fact.quote)]
    if len(meant) == 1 and meant[0] not in holding(message, conversation):
        yield Reading(meant[0], "no", message.sent.strip(), "answer")


def holding(message: Message, conversation: Conversation) -> frozenset[str]:
    """The standing facts that rest on several names, of which ``message`` says that one is gone."""
    if len(message.text.split()) > MOST_WORDS:
        return frozenset()
    pieces = [message.text[start:end] for start, end in sentences(message.text)]
    told = [clause for piece in pieces for clause in CLAUSE.findall(piece) if PART_GONE.search(clause)]
    gone = set(re.findall(r"\w+", " ".join(told)))
    lists = [set(NAME.findall(listed)) for listed in LISTED.findall(conversation.said)]
    partly = set[str]().union(*(names for names in lists if names & gone and names - gone))
    facts = conversation.facts.items()
    return frozenset(fact for fact, standing in facts if partly & set(NAME.findall(standing.quote)))


def _deniable(
    specs: Mapping[str, FactSpec], facts: Mapping[str, StandingFact]
) -> Iterator[tuple[str, StandingFact]]:
    for name, fact in facts.items():
        if fact.value == "yes" and name in specs and "no" in specs[name].values:
            yield name, fact


def _words(quote: str) -> set[str]:
    return set(stems(quote)) - COMMON
