"""Facts in, decision out: the engine without any text, index or model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Literal

from pydantic import Field

from assistant.answer import CitedWords, DecisionShown, Frozen, PackName
from assistant.footnotes import Footnotes
from assistant.pack import Pack, rules_of
from assistant.show_decision import show_decision
from rules import as_of, decide, flips


class DecisionResult(Frozen):
    """A decision on given facts with everything it cites; the same bytes for the same pack and facts.

    ``as_of`` is the day whose rules decided; ``None`` when none was named and every rule counts.
    """

    schema_name: Literal["groundrule.decision/1"] = Field("groundrule.decision/1", alias="schema")
    facts: dict[str, str | float]
    as_of: date | None
    decision: DecisionShown
    citations: tuple[CitedWords, ...]
    pack: PackName

    def to_json(self) -> str:
        """The result on one line, in the stable form."""
        return self.model_dump_json(by_alias=True)


def pack_as_of(pack: Pack, day: date) -> Pack:
    """``pack`` with the rules in force on ``day``; a pack without rules stays as it is."""
    return replace(pack, rules=as_of(pack.rules, day)) if pack.rules else pack


def decide_facts(pack: Pack, facts: Mapping[str, str | float]) -> DecisionResult:
    """What the rules of ``pack`` make of ``facts`` (``"unknown"``: asked, cannot say).

    Raises :class:`PackError` for a pack without rules and ``rules.FactError`` for a fact or value that the
    rules do not know.
    """
    rules = rules_of(pack)
    decision = decide(rules, facts)
    notes = Footnotes(pack.guides)
    shown = show_decision(decision, flips(rules, facts), notes)
    return DecisionResult(
        facts=dict(sorted(facts.items())),
        as_of=rules.day,
        decision=shown,
        citations=notes.all(),
        pack=PackName(id=pack.id, version=pack.version, sha256=pack.sha256),
    )
