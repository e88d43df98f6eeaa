"""The words of a decision: verdict first, then reasons in the guide's words, then what to watch.

Every recommendation, option name, limit and number in these words comes from the ``Decision`` that the
rule engine computed; nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from assistant.answer import StandingFact
from assistant.footnotes import Footnotes
from rules import ConflictFound, Decision, Flip, LimitFound, Question, RuleSet, Source, Step

MOST_REASONS = 3
YES_NO = ("yes", "no")
MOST_POSSIBLE = 4  # results that are named while the question is open
LIMIT_WORDS = {"violated": "Over a limit", "check": "Watch out", "ok": "Within the limit"}


def verdict(rules: RuleSet, options: Sequence[str]) -> str:
    """The recommendation in one short sentence, bold."""
    names = [option_label(rules, option) for option in options]
    if not names:
        return "**None of the options is needed.**"
    if len(names) == 1:
        return f"**Use {names[0]}.**" if options[0] in rules.options else f"**{names[0].rstrip('.')}.**"
    joined = " and ".join([", ".join(names[:-1]), names[-1]])
    return f"**Use both: {joined}.**" if len(names) == 2 else f"**Use together: {joined}.**"


def option_label(rules: RuleSet, option: str) -> str:
    """What people call ``option``."""
    return rules.options.get(option, option)


def fact_label(rules: RuleSet, fact: str) -> str:
    """What people call ``fact``: its label, else its question without the question mark."""
    spec = rules.facts[fact]
    return spec.label or (spec.ask or fact.replace("_", " ")).rstrip("?")


def decided_words(
    rules: RuleSet,
    decision: Decision,
    facts: Mapping[str, StandingFact],
    flips: Sequence[Flip],
    notes: Footnotes,
    *,
    supposed: bool = False,
) -> str:
    """A decided result: the verdict and how, at most three reasons, what was assumed, what to watch.

    One that is only ``supposed`` asks nothing and leads no further.
    """
    blocks = [" ".join(filter(None, [verdict(rules, decision.options), _how(decision, notes)]))]
    points = reason_lines(rules, decision, facts, notes) + warning_lines(decision, notes)
    blocks.append("\n".join(points))
    if not supposed:
        blocks += assumption_lines(rules, decision, notes)
        if not decision.assumed:
            blocks.append(flip_line(rules, flips))
    return "\n\n".join(filter(None, blocks))


def question_words(rules: RuleSet, decision: Decision, notes: Footnotes, *, supposed: bool = False) -> str:
    """An undecided result: what is still possible, then the one question that matters most."""
    lines = []
    if len(decision.required) == 1:
        needed = option_label(rules, decision.required[0])
        lines.append(f"**{needed} is needed in any case;** what else depends on the answer.")
    elif decision.required:
        needed = " · ".join(option_label(rules, option) for option in decision.required)
        lines.append(f"**In any case: {needed}.** What else depends on the answer.")
    else:
        lines.append(f"Still possible: {_possibilities(rules, decision)}.")
    for leaning in decision.leanings:
        names = " and ".join(option_label(rules, option) for option in leaning.prefer)
        mark = notes.quote(leaning.source.cite, leaning.source.quote) if leaning.source else None
        lines.append(f"What you prefer leans towards {names}, which alone settles nothing{_mark(mark)}.")
    if supposed:
        return "\n\n".join(lines)
    if decision.next is None:
        lines.append(
            "What is missing is something you said you cannot say. "
            "Tell me when you know more and I go on from there."
        )
    else:
        lines.append(question_line(rules, decision.next, notes))
    return "\n\n".join(lines)


def conflict_words(rules: RuleSet, decision: Decision, notes: Footnotes, *, supposed: bool = False) -> str:
    """A conflict: both sides in the guide's words, what stands regardless, and the guide's own way out."""
    blocks = [f"**The guide pulls both ways.** {_sentence(' '.join(c.say for c in decision.conflicts))}"]
    for conflict in decision.conflicts:
        blocks.append("\n".join(f"- “{source.quote}”{_cited(notes, source)}" for source in conflict.sides))
        blocks += _way_out(rules, conflict, notes)
    if decision.next is not None and not supposed:
        blocks.append(question_line(rules, decision.next, notes))
    return "\n\n".join(filter(None, blocks))


def question_line(rules: RuleSet, question: Question, notes: Footnotes) -> str:
    """The open question, why it is asked with its source, and what may be answered."""
    why = f" {_sentence(question.why)[:-1]}{_cited(notes, question.source)}." if question.why else ""
    choices = [*question.choices, "unknown"]
    told = " · ".join(value_label(rules, question.fact, choice) for choice in choices)
    return f"**{question.ask}**{why}\n\n{told}"


def clarified_question(rules: RuleSet, question: Question, notes: Footnotes) -> str:
    """The open question with what each answer would mean."""
    spec = rules.facts[question.fact]
    meant = [
        f"- {value_label(rules, question.fact, value)}: {_sentence(spec.meanings[value])}"
        for value in question.choices
        if spec.meanings.get(value) and spec.meanings[value] != value_label(rules, question.fact, value)
    ]
    line = question_line(rules, question, notes)
    return "\n\n".join(
        filter(None, ["I ask this, and the answers mean:" if meant else "", "\n".join(meant), line])
    )


def user_words(quote: str) -> str:
    """The user's own words as they may stand in an answer: brackets that could pass for a citation go."""
    return quote.rstrip(" .,;").replace("[", "(").replace("]", ")")


def value_label(rules: RuleSet, fact: str, value: str) -> str:
    """A value of ``fact`` as people read it."""
    plain = {"yes": "Yes", "no": "No", "unknown": "I don't know"}.get(value)
    return plain or rules.facts[fact].words(value)


def reason_lines(
    rules: RuleSet, decision: Decision, facts: Mapping[str, StandingFact], notes: Footnotes
) -> list[str]:
    """One line for each leaf that contributes: the user's facts on the way to it, and the guide's words."""
    lines: list[str] = []
    for _, steps in groupby(decision.trace, key=lambda step: step.node.split(".")[0]):
        walked = list(steps)
        leaf = walked[-1]
        if leaf.leaf and leaf.source and (leaf.require or leaf.exclude) and len(lines) < MOST_REASONS:
            said = "; ".join(_said(rules, step, facts) for step in walked)
            lines.append(f"- {said}. The guide: “{leaf.source.quote}”{_cited(notes, leaf.source)}")
    return lines


def warning_lines(decision: Decision, notes: Footnotes) -> list[str]:
    """What to watch: every limit that is broken, else the first one to check; then the tensions."""
    broken = [limit for limit in decision.limits if limit.state == "violated"]
    unknown = [limit for limit in decision.limits if limit.state == "check"]
    lines = [_limit_line(limit, notes) for limit in broken or unknown[:1]]
    for tension in (*decision.tensions, *decision.overridden):
        marks = "".join(_cited(notes, source) for source in tension.sources)
        lines.append(f"- Tension: {_sentence(tension.say)[:-1]}{marks}.")
    for dispute in decision.disputed:
        lines.append(f"- Disputed by {dispute.by} (seen {dispute.seen}): {_sentence(dispute.note)}")
    return lines


def assumption_lines(rules: RuleSet, decision: Decision, notes: Footnotes) -> list[str]:
    """What the result takes for granted, with the question that would settle it."""
    lines = []
    for fact, value in decision.assumed.items():
        spec = rules.facts[fact]
        meaning = spec.meanings.get(value) or f"{fact_label(rules, fact)}: {value_label(rules, fact, value)}"
        lines.append(f"Assumed: {meaning}.")
    if lines and decision.next is not None:
        lines.append(question_line(rules, decision.next, notes))
    return lines


def flip_line(rules: RuleSet, flips: Sequence[Flip]) -> str:
    """The smallest changes that lead elsewhere, at most two of them."""
    if not flips:
        return ""
    told = [
        f"{change_words(rules, flip.change)} → {outcome_words(rules, flip.status, flip.options)}"
        for flip in flips[:2]
    ]
    return "It would change with: " + "; ".join(told) + "."


def change_words(rules: RuleSet, change: Mapping[str, str]) -> str:
    """A change of facts in a few words."""
    told = (f"{fact_label(rules, fact)}: {value_label(rules, fact, value)}" for fact, value in change.items())
    return " and ".join(told)


def outcome_words(rules: RuleSet, status: str, options: Sequence[str]) -> str:
    """A result in a few words."""
    if status == "conflict":
        return "a conflict"
    if status == "undecided":
        return "an open question"
    return " + ".join(option_label(rules, option) for option in options) or "nothing"


def _possibilities(rules: RuleSet, decision: Decision) -> str:
    """The results that are still possible, and how many where these are more than anybody compares."""
    if decision.possible_count > MOST_POSSIBLE:
        return f"{decision.possible_count:,} results"
    told = [
        " + ".join(option_label(rules, o) for o in options) or "a conflict" for options in decision.possible
    ]
    return " · ".join(told)


def fact_lines(rules: RuleSet, facts: Mapping[str, StandingFact]) -> list[str]:
    """Each fact that the rules know, with its value and the user's words for it."""
    return [_told(rules, name, fact.value, fact.quote) for name, fact in facts.items() if name in rules.facts]


def _said(rules: RuleSet, step: Step, facts: Mapping[str, StandingFact]) -> str:
    fact = facts.get(step.fact)
    quote = fact.quote if fact and fact.value == step.answer else ""
    return _told(rules, step.fact, step.answer, quote)


def _told(rules: RuleSet, name: str, value: str, quote: str) -> str:
    evidence = f" (“{user_words(quote)}”)" if quote else ""
    label = value_label(rules, name, value)
    return f"{fact_label(rules, name)}: {label.lower() if value in YES_NO else label}{evidence}"


def _limit_line(limit: LimitFound, notes: Footnotes) -> str:
    most = limit.max is not None
    bound = f"at {'most' if most else 'least'} {_number(limit.max if most else limit.min)} {limit.unit}"
    given = f" (you said {_number(limit.value)} {limit.unit})" if limit.value is not None else ""
    remedy = f" {_capital(_sentence(limit.remedy))}" if limit.state != "ok" else ""
    lead = f"- {LIMIT_WORDS[limit.state]}: {limit.scope}, {bound}{given}."
    return f"{(lead + remedy)[:-1]}{_cited(notes, limit.source)}."


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.10g}"


def _way_out(rules: RuleSet, conflict: ConflictFound, notes: Footnotes) -> list[str]:
    lines = []
    if conflict.stands:
        stands = " and ".join(option_label(rules, option) for option in conflict.stands)
        lines.append(f"{stands} is needed regardless.")
    mark = _cited(notes, conflict.source)
    if conflict.exception == "refused":
        lines.append(
            f"The way out that the guide describes does not fit, as you said{mark}; nothing resolves it."
        )
    elif conflict.how:
        lines.append(f"A way out that the guide describes: {_sentence(conflict.how)[:-1]}{mark}.")
    return lines


def _how(decision: Decision, notes: Footnotes) -> str:
    """How the options are used, cited to the leaves and ways out that say so."""
    if not decision.how:
        return ""
    said = [step.source for step in decision.trace if step.how and step.source]
    said += [found.source for found in decision.conflicts if found.how and found.source]
    marks = "".join(dict.fromkeys(_cited(notes, source) for source in said))
    return f"{_sentence(decision.how)[:-1]}{marks}."


def _cited(notes: Footnotes, source: Source | None) -> str:
    return _mark(notes.quote(source.cite, source.quote)) if source else ""


def _mark(number: int | None) -> str:
    return f" [{number}]" if number is not None else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentence(text: str) -> str:
    text = text.strip()
    if not text:
        return ""
    return text if text[-1] in ".!?" else f"{text}."
