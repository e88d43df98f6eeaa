"""Checks rules that can be read for what is wrong with what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from rules.check_conflicts import check_conflicts
from rules.check_idle import check_idle
from rules.check_quotes import check_quotes, uncited_sections
from rules.compile import engine_of
from rules.errors import Problem, TooLargeError, did_you_mean
from rules.finding import problem_at
from rules.model import Ask, Node, RuleSet

SHOWN = 5


def check_rules(rules: RuleSet, sections: Mapping[str, str] | None = None) -> tuple[Problem, ...]:
    """Every finding about ``rules``, errors and warnings, in the order of the file.

    ``sections`` maps the ids of the guide's sections to their text, as it stands in the guide; without it
    citations are not looked up. Results are computed over all completions, however many: groups that have
    nothing to do with each other are taken apart, and rules that are still too large are an error.
    """
    found = [*_asked_twice(rules), *_unused(rules), *_disputed(rules), *check_quotes(rules, sections)]
    if sections is not None:
        found.extend(_about(rules, sections))
    try:
        with engine_of(rules).lock:
            found.extend(check_conflicts(rules))
            found.extend(check_idle(rules))
    except TooLargeError as error:
        found.append(
            problem_at(
                rules,
                "too-large",
                f"groups.{error.groups[0]}",
                f"the groups {', '.join(error.groups)} cannot be computed: they share too much",
                "split them into files of their own, or let them share fewer facts",
            )
        )
    return tuple(sorted(found, key=lambda one: (one.line, one.column, one.code, one.message)))


def _asked_twice(rules: RuleSet) -> Iterator[Problem]:
    """A fact that is asked below its own answer: the other branches there can never be reached."""

    def below(node: Node, above: Mapping[str, str]) -> Iterator[Problem]:
        if not isinstance(node, Ask):
            return
        if node.fact in above:
            yield problem_at(
                rules,
                "asked-twice",
                f"groups.{node.id}/ask",
                f"node {node.id!r} asks {node.fact!r} again: {above[node.fact]!r} has asked it already",
                "put the branch of that answer in its place",
            )
        for branch in node.branches:
            yield from below(branch.node, {node.fact: node.id, **above})

    for group in rules.groups:
        yield from below(group.root, {})


def _unused(rules: RuleSet) -> Iterator[Problem]:
    """Facts that nothing reads."""
    used = {limit.fact for limit in rules.limits} | {one.ask for one in rules.conflicts}
    used.update(fact for limit in rules.limits for fact in limit.unless)
    for group in rules.groups:
        used.update(_facts(group.root))
    for name in rules.facts:
        if name not in used:
            message, remedy = (
                f"the fact {name!r} is used by nothing",
                "use it in a group or limit, or remove it",
            )
            yield problem_at(rules, "unused-fact", f"facts.{name}", message, remedy, "warning")


def _facts(node: Node) -> set[str]:
    if not isinstance(node, Ask):
        return set()
    return {node.fact}.union(*(_facts(branch.node) for branch in node.branches))


def _disputed(rules: RuleSet) -> Iterator[Problem]:
    for dispute in rules.disputed:
        seen = f" (seen {dispute.seen})" if dispute.seen else ""
        note = f": {dispute.note}" if dispute.note else ""
        message = f"{dispute.node!r} is disputed by {dispute.by}{seen}{note}"
        remedy = "ask an expert which is right, then mend the rule or remove the entry"
        yield problem_at(rules, "disputed", f"disputed.{dispute.node}", message, remedy, "warning")


def _about(rules: RuleSet, sections: Mapping[str, str]) -> Iterator[Problem]:
    """Whether the guide is there, and the sections of it that nothing cites."""
    missing = uncited_sections(rules, sections)
    guides = {section.partition("#")[0] for section in sections}
    known = sorted(
        guides | {parent.as_posix() for guide in guides for parent in PurePosixPath(guide).parents}
    )
    if rules.guide and rules.guide not in known:
        message = f"the rules are of the guide {rules.guide!r}, which the pack does not have"
        yield problem_at(rules, "unknown-guide", "guide", message, did_you_mean(rules.guide, known))
    if missing:
        shown = ", ".join(missing[:SHOWN]) + (f" and {len(missing) - SHOWN} more" if missing[SHOWN:] else "")
        are = "is" if len(missing) == 1 else "are"
        message = f"{len(missing)} of {len(sections)} sections {are} cited by no rule: {shown}"
        remedy = "cite those that hold rules; the rest needs nothing"
        yield problem_at(rules, "uncited-section", "guide", message, remedy, "warning")
