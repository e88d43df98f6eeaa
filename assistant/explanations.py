"""Explanations of a decision: why, why not, what if, and what would change it; as data, with citations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from pydantic import Field

from assistant.answer import CitedWords, DecisionShown, FlipShown, Frozen, PackName, Status
from assistant.footnotes import Footnotes
from assistant.pack import Pack, rules_of
from assistant.path import leaf_words
from assistant.show_decision import show_decision
from rules import Decision, Flip, Leaf, RuleSet, Step, decide, effects, flips, what_if, why_not
from rules.load import nodes

LimitState = Literal["ok", "violated", "check"]


class AnswerPassed(Frozen):
    """An answer on the way through a group; ``assumed`` when nobody gave it."""

    fact: str
    answer: str
    assumed: bool


class ReasonShown(Frozen):
    """What one group of the rules contributes: the answers that led there, and the options at its end.

    ``says`` is that contribution in words, with the names that people know the options by.
    """

    node: str
    answers: tuple[AnswerPassed, ...]
    require: tuple[str, ...]
    exclude: tuple[str, ...]
    prefer: tuple[str, ...]
    says: str
    how: str
    say: str
    citation: int | None


class WhyNotShown(Frozen):
    """Why an option is not recommended: what blocks it, and the smallest changes that lead to it."""

    option: str
    recommended: bool
    blocked_by: tuple[ReasonShown, ...]
    would: tuple[FlipShown, ...]


class LimitChanged(Frozen):
    """A limit that stands otherwise; ``None`` where it does not concern the result."""

    name: str
    before: LimitState | None
    after: LimitState | None


class WhatIfShown(Frozen):
    """A change of facts tried on a copy. ``changed`` says whether status or options are others."""

    change: dict[str, str | float]
    changed: bool
    after: DecisionShown
    limits: tuple[LimitChanged, ...]


class NumberRangeShown(Frozen):
    """Numbers with one effect; ``holds`` says that the known one is among them."""

    within: str
    status: Status
    options: tuple[str, ...]
    limits: dict[str, LimitState]
    holds: bool


class NumberEffectShown(Frozen):
    """A number that makes a difference, with its ranges from low to high."""

    fact: str
    unit: str
    ranges: tuple[NumberRangeShown, ...]


class EffectsShown(Frozen):
    """What would change the decision, which facts cannot, and what the ranges of numbers do."""

    flips: tuple[FlipShown, ...]
    cannot_matter: tuple[str, ...]
    numbers: tuple[NumberEffectShown, ...]


class ExplanationResult(Frozen):
    """A decision with what was asked about it; what was not asked is ``null`` or empty.

    ``as_of`` is the day whose rules decided; ``None`` when none was named and every rule counts.
    """

    schema_name: Literal["groundrule.explanation/1"] = Field("groundrule.explanation/1", alias="schema")
    facts: dict[str, str | float]
    as_of: date | None
    decision: DecisionShown
    why: tuple[ReasonShown, ...] | None
    why_not: tuple[WhyNotShown, ...]
    what_if: WhatIfShown | None
    what_changes: EffectsShown | None
    citations: tuple[CitedWords, ...]
    pack: PackName

    def to_json(self) -> str:
        """The result on one line, in the stable form."""
        return self.model_dump_json(by_alias=True)


@dataclass(frozen=True, slots=True)
class Asked:
    """What to explain: ``why_not`` names options, ``what_if`` facts to suppose."""

    why: bool
    why_not: tuple[str, ...]
    what_if: Mapping[str, str | float]
    what_changes: bool


def explain_facts(pack: Pack, facts: Mapping[str, str | float], asked: Asked) -> ExplanationResult:
    """The decision of ``pack`` on ``facts``, and what is ``asked`` about it.

    Raises :class:`PackError` for a pack without rules, ``rules.FactError`` for a fact or value and
    ``rules.OptionError`` for an option that the rules do not know.
    """
    rules = rules_of(pack)
    notes = Footnotes(pack.guides)
    decision = decide(rules, facts)
    # What was asked comes first, so that its citations are numbered from 1.
    reasons = tuple(_reasons(rules, decision, notes)) if asked.why else None
    blocked = tuple(_why_not(rules, facts, option, decision, notes) for option in asked.why_not)
    supposed = _what_if(rules, facts, asked.what_if, notes) if asked.what_if else None
    return ExplanationResult(
        facts=dict(sorted(facts.items())),
        as_of=rules.day,
        decision=show_decision(decision, flips(rules, facts), notes),
        why=reasons,
        why_not=blocked,
        what_if=supposed,
        what_changes=_effects(rules, facts) if asked.what_changes else None,
        citations=notes.all(),
        pack=PackName(id=pack.id, version=pack.version, sha256=pack.sha256),
    )


def _reasons(rules: RuleSet, decision: Decision, notes: Footnotes) -> Iterator[ReasonShown]:
    """One reason for each group that was passed to its end."""
    for _, steps in groupby(decision.trace, key=lambda step: step.node.split(".")[0]):
        walked = list(steps)
        if walked[-1].leaf:
            yield _reason(rules, walked, notes)


def _reason(rules: RuleSet, walked: list[Step], notes: Footnotes) -> ReasonShown:
    leaf = walked[-1]
    return ReasonShown(
        node=leaf.node,
        answers=tuple(
            AnswerPassed(fact=step.fact, answer=step.answer, assumed=step.assumed)
            for step in walked
            if step.fact
        ),
        require=leaf.require,
        exclude=leaf.exclude,
        prefer=leaf.prefer,
        says=_says(rules, leaf.node),
        how=leaf.how,
        say=leaf.say,
        citation=notes.quote(leaf.source.cite, leaf.source.quote) if leaf.source else None,
    )


def _says(rules: RuleSet, leaf: str) -> str:
    found = (node for group in rules.groups for node in nodes(group.root) if node.id == leaf)
    return next(leaf_words(rules, node) for node in found if isinstance(node, Leaf))


def _why_not(
    rules: RuleSet, facts: Mapping[str, str | float], option: str, decision: Decision, notes: Footnotes
) -> WhyNotShown:
    told = why_not(rules, facts, option)
    blocking = {step.node for step in told.blocked_by}
    return WhyNotShown(
        option=option,
        recommended=told.recommended,
        blocked_by=tuple(one for one in _reasons(rules, decision, notes) if one.node in blocking),
        would=tuple(map(_flip, told.would)),
    )


def _what_if(
    rules: RuleSet, facts: Mapping[str, str | float], change: Mapping[str, str | float], notes: Footnotes
) -> WhatIfShown:
    told = what_if(rules, facts, change)
    return WhatIfShown(
        change=dict(change),
        changed=told.changed,
        after=show_decision(told.after, flips(rules, {**facts, **change}), notes, hypothetical=True),
        limits=tuple(LimitChanged(name=one.name, before=one.before, after=one.after) for one in told.limits),
    )


def _effects(rules: RuleSet, facts: Mapping[str, str | float]) -> EffectsShown:
    told = effects(rules, facts)
    return EffectsShown(
        flips=tuple(map(_flip, told.flips)),
        cannot_matter=told.cannot_matter,
        numbers=tuple(
            NumberEffectShown(
                fact=number.fact,
                unit=number.unit,
                ranges=tuple(
                    NumberRangeShown(
                        within=one.within,
                        status=one.status,
                        options=one.options,
                        limits=dict(one.limits),
                        holds=one.holds,
                    )
                    for one in number.ranges
                ),
            )
            for number in told.numbers
        ),
    )


def _flip(flip: Flip) -> FlipShown:
    return FlipShown(change=dict(flip.change), status=flip.status, options=flip.options)
