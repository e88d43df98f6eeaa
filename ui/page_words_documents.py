"""The words of the pages beside Ask, in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class ExploreWords:
    """The guide beside its rules."""

    title: str = "Explore"
    intro: str = "The guide, and beside it the rules that rest on its words."
    search: str = "Search the guide"
    go: str = "Search"
    found: str = "Found for “{query}”"
    found_none: str = "Nothing lies near “{query}”."
    guides: str = "Parts of the guide"
    guide: str = "The guide"
    rules: str = "The rules"
    rules_intro: str = "Each answer leads on. Try a result from here, or see the words behind it."
    no_rules: str = "This pack has no rules: it answers from its guide and recommends nothing."
    cited_by: str = "Cited by"
    cited_by_none: str = "Cited by no rule"
    question: str = "Question: {label}"
    conflict: str = "Conflict: {label}"
    limit: str = "Limit: {label}"
    attempt: str = "Try from here"
    attempt_of: str = "Try from here: {says}"
    words_of: str = "The words behind it: {says}"
    words_behind: str = "Words"


@dataclass(frozen=True, slots=True)
class ChecklistWords:
    """The questions of the rules as a form."""

    title: str = "Checklist"
    intro: str = "The questions of the guide, in the order in which they matter. Every answer counts at once."
    one: str = "One at a time"
    all: str = "All on one page"
    ways: str = "How to fill it in"
    why: str = "Why this is asked"
    go_on: str = "Go on"
    decide: str = "Decide"
    so_far: str = "So far"
    nothing: str = "Nothing is answered yet."
    change: str = "Change"
    change_of: str = "Change the answer: {label}"
    clear: str = "Begin again"
    result: str = "Result"
    open: str = "Still possible: {options}"
    assumed: str = "Assumed: {label}: {value}"
    sources: str = "Words of the guide"
    talk: str = "Talk about it in Ask"
    volunteered: str = "What nobody is asked about ({count})"
    no_rules: str = "This pack has no rules, so there is nothing to check."
    wrong: str = "Left out, since the rules do not know it: {names}"


@dataclass(frozen=True, slots=True)
class EvalsWords:
    """Stored runs of known questions."""

    title: str = "Evals"
    intro: str = "Known questions, asked and scored. A run is stored with {command}."
    none: str = "No run is stored yet."
    run: str = "Run"
    started: str = "Started"
    guide: str = "Guide"
    passed: str = "Passed"
    compare: str = "Compare with"
    compare_go: str = "Compare"
    measures: str = "Measures"
    measure: str = "Measure"
    value: str = "Value"
    interval: str = "95 % interval"
    failures: str = "Failures ({count})"
    no_failures: str = "Every case that ran came back as expected."
    not_run: str = "Not run ({count})"
    better: str = "Better ({count})"
    worse: str = "Worse ({count})"
    chance: str = "So uneven a split comes about by chance with p = {p} (McNemar's exact test)."
    same: str = "No case came out otherwise."
    asked: str = "Open in Ask"
    asked_of: str = "Open in Ask: {case}"
    unread: str = "Cannot be read: {problem}"


@dataclass(frozen=True, slots=True)
class AuthorWords:
    """What whoever keeps the pack needs to know."""

    title: str = "Author"
    intro: str = "What the checks say about {root}, read anew whenever its files change."
    serving: str = "Served: version {version}, {hash}."
    reloading: str = "Files have changed. The pack is being read anew; the last good one answers meanwhile."
    broken: str = "The files as they are now cannot be used. The last good pack goes on answering."
    checks: str = "Checks"
    checks_ok: str = "Every check passed: no error, no warning."
    remedy: str = "Remedy: {remedy}"
    severities: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({"error": "Error", "warning": "Warning"})
    )
    drift: str = "Drift"
    drift_ok: str = "Every quote stands, and no section cited has changed since the lock."
    drift_none: str = "There is no lock. {command} writes one."
    coverage: str = "Coverage"
    coverage_told: str = "Cases try {tried} of {all} leaves, conflicts, ways out and states of limits."
    uncited_told: str = "{count} of {all} sections are cited by no rule."
    untried: str = "No case tries"
    gaps: str = "Gaps that users met"
    gaps_intro: str = "What the guide was asked and does not say, and what users reported. Newest first."
    gaps_none: str = "None yet."
    reported: str = "Reported: {verdict}"
    silent: str = "The guide doesn't say"
