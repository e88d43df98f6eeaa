"""Two versions of rules side by side, for a person: on a terminal, and as Markdown for a review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ui.say import say

if TYPE_CHECKING:
    from assistant.versions import ChangeShown, ComparisonResult, PartShown, Result

LONGEST = 160  # characters shown of a text that changed; the files hold the rest


def show_comparison(result: ComparisonResult) -> None:
    """The verdict, the table of results that changed, and what is written otherwise."""
    say(_verdict(result), "bold")
    for part in result.parts:
        say(_part_head(result, part), indent=2)
        for one in part.changes:
            say(
                f"{_result(one.before)} → {_result(one.after)}: {_count(one.cases, 'case')}", indent=4, hang=2
            )
            say(f"for example {_case(one.witness)}", "dim", indent=6, hang=2)
        if part.unlisted:
            say(f"and {part.unlisted:,} rarer kinds of change", indent=4)
    for line in _effects(result):
        say(line, indent=2, hang=2)
    if result.written:
        say("Written otherwise", "bold")
        for change in result.written:
            say(_change(change), indent=2, hang=2)
    for line in _treated(result):
        say(line, "dim", hang=2)


def comparison_markdown(result: ComparisonResult) -> str:
    """The same as Markdown, with a table of results for each part."""
    blocks = [f"**{_verdict(result)}**"]
    for part in result.parts:
        rows = [
            f"| {_cell(_result(one.before))} | {_cell(_result(one.after))} | {one.cases:,} "
            f"| {_cell(_case(one.witness))} |"
            for one in part.changes
        ]
        if part.unlisted:
            rows.append(f"| and {part.unlisted:,} rarer kinds of change | | | |")
        table = ["| before | after | cases | for example |", "|---|---|---:|---|", *rows]
        blocks += [_escaped(_part_head(result, part)), "\n".join(table)]
    effects = [f"- {_escaped(line)}" for line in _effects(result)]
    if effects:
        blocks.append("\n".join(effects))
    if result.written:
        lines = [f"- {_escaped(_change(change))}" for change in result.written]
        blocks.append("\n".join(["Written otherwise:", "", *lines]))
    blocks += map(_escaped, _treated(result))
    return "\n\n".join(blocks)


def _verdict(result: ComparisonResult) -> str:
    names = [f"{one.name} {one.version}".strip() for one in (result.old, result.new)]
    head = f"{names[0]} → {names[1]}"
    if result.same_effect:
        return f"{head}: all {result.cases:,} cases are decided alike"
    if not result.different:
        return f"{head}: all {result.cases:,} cases are decided alike, but not all else is"
    told = f"{head}: {result.different:,} of {_count(result.cases, 'case')} decided otherwise"
    if result.asked_cases == result.cases:
        return told
    return f"{told} ({result.asked_different:,} of {result.asked_cases:,} while nothing is volunteered)"


def _part_head(result: ComparisonResult, part: PartShown) -> str:
    if part.cases == result.cases:
        return f"Of {_count(part.cases, 'case')} of {len(part.facts)} facts:"
    groups = ", ".join(dict.fromkeys((*part.old, *part.new)))
    return f"Of {_count(part.cases, 'case')} of the groups {groups} by themselves:"


def _effects(result: ComparisonResult) -> Iterator[str]:
    for what, names in (
        ("another assumption, which can change a result", result.assumptions),
        ("another leaning", result.preferences),
        ("another limit", result.limits),
    ):
        if names:
            yield f"{what}: {', '.join(names)}"
    for fact in result.facts:
        for left in fact.left_out:
            yield f"in no case, for only the {left.by} version knows it: {fact.name} = {left.answer}"


def _treated(result: ComparisonResult) -> list[str]:
    """How facts that only one version reads were treated."""
    lines = []
    for by, other in (("old", "new"), ("new", "old")):
        names = [fact.name for fact in result.facts if fact.by == by and fact.decides]
        if names:
            alike = f"whatever the answer, the {other} one decides alike"
            lines.append(f"Only the {by} version reads {', '.join(names)}: {alike}.")
    return lines


def _result(result: Result) -> str:
    if result.status == "conflict":
        return "conflict"
    told = " + ".join(result.options) or "nothing"
    return told if result.status == "decided" else f"{told} (by an exception)"


def _case(witness: Mapping[str, str]) -> str:
    return ", ".join(f"{fact} = {answer}" for fact, answer in witness.items()) or "nothing known"


def _change(change: ChangeShown) -> str:
    thing = f"{change.thing} {change.name}"
    if change.kind == "renamed":
        return f"{change.thing} {change.before} is now {change.after}"
    if change.kind != "changed":
        return f"{thing} {change.kind}"
    return f"{thing}, {change.key}: {_words(change.before)} → {_words(change.after)}"


def _words(text: str) -> str:
    if not text:
        return "nothing"
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= LONGEST else f"“{line[: LONGEST - 1]}…”"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _cell(text: str) -> str:
    return _escaped(text).replace("|", "\\|")


def _escaped(text: str) -> str:
    """``text`` that Markdown shows as it is."""
    special: Sequence[str] = ("\\", "`", "*", "_", "<", ">", "[")
    for character in special:
        text = text.replace(character, f"\\{character}")
    return text
