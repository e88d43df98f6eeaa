"""One turn of a conversation: text → facts → decision → passages → answer.

:func:`take_turn` is the whole walk and the program's table of contents.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from assistant.aloud import Aloud, Hear, unheard
from assistant.answer import Answer, PackName
from assistant.compose import (
    Composed,
    both,
    compose_case,
    compose_detail,
    compose_other,
    compose_stance,
    compose_unread,
    compose_what_if,
    compose_why,
    compose_why_not,
)
from assistant.compose_changes import compose_changes
from assistant.compose_decision import value_label
from assistant.compose_talk import (
    greeting_words,
    help_words,
    nothing_to_explain,
    reset_words,
    thanks_words,
)
from assistant.conversation import Conversation
from assistant.find import Found, find, surely_answered
from assistant.footnotes import Footnotes
from assistant.judge import Case, judge, rule_values, with_readings
from assistant.minds import Minds
from assistant.normalise import normalise
from assistant.point_out import point_out, pointed_words
from assistant.readings import Reading
from assistant.recognise import case_begun
from assistant.show_decision import show_decision
from assistant.speak import LanguageModel
from assistant.understand import Understood, may_answer, understand
from rules import RuleSet, effects, why_not


@dataclass(frozen=True, slots=True)
class Turn:
    """The answer of a turn, and the conversation as the next turn needs it."""

    answer: Answer
    conversation: Conversation


NOTHING = Found("", (), None, answers=False)


def take_turn(minds: Minds, sent: str, conversation: Conversation, hear: Hear = unheard) -> Turn:
    """Answer ``sent`` at this point of ``conversation``. Raises :class:`assistant.errors.MessageError`.

    ``hear`` is called with the beginning of the answer's text, piece by piece, while a language model speaks.
    """
    started = time.perf_counter()
    message = normalise(sent)
    if begins := case_begun(message.text):
        conversation = Conversation(turns=conversation.turns)
        message = normalise(message.quote(begins, len(message.text)))
    with minds.watch("read facts"):
        meant = _choosing(minds, understand(minds, message, conversation))
        after = _remember(minds, conversation, meant, message.sent)
    with minds.watch("decide"):
        case = _case(minds, after, meant)
    with minds.watch("find"):
        found = _found(minds, meant, message.text)
    notes = Footnotes(minds.pack.guides)
    with minds.watch("compose"):
        words = _compose(minds, meant, after, case, found, notes, hear)
        return _finish(minds, after, meant, case, words, notes, started)


def change_fact(minds: Minds, conversation: Conversation, fact: str, value: str | None) -> Turn:
    """A fact set by hand (or forgotten, with ``None``), answered like a message that says so."""
    started = time.perf_counter()
    facts = dict(conversation.facts)
    facts.pop(fact, None)
    after = conversation.model_copy(update={"facts": facts, "hypothesis": {}, "need_stated": True})
    meant = Understood("content", need=True)
    if value is not None:
        meant = Understood("content", (Reading(fact, value, "", "user"),), need=True)
        after = after.model_copy(update={"facts": with_readings(after, meant.readings)})
    case = _case(minds, after, meant)
    notes = Footnotes(minds.pack.guides)
    words = _compose(minds, meant, after, case, NOTHING, notes)
    return _finish(minds, after, meant, case, words, notes, started)


def _choosing(minds: Minds, meant: Understood) -> Understood:
    """``meant``, as a need where it asks which option to take and the guide has no sure answer to that.

    "Employee onboarding, which of the two?" stands in a guide; of "school menus" the case is asked about.
    Likewise for the need that a question may hide, where the guides do not answer it.
    """
    if meant.hidden and not find(minds, meant.question).answers:
        return replace(meant, need=True, question="", readings=meant.hidden)
    if meant.chooses and not surely_answered(minds, meant.question):
        return replace(meant, need=True, question="")
    return meant


def _remember(minds: Minds, before: Conversation, meant: Understood, sent: str) -> Conversation:
    """The conversation with this message in it; what is composed does not change it any more."""
    told: dict[str, object] = {"turns": before.turns + 1}
    if meant.act == "reset":
        return Conversation(turns=before.turns + 1)
    if meant.act == "what_if":
        supposed = dict(before.hypothesis) | {r.fact: r.value for r in meant.readings}
        return before.model_copy(update=told | {"hypothesis": supposed})
    if meant.act in ("content", "recap"):
        told["hypothesis"] = {}
    if meant.need or (meant.act == "recap" and minds.pack.rules is not None):
        told["need_stated"] = True
    if meant.need:
        # Back from a detour: what leans on something now leans on the case.
        told |= {"facts": with_readings(before, meant.readings), "said": sent, "topic": ""}
    if meant.question:
        told["topic"] = meant.question
    return before.model_copy(update=told)


def _case(minds: Minds, after: Conversation, meant: Understood) -> Case | None:
    """The decision that this turn shows; on a what-if, the one on the supposed facts."""
    rules = minds.pack.rules
    if rules is None or not after.need_stated:
        return None
    if meant.act != "what_if":
        return judge(rules, after.facts)
    supposed = tuple(Reading(fact, value, "", "user") for fact, value in after.hypothesis.items())
    return judge(rules, with_readings(after, supposed))


def _found(minds: Minds, meant: Understood, text: str) -> Found:
    if meant.act == "why_not":
        return find(minds, text)
    return find(minds, meant.question) if meant.question else NOTHING


def _compose(
    minds: Minds,
    meant: Understood,
    after: Conversation,
    case: Case | None,
    found: Found,
    notes: Footnotes,
    hear: Hear = unheard,
) -> Composed:
    """The words of the turn, which begin with what was heard of them: it is put there, and nowhere else."""
    aloud = Aloud(hear)
    words = _write(minds, meant, after, case, found, notes, aloud)
    return replace(words, text=aloud.said + words.text)


def _write(
    minds: Minds,
    meant: Understood,
    after: Conversation,
    case: Case | None,
    found: Found,
    notes: Footnotes,
    aloud: Aloud,
) -> Composed:
    pack, rules = minds.pack, minds.pack.rules
    talk = {"greeting": greeting_words, "help": help_words, "reset": reset_words}
    if meant.act in talk:
        return Composed("other", talk[meant.act](pack), after.asked)
    if meant.act == "thanks":
        return Composed("other", thanks_words(), after.asked)
    if rules is not None and case is not None:
        return _write_case(rules, minds.model, meant, after, case, found, notes, aloud)
    if meant.act == "content":
        return compose_detail(found, notes, minds.model, aloud)
    return Composed("other", nothing_to_explain())


def _write_case(
    rules: RuleSet,
    model: LanguageModel | None,
    meant: Understood,
    after: Conversation,
    case: Case,
    found: Found,
    notes: Footnotes,
    aloud: Aloud,
) -> Composed:
    if meant.act in ("agree", "disagree", "clarify"):
        return compose_stance(rules, meant.act, case, notes)
    if meant.act in ("why", "why_not", "what_changes", "what_if"):
        return _write_reasons(rules, meant, after, case, found, notes)
    if meant.act == "content" and not meant.need:
        return _write_aside(rules, model, meant, after, case, found, notes, aloud)
    words = compose_case(rules, case, notes)
    if model is not None and words.kind == "question":
        words = _pointed(rules, model, words, case, after.said, aloud)
    for need in meant.others:
        other = judge(rules, with_readings(Conversation(turns=after.turns - 1), need.readings))
        words = both(words, compose_other(rules, other, need.quote, notes))
    if not found.answers:
        return words
    if model is not None:  # nobody has to wait for it to see the decision
        aloud.say(f"{words.text}\n\n")
        return replace(words, text=compose_detail(found, notes, model, aloud).text)
    return both(words, compose_detail(found, notes, model, aloud))


def _write_reasons(
    rules: RuleSet, meant: Understood, after: Conversation, case: Case, found: Found, notes: Footnotes
) -> Composed:
    """Why, why not, what would change it, and what if."""
    values = rule_values(rules, {name: fact.value for name, fact in case.facts.items()})
    if meant.act == "why_not" and meant.option is not None:
        return compose_why_not(rules, why_not(rules, values, meant.option), case, found, notes)
    if meant.act == "what_changes":
        return compose_changes(rules, case, effects(rules, values), notes)
    if meant.act == "what_if":
        standing = judge(rules, after.facts)
        return compose_what_if(rules, standing, case, notes, supposes=bool(after.hypothesis))
    return compose_why(rules, case, notes)


def _write_aside(
    rules: RuleSet,
    model: LanguageModel | None,
    meant: Understood,
    after: Conversation,
    case: Case,
    found: Found,
    notes: Footnotes,
    aloud: Aloud,
) -> Composed:
    """A detail asked in the course of a case, or what could not be read: an answer, a remark."""
    if not found.answers and (meant.remark or (case.decision.next and may_answer(meant.question))):
        return compose_unread(rules, case, notes)
    detail = compose_detail(found, notes, model, aloud)
    return Composed(detail.kind, detail.text, after.asked)


def _pointed(
    rules: RuleSet, model: LanguageModel, words: Composed, case: Case, said: str, aloud: Aloud
) -> Composed:
    """The question, with the user's words that the model takes for an answer to it. They do not count yet."""
    question = case.decision.next
    if question is None or not question.choices:
        return words
    meanings = rules.facts[question.fact].meanings
    aloud.say(words.text)
    found = point_out(model, question.ask, question.choices, meanings, said)
    if found is None:
        return replace(words, text="")
    label = value_label(rules, question.fact, found.value)
    return replace(words, text=f"\n\n{pointed_words(found, label)}")


def _finish(
    minds: Minds,
    after: Conversation,
    meant: Understood,
    case: Case | None,
    words: Composed,
    notes: Footnotes,
    started: float,
) -> Turn:
    shown = None
    if case is not None:
        shown = show_decision(case.decision, case.flips, notes, hypothetical=meant.act == "what_if")
    asked = words.asks if words.kind in ("decided", "question", "conflict") else words.asks or after.asked
    answer = Answer(
        kind=words.kind,
        text=words.text,
        facts=after.facts,
        decision=shown,
        citations=notes.all(),
        pack=PackName(id=minds.pack.id, version=minds.pack.version, sha256=minds.pack.sha256),
        ms=round((time.perf_counter() - started) * 1000),
    )
    return Turn(answer, after.model_copy(update={"asked": asked}))
