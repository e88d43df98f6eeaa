"""Facts as a person or a program gives them, checked against the rules: every problem told at once."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ui.did_you_mean import did_you_mean
from ui.errors import UsageError

if TYPE_CHECKING:
    from assistant import RuleSet

UNKNOWN = "unknown"


def read_facts(rules: RuleSet, given: Sequence[str], file: Path | None) -> dict[str, str | float]:
    """The facts of ``file`` and then those of ``given`` (``name=value``), which win.

    Raises :class:`UsageError` with all that is wrong.
    """
    known, problems = _check_each(rules, [*(_from_file(file) if file else ()), *_from_words(given)])
    if problems:
        raise UsageError("\n".join(problems), "groundrule decide --list   (the facts and their values)")
    return known


def check_facts(rules: RuleSet, told: Mapping[str, object]) -> tuple[dict[str, str | float], list[str]]:
    """The facts of a JSON object as the rules take them, and all that is wrong with them."""
    return _check_each(rules, ((name, name, _word(value)) for name, value in told.items()))


def _check_each(
    rules: RuleSet, pairs: Iterable[tuple[str, str, str]]
) -> tuple[dict[str, str | float], list[str]]:
    known: dict[str, str | float] = {}
    problems: list[str] = []
    for place, name, value in pairs:
        try:
            known[name] = _checked(rules, name, value)
        except ValueError as error:
            problems.append(f"{place}: {error}")
    return known, problems


def _from_words(given: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for word in given:
        name, _, value = word.partition("=")
        yield word, name.strip(), value.strip()


def _from_file(file: Path) -> Iterator[tuple[str, str, str]]:
    try:
        told = json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(
            f"{file}: {(error.strerror or '').lower()}.", "name a JSON file that can be read"
        ) from error
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"{file}: is no JSON: {error}.", 'write {"human_interaction": "yes"}') from error
    # The facts of an answer, saved with `ask --json`, decide the same again.
    facts = told.get("facts", told) if isinstance(told, dict) else told
    if not isinstance(facts, dict):
        raise UsageError(f"{file}: holds no object of facts.", 'write {"human_interaction": "yes"}')
    for name, value in facts.items():
        yield f"{file}: {name}", name, _word(value)


def _word(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("value")
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, str | int | float) else json.dumps(value)


def _checked(rules: RuleSet, name: str, value: str) -> str | float:
    if name not in rules.facts:
        known = ", ".join(rules.facts)
        raise ValueError(
            f"the rules know no fact {name!r}{did_you_mean(name, rules.facts)}; they know {known}"
        )
    spec = rules.facts[name]
    if value == UNKNOWN:
        return value
    if spec.unit:
        return _number(value, spec.unit)
    if value not in spec.values:
        allowed = ", ".join((*spec.values, UNKNOWN))
        raise ValueError(
            f"{value!r} is no value of {name}{did_you_mean(value, spec.values)}; write one of {allowed}"
        )
    return value


def _number(value: str, unit: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ValueError(f"{value!r} is no number; write it in {unit}, digits only") from None
    return number
