"""The rules of a pack as a drawing: every group's tree, the conflicts between them, and a lit path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from json import dumps

from assistant.answer import DecisionShown
from assistant.compose_decision import option_label, verdict
from assistant.decisions import decide_facts
from assistant.pack import Pack, rules_of
from assistant.path import PathNode, rule_trees
from rules import RuleSet


@dataclass(frozen=True, slots=True)
class GroupTree:
    """A group's tree. ``kind`` is ``need``, ``constraint`` or ``preference``."""

    name: str
    kind: str
    root: PathNode

    @property
    def title(self) -> str:
        """Name and kind, for people."""
        return f"{self.name.replace('_', ' ')} ({self.kind})"


@dataclass(frozen=True, slots=True)
class ConflictDrawn:
    """Two groups that collide over an option. ``met`` says that the decision met the conflict."""

    name: str
    between: tuple[str, str]
    over: str
    say: str
    met: bool


@dataclass(frozen=True, slots=True)
class RulesDrawn:
    """Everything that a picture of the rules shows.

    ``facts`` are those whose way is lit, and ``result`` is what they decide, in words; without facts both
    are empty and nothing is lit.
    """

    title: str
    trees: tuple[GroupTree, ...]
    conflicts: tuple[ConflictDrawn, ...]
    facts: Mapping[str, str | float]
    result: str

    def to_json(self) -> str:
        """The drawing on one line, in a stable form."""
        return dumps({"schema": "groundrule.tree/1", **asdict(self)}, ensure_ascii=False)


def draw_rules(pack: Pack, facts: Mapping[str, str | float]) -> RulesDrawn:
    """The rules of ``pack`` with the way lit that ``facts`` lead.

    Raises :class:`PackError` for a pack without rules and ``rules.FactError`` for a fact or value that the
    rules do not know.
    """
    rules = rules_of(pack)
    decision = decide_facts(pack, facts).decision if facts else None
    trees = zip(rules.groups, rule_trees(rules, decision), strict=True)
    met = {conflict.name for conflict in decision.conflicts} if decision else set()
    return RulesDrawn(
        title=pack.title,
        trees=tuple(GroupTree(group.name, group.kind, root) for group, root in trees),
        conflicts=tuple(
            ConflictDrawn(one.name, one.between, option_label(rules, one.over), one.say, one.name in met)
            for one in rules.conflicts
        ),
        facts=dict(facts),
        result=_result(rules, decision) if decision else "",
    )


def _result(rules: RuleSet, decision: DecisionShown) -> str:
    if decision.status == "conflict":
        return "Conflict: " + " ".join(conflict.say for conflict in decision.conflicts)
    if decision.status == "undecided":
        return f"Undecided: {decision.next.ask}" if decision.next else "Undecided"
    return verdict(rules, decision.options).strip("*")
