"""Decides from facts alone: rules from a file, a decision with its reasons, and the next question."""

from rules.as_of import as_of
from rules.check import check_rules
from rules.check_quotes import Cited, check_quotes, cited_things, uncited_sections
from rules.code_examples import EXAMPLES
from rules.codes import EXPLANATIONS, Explanation
from rules.compare import ComparedFact, ComparedPart, Comparison, OutcomeChange, compare
from rules.decide import decide
from rules.decision import (
    ConflictFound,
    Decision,
    Flip,
    Leaning,
    LimitFound,
    Options,
    Question,
    Status,
    Step,
    Tension,
    WhyNot,
)
from rules.differences import Change
from rules.drift import Drift, check_drift, drift_problem, find_drift
from rules.effects import Effects, NumberEffect, NumberRange, cannot_matter, effects, number_effects
from rules.errors import FactError, FactsError, OptionError, Problem, RulesError, TooLargeError
from rules.flips import flips
from rules.load import load_rules, parse_rules
from rules.lock import Lock, LockedSection, lock_rules, parse_lock, read_lock, section_hash, write_lock
from rules.model import (
    Ask,
    Branch,
    Conflict,
    Dispute,
    FactSpec,
    Group,
    Leaf,
    Limit,
    Node,
    Place,
    RuleSet,
    Source,
    WayOut,
)
from rules.move_cites import MoveError, move_cites
from rules.ranges import Range
from rules.what_if import LimitChange, WhatIf, what_if
from rules.why_not import why_not

__all__ = [
    "EXAMPLES",
    "EXPLANATIONS",
    "Ask",
    "Branch",
    "Change",
    "Cited",
    "ComparedFact",
    "ComparedPart",
    "Comparison",
    "Conflict",
    "ConflictFound",
    "Decision",
    "Dispute",
    "Drift",
    "Effects",
    "Explanation",
    "FactError",
    "FactSpec",
    "FactsError",
    "Flip",
    "Group",
    "Leaf",
    "Leaning",
    "Limit",
    "LimitChange",
    "LimitFound",
    "Lock",
    "LockedSection",
    "MoveError",
    "Node",
    "NumberEffect",
    "NumberRange",
    "OptionError",
    "Options",
    "OutcomeChange",
    "Place",
    "Problem",
    "Question",
    "Range",
    "RuleSet",
    "RulesError",
    "Source",
    "Status",
    "Step",
    "Tension",
    "TooLargeError",
    "WayOut",
    "WhatIf",
    "WhyNot",
    "as_of",
    "cannot_matter",
    "check_drift",
    "check_quotes",
    "check_rules",
    "cited_things",
    "compare",
    "decide",
    "drift_problem",
    "effects",
    "find_drift",
    "flips",
    "load_rules",
    "lock_rules",
    "move_cites",
    "number_effects",
    "parse_lock",
    "parse_rules",
    "read_lock",
    "section_hash",
    "uncited_sections",
    "what_if",
    "why_not",
    "write_lock",
]
