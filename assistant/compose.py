"""The words of a turn, by what was asked: each kind of reply has one writer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.aloud import Aloud
from assistant.answer import Kind
from assistant.compose_decision import (
    change_words,
    clarified_question,
    conflict_words,
    decided_words,
    fact_lines,
    flip_line,
    option_label,
    outcome_words,
    question_line,
    question_words,
    reason_lines,
    verdict,
)
from assistant.compose_guide import (
    chosen_passages,
    complete,
    guide_words,
    nearest_words,
    passage_words,
    pointer_words,
    whole_list,
)
from assistant.compose_talk import agree_words, disagree_words
from assistant.find import Found
from assistant.footnotes import Footnotes
from assistant.judge import Case
from assistant.phrase import Phrased, phrase
from assistant.recognise import Act
from assistant.speak import LanguageModel
from corpus import Passage, Section
from rules import RuleSet, WhyNot

LONGEST_NEED = 80  # characters of the user's words that name a further need


@dataclass(frozen=True, slots=True)
class Composed:
    """``text`` is Markdown with [n] markers; ``asks`` is the fact that its open question is about.

    Where something was said aloud before, ``text`` is what comes after it.
    """

    kind: Kind
    text: str
    asks: str | None = None


def compose_case(rules: RuleSet, case: Case, notes: Footnotes, *, supposed: bool = False) -> Composed:
    """The decision on the facts of ``case``: decided, a question, or a conflict.

    A case that is only ``supposed`` asks nothing back: the question would seem to be about the standing one.
    """
    decision = case.decision
    asks = decision.next.fact if decision.next else None
    if decision.status == "conflict":
        return Composed("conflict", conflict_words(rules, decision, notes, supposed=supposed), asks)
    if decision.status == "undecided":
        return Composed("question", question_words(rules, decision, notes, supposed=supposed), asks)
    words = decided_words(rules, decision, case.facts, case.flips, notes, supposed=supposed)
    return Composed("decided", words, asks)


def compose_other(rules: RuleSet, case: Case, quote: str, notes: Footnotes) -> Composed:
    """A further need of one message, decided by itself; to go on with it, it is sent alone."""
    decision = case.decision
    said = quote if len(quote) <= LONGEST_NEED else f"{quote[:LONGEST_NEED].rsplit(' ', 1)[0]} …"
    head = f"**Another need** (“{' '.join(said.split())}”):"
    if decision.status in ("undecided", "conflict"):
        outcome = outcome_words(rules, decision.status, decision.options)
        return Composed("question", f"{head} {outcome}. Send it alone, and I go on with it.")
    reasons = "\n".join(reason_lines(rules, decision, case.facts, notes))
    return Composed("decided", f"{head} {verdict(rules, decision.options)}\n\n{reasons}".rstrip())


def compose_detail(found: Found, notes: Footnotes, model: LanguageModel | None, aloud: Aloud) -> Composed:
    """A detail of the guide, the other guide that it names for it, or its silence.

    A ``model`` may put the guide's words together, and what stands of them is said ``aloud``; where it fails,
    or nothing that it says stands, the guide's own words are given, and a failure is named. Where it leaves
    out most of what answers, the guide's words for that follow. Whole lists, commands and trees are not its.
    """
    if found.pointed is not None:
        return Composed("guide", pointer_words(found.pointed, notes))
    if not found.answers or found.section is None:
        return Composed("not_in_guide", nearest_words(found.hits, notes))
    phrased = Phrased("")
    passages = chosen_passages(found.hits, found.section)
    if model is not None and not _word_for_word(found, found.section, passages):
        phrased = phrase(model, found.question, passages, notes, aloud.say)
    text = ""
    if not phrased.text:
        text = guide_words(found.question, found.hits, found.section, notes, apart=found.apart)
    elif not complete(phrased.text, passages[0]):
        text = f"\n\n{passage_words(passages[0], notes)}"
    if phrased.problem and model is not None:
        whose = "these are the guide's own words" if not phrased.text else "its answer broke off"
        text += f"\n\n*The language model {model.name} {phrased.problem}; {whose}.*"
    return Composed("guide", text)


def _word_for_word(found: Found, section: Section, passages: Sequence[Passage]) -> bool:
    """Whether every word of an answer counts, so that nobody may put it otherwise."""
    shown = any(passage.kind in ("code", "tree") for passage in passages)
    return shown or bool(whole_list(found.question, found.hits, section))


def compose_stance(rules: RuleSet, act: Act, case: Case, notes: Footnotes) -> Composed:
    """What is said to "ok", to "that's wrong", and to "what do you mean?" about the open question."""
    question = case.decision.next
    asks = question.fact if question else None
    if act == "clarify" and question is not None:
        return Composed("question", clarified_question(rules, question, notes), asks)
    if act == "disagree" and case.facts:
        return Composed("other", disagree_words(fact_lines(rules, case.facts)), asks)
    if question is None:
        return Composed("other", agree_words(), asks)
    return Composed("question", f"Good. What is still open:\n\n{question_line(rules, question, notes)}", asks)


def compose_unread(rules: RuleSet, case: Case, notes: Footnotes) -> Composed:
    """The open question once more, for words that could not be read as its answer; with none, the result."""
    question = case.decision.next
    if question is None:
        standing = outcome_words(rules, case.decision.status, case.decision.options)
        return Composed("other", f"I read nothing in that which changes the case.\n\nStanding: {standing}.")
    line = question_line(rules, question, notes)
    return Composed("question", f"I could read no answer in that.\n\n{line}", question.fact)


def compose_what_if(
    rules: RuleSet, standing: Case, supposed: Case, notes: Footnotes, *, supposes: bool
) -> Composed:
    """The result on a copy of the facts beside the standing one, which stays.

    ``supposes`` says whether any supposition was read.
    """
    change = {
        name: fact.value
        for name, fact in supposed.facts.items()
        if name not in standing.facts or standing.facts[name].value != fact.value
    }
    before = outcome_words(rules, standing.decision.status, standing.decision.options)
    if not change and supposes:
        return Composed("what_if", f"That is how the case stands: {before}.")
    if not change:
        said = (
            "I read no change of facts in that. Name what would be different, for example with *what if …*."
        )
        return Composed("what_if", f"{said}\n\nStanding: {before}.")
    after = outcome_words(rules, supposed.decision.status, supposed.decision.options)
    same = (standing.decision.status, standing.decision.options) == (
        supposed.decision.status,
        supposed.decision.options,
    )
    head = f"**It would stay the same: {after}.**" if same else f"**It would change: {before} → {after}.**"
    told = f"Supposed: {change_words(rules, change)}. Your standing facts are unchanged."
    result = compose_case(rules, supposed, notes, supposed=True)
    return Composed("what_if", f"{head} {told}\n\n{result.text}")


def compose_why(rules: RuleSet, case: Case, notes: Footnotes) -> Composed:
    """The trace in words: each fact and the guide's words that it met."""
    decision = case.decision
    asks = decision.next.fact if decision.next else None
    if decision.status == "undecided":
        if decision.next is None:
            return Composed("explain", question_words(rules, decision, notes))
        return Composed(
            "explain", "It depends on one more fact.\n\n" + question_line(rules, decision.next, notes), asks
        )
    if decision.status == "conflict":
        return Composed("explain", conflict_words(rules, decision, notes), asks)
    reasons = "\n".join(reason_lines(rules, decision, case.facts, notes))
    blocks = [f"{verdict(rules, decision.options)} Because:", reasons, flip_line(rules, case.flips)]
    return Composed("explain", "\n\n".join(filter(None, blocks)), None)


def compose_why_not(rules: RuleSet, told: WhyNot, case: Case, found: Found, notes: Footnotes) -> Composed:
    """What stands against one option, and which answers would lead to it."""
    name = option_label(rules, told.option)
    blocks = [f"**{name} does not fit these facts.**"]
    if told.recommended:
        alone = case.decision.options == (told.option,)
        blocks = [f"**{name} is {'what is recommended' if alone else 'recommended, though not alone'}.**"]
        blocks.append("\n".join(reason_lines(rules, case.decision, case.facts, notes)))
    sources = dict.fromkeys(step.source for step in told.blocked_by if step.source)
    blocks.append("\n".join(f"- “{s.quote}” [{notes.quote(s.cite, s.quote)}]" for s in sources))
    if not sources and not told.recommended and found.answers:
        blocks.append(passage_words(found.hits[0].passage, notes))
    blocks += [
        f"It would be recommended with: {change_words(rules, flip.change)}." for flip in told.would[:1]
    ]
    return Composed("explain", "\n\n".join(filter(None, blocks)))


def both(case: Composed, detail: Composed) -> Composed:
    """One message that states facts and asks a detail: the decision first, then the detail."""
    return Composed(case.kind, f"{case.text}\n\n{detail.text}", case.asks)
