"""The words of the page itself: labels, buttons and short explanations.

What is said about a guide comes from the ``Answer``, and a pack brings its own title, greeting and examples;
these are the rest. A language is one :class:`Words` value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ui.page_words_documents import AuthorWords, ChecklistWords, EvalsWords, ExploreWords


def _kinds() -> Mapping[str, str]:
    return MappingProxyType(
        {
            "decided": "Recommendation",
            "question": "One question",
            "conflict": "Conflict in the guide",
            "guide": "From the guide",
            "not_in_guide": "Not in the guide",
            "explain": "Explanation",
            "what_if": "What if",
            "other": "",
        }
    )


def _values() -> Mapping[str, str]:
    return MappingProxyType({"yes": "Yes", "no": "No", "unknown": "I don't know"})


def _verdicts() -> Mapping[str, str]:
    return MappingProxyType(
        {
            "right": "Right",
            "wrong_sources": "Wrong sources",
            "wrong_decision": "Wrong decision",
            "missing": "Missing from the guide",
        }
    )


@dataclass(frozen=True, slots=True)
class Words:
    """Every text of the page in one language; ``{…}`` are filled in where the text is used."""

    language: str = "en"
    description: str = (
        "Answers and recommendations from a decision guide, each with the exact words behind it."
    )
    version: str = "Guide {version}"
    ask: str = "Ask"
    pages: str = "Pages"
    login: str = "Log in"
    login_name: str = "Name"
    login_word: str = "Password"
    login_wrong: str = "This name and password are not known together. Try again."
    login_often: str = "Too many tries. Wait a minute."
    logout: str = "Log out"
    skip: str = "To the content"
    other_pack: str = "Another guide"
    other_language: str = "de"
    other_language_name: str = "Deutsch"
    again: str = "Start again"
    back: str = "Bring the last conversation back"
    hero: str = "Describe your case, or ask about a detail"
    hero_without_rules: str = "Ask about the guide"
    examples: str = "For example"
    conversation: str = "Conversation"
    message: str = "Your message"
    placeholder: str = "Your case or question…"
    send: str = "Send"
    thinking: str = "Looking it up…"
    replies: str = "Answer the question"
    you: str = "You"
    cut: str = "… ({count} characters in all)"
    kinds: Mapping[str, str] = field(default_factory=_kinds)
    problem: str = "That did not work"
    failed: str = (
        "Something failed on the server, and no answer came of it. Your message is back in the box, and the "
        "facts are as they were: send it again. If it fails again, the server's log says why."
    )
    values: Mapping[str, str] = field(default_factory=_values)
    forget: str = "Forget it"
    change: str = "Change"
    change_of: str = "Change: {label}"
    set_number: str = "Set"
    number: str = "New value"
    facts: str = "Facts I am using"
    facts_intro: str = "What you said, and what follows from it. Change a fact and I decide again."
    no_facts: str = "None yet. What you say about your case appears here."
    other_facts: str = "Add a fact"
    other_facts_intro: str = "These may matter too. None has to be given."
    not_said: str = "Not said"
    said: str = "You said “{quote}”"
    chose: str = "You chose this"
    assumed: str = "Assumed until you say otherwise"
    changed: str = "{label}: {before} → {after}"
    forgotten: str = "forgotten"
    before: str = "Before"
    after: str = "Now"
    unchanged: str = "The result stays: {result}"
    conflict: str = "Conflict"
    open: str = "Not settled"
    nothing: str = "None of the options"
    path: str = "Decision path"
    supposed_path_intro: str = "The way that the supposed facts would take. Your own facts are as they were."
    path_intro: str = "The guide's rules. The lit way is the one that your facts take."
    taken: str = "taken"
    here: str = "open now"
    no_path: str = "No case yet. Describe one, and the way through the guide's rules lights up here."
    sources: str = "Sources"
    sources_intro: str = "Open a source to see the quoted words in their section."
    no_sources: str = "The last answer quotes nothing."
    source_group: str = "For “{said}”"
    section: str = "Section {where}"
    line: str = "{file}, line {line}"
    reference: str = "The guide's source: {reference}"
    left_out: str = "Left out, since it cannot be read: {problem}"
    to_answer: str = "Back to the answer"
    in_guide: str = "Open it in the guide"
    picture: str = "As a picture"
    picture_of: str = "Picture of {name}"
    tree_of: str = "The tree of {title}; the list above holds the same in words"
    deeds: str = "What to do with this answer"
    undo: str = "Undo"
    undone: str = "Undone: {said}"
    why: str = "Why this?"
    what_changes: str = "What would change it?"
    copy: str = "Copy as Markdown"
    copied: str = "Copied"
    link: str = "Link to this state"
    share: str = "Share"
    record: str = "Decision record ({form})"
    judge: str = "Feedback"
    judged: str = "Thank you, noted"
    verdicts: Mapping[str, str] = field(default_factory=_verdicts)
    note: str = "Why? (may stay empty)"
    from_link: str = "From a link: {facts}"
    bad_link: str = (
        "The link names what this guide's rules do not know, and that was left out: {names}. "
        "The other facts of the link count."
    )
    announcement: str = "Answer {n}. {kind} {text}"
    explore: ExploreWords = field(default_factory=ExploreWords)
    checklist: ChecklistWords = field(default_factory=ChecklistWords)
    evals: EvalsWords = field(default_factory=EvalsWords)
    author: AuthorWords = field(default_factory=AuthorWords)


ENGLISH = Words()
