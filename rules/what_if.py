"""What if: the decision on a copy of the facts, beside the standing one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rules.decide import decide
from rules.decision import Decision, LimitState
from rules.model import RuleSet


@dataclass(frozen=True, slots=True)
class LimitChange:
    """A limit that stands otherwise after a change; ``None`` where it does not concern the result."""

    name: str
    before: LimitState | None
    after: LimitState | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The decisions before and after a change of facts; ``limits`` are those that stand otherwise."""

    before: Decision
    after: Decision
    limits: tuple[LimitChange, ...]

    @property
    def changed(self) -> bool:
        """Whether status or options are others."""
        return (self.before.status, self.before.options) != (self.after.status, self.after.options)


def what_if(rules: RuleSet, facts: Mapping[str, str | float], change: Mapping[str, str | float]) -> WhatIf:
    """What ``change`` would make of the decision on ``facts``, which stay as they are.

    Raises :class:`FactError` and :class:`TooLargeError`.
    """
    before, after = decide(rules, facts), decide(rules, {**facts, **change})
    was = {limit.name: limit.state for limit in before.limits}
    now = {limit.name: limit.state for limit in after.limits}
    names = [limit.name for limit in rules.limits if was.get(limit.name) != now.get(limit.name)]
    return WhatIf(before, after, tuple(LimitChange(name, was.get(name), now.get(name)) for name in names))
