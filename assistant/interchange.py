"""The rules of a pack in the languages of other decision engines."""

from __future__ import annotations

from json import dumps

from assistant.pack import Pack, rules_of
from rules.dmn import to_dmn
from rules.jdm import to_jdm


def rules_as_dmn(pack: Pack) -> str:
    """A decision model in DMN 1.5 (XML). Raises :class:`PackError` for a pack without rules."""
    return to_dmn(rules_of(pack))


def rules_as_jdm(pack: Pack) -> str:
    """A JDM graph, the JSON of zen-engine. Raises :class:`PackError` for a pack without rules."""
    return dumps(to_jdm(rules_of(pack)), ensure_ascii=False, indent=2) + "\n"
