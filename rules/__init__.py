"""Decides from facts alone: rules from a file, a decision with its reasons, and the next question."""

from rules.as_of import as_of
from rules.check import check_rules
from rules.check_quotes import uncited_sections
from rules.codes import EXPLANATIONS, Explanation
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
from rules.errors import FactError, FactsError, OptionError, Problem, RulesError, TooLargeError
from rules.flips import flips
from rules.load import load_rules, parse_rules
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
from rules.ranges import Range
from rules.why_not import why_not

__all__ = [
    "EXPLANATIONS",
    "Ask",
    "Branch",
    "Conflict",
    "ConflictFound",
    "Decision",
    "Dispute",
    "Explanation",
    "FactError",
    "FactSpec",
    "FactsError",
    "Flip",
    "Group",
    "Leaf",
    "Leaning",
    "Limit",
    "LimitFound",
    "Node",
    "OptionError",
    "Options",
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
    "WhyNot",
    "as_of",
    "check_rules",
    "decide",
    "flips",
    "load_rules",
    "parse_rules",
    "uncited_sections",
    "why_not",
]
