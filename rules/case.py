"""The facts of one case, checked against the rules and read into a situation."""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Mapping

from rules.engine import ANSWERED, UNSAID, Domain, Engine, Situation
from rules.errors import FactError
from rules.model import UNKNOWN, FactSpec


def read_case(engine: Engine, facts: Mapping[str, str | float]) -> tuple[Situation, dict[str, float]]:
    """The situation that ``facts`` tell, and the numbers among them.

    Every name must be a fact, every value one that it can have, or ``unknown`` (asked, cannot say); a
    number may be given as text. Raises :class:`FactError` for the first that does not fit.
    """
    situation = [UNSAID] * len(engine.domains)
    numbers: dict[str, float] = {}
    for name, value in facts.items():
        domain = engine.domains.get(name)
        digit = domain.digits.get(value) if domain is not None and isinstance(value, str) else None
        if domain is None or digit is None:
            domain, digit = _read_number(engine, name, value, numbers)
        situation[domain.place] = digit
    return tuple(situation), numbers


def _read_number(
    engine: Engine, name: str, value: str | float, numbers: dict[str, float]
) -> tuple[Domain, int]:
    """The domain and digit of a fact that is a number, which is added to ``numbers``."""
    spec = engine.rules.facts.get(name)
    if spec is None:
        raise FactError(str(name), None, engine.rules.facts, f"there is no fact {str(name)!r}")
    if not spec.numeric:
        problem = f"the fact {name!r} cannot be {value!r}"
        raise FactError(name, value, (*spec.values, UNKNOWN), problem)
    number = numbers[name] = number_of(spec, value)
    domain = engine.domains[name]
    return domain, ANSWERED + bisect(domain.lows, (number, 1)) - 1


def number_of(spec: FactSpec, value: str | float) -> float:
    """``value`` as a finite number. Raises :class:`FactError`."""
    try:
        number = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        problem = f"the fact {spec.name!r} is a number in {spec.unit} and cannot be {value!r}"
        raise FactError(spec.name, value, ("a number", UNKNOWN), problem)
    return number + 0.0  # no negative zero
