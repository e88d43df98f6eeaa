"""The facts of one case, checked against the rules and in one canonical form."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from rules.errors import FactError
from rules.model import FactSpec, RuleSet
from rules.ranges import format_number

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Case:
    """What is known: ``answers`` by fact in canonical words, and the ``numbers`` among them.

    An answer is one of the fact's values, a number in words, or ``unknown`` (asked, cannot say).
    """

    answers: Mapping[str, str]
    numbers: Mapping[str, float]


def read_case(rules: RuleSet, facts: Mapping[str, str | float]) -> Case:
    """``facts`` checked: every name a fact of ``rules``, every value one that it can have, or ``unknown``.

    Raises :class:`FactError` for the first that does not fit. A number may be given as text.
    """
    answers: dict[str, str] = {}
    numbers: dict[str, float] = {}
    for name, value in facts.items():
        spec = rules.facts.get(name)
        if spec is None:
            raise FactError(str(name), None, rules.facts, f"there is no fact {str(name)!r}")
        if value == UNKNOWN:
            answers[name] = UNKNOWN
        elif spec.numeric:
            number = _read_number(spec, value)
            numbers[name], answers[name] = number, format_number(number)
        elif isinstance(value, str) and value in spec.values:
            answers[name] = value
        else:
            problem = f"the fact {name!r} cannot be {value!r}"
            raise FactError(name, value, (*spec.values, UNKNOWN), problem)
    return Case(answers, numbers)


def _read_number(spec: FactSpec, value: str | float) -> float:
    problem = f"the fact {spec.name!r} is a number in {spec.unit} and cannot be {value!r}"
    if isinstance(value, bool):
        raise FactError(spec.name, value, ("a number", UNKNOWN), problem)
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise FactError(spec.name, value, ("a number", UNKNOWN), problem)
    return number + 0.0  # no negative zero
