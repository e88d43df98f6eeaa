"""Findings about a pack's rules against its guides, for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.say import say

if TYPE_CHECKING:
    from assistant.drift import DriftReport


def show_findings(report: DriftReport, *, err: bool = False) -> None:
    """A line for each finding: place, severity and code, what happened; below it what to do."""
    for one in report.findings:
        place = f"{report.rules}:{one.line}:{one.column}" if one.line else report.lock
        say(f"{place}: {one.severity}[{one.code}]: {one.message}", hang=2, err=err)
        say(f"next: {one.remedy}", "dim", indent=4, hang=2, err=err)
