"""Findings with the place in the file of what they are about."""

from __future__ import annotations

from rules.errors import Problem
from rules.model import RuleSet


def problem_at(
    rules: RuleSet, code: str, path: str, message: str, remedy: str, severity: str = "error"
) -> Problem:
    """A finding about what stands at ``path`` (``groups.fit.yes``) in the rules file."""
    place = rules.places.get(path)
    if place is None:
        return Problem(code, rules.file, 0, 0, message, remedy, "", severity)
    source = rules.lines[place.line - 1] if place.line <= len(rules.lines) else ""
    return Problem(code, rules.file, place.line, place.column, message, remedy, source, severity)
