"""The record of a kept conversation, in the words of its pack where that is at hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui.render_record import Record

if TYPE_CHECKING:
    from assistant import KeptTurn, Pack


def record_of(conversation: str, turns: Sequence[KeptTurn], pack: Pack | None) -> Record:
    """The record of ``turns``; without the ``pack`` that answered, facts and options go by their ids."""
    name = turns[-1].answer.pack.id
    if pack is None or pack.id != name:
        return Record(conversation, name, turns, {}, {})
    rules = pack.rules
    if rules is None:
        return Record(conversation, pack.title, turns, {}, {})
    labels = {fact: spec.label or (spec.ask or fact).rstrip("?") for fact, spec in rules.facts.items()}
    return Record(conversation, pack.title, turns, labels, rules.options)
