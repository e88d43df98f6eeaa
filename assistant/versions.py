"""Two versions of a pack's rules: read from files, packs or a stream, and compared as data."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from assistant.answer import Frozen, Status
from assistant.errors import PackError
from assistant.pack import rules_files
from rules import Change, ComparedPart, Comparison, Problem, RuleSet, compare, load_rules, parse_rules


class VersionName(Frozen):
    """A version: the file it was read from, and the names and the hash of its rules."""

    file: str
    name: str
    version: str
    sha256: str


class ChangeShown(Frozen):
    """One thing that stands otherwise: added, removed or renamed, or one of its keys changed."""

    thing: Literal["rules", "option", "fact", "group", "node", "conflict", "limit", "dispute"]
    name: str
    kind: Literal["added", "removed", "renamed", "changed"]
    key: str
    before: str
    after: str


class Result(Frozen):
    """Status and options of a case."""

    status: Status
    options: tuple[str, ...]


class OutcomeChangeShown(Frozen):
    """Cases that are decided otherwise, counted within their part, with a smallest one of them."""

    before: Result
    after: Result
    cases: int
    witness: dict[str, str]


class PartShown(Frozen):
    """Groups that share facts or options, compared by themselves.

    ``unlisted`` is how many rarer kinds of change are counted in ``different`` and not told apart.
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    facts: tuple[str, ...]
    cases: int
    different: int
    changes: tuple[OutcomeChangeShown, ...]
    unlisted: int


class LeftOut(Frozen):
    """An answer that only one version knows."""

    answer: str
    by: str


class ComparedFactShown(Frozen):
    """A fact that the cases run through, and the version that reads it."""

    name: str
    answers: tuple[str, ...]
    by: Literal["both", "old", "new"]
    left_out: tuple[LeftOut, ...]
    decides: bool


class ComparisonResult(Frozen):
    """The older and the newer version of rules side by side, under the older names.

    A case is one answer to each of the ``facts`` that decide; of the ``cases``, ``different`` have another
    status or other options; ``asked_cases`` and ``asked_different`` count those in which nobody mentions what
    people only volunteer. ``parts`` holds those groups alone of which some case is decided otherwise.
    ``same_effect`` is false as well for another assumption, leaning, limit or answer.
    """

    schema_name: Literal["groundrule.comparison/1"] = Field("groundrule.comparison/1", alias="schema")
    old: VersionName
    new: VersionName
    same_effect: bool
    cases: int
    different: int
    asked_cases: int
    asked_different: int
    parts: tuple[PartShown, ...]
    facts: tuple[ComparedFactShown, ...]
    assumptions: tuple[str, ...]
    preferences: tuple[str, ...]
    limits: tuple[str, ...]
    written: tuple[ChangeShown, ...]

    def to_json(self) -> str:
        """The result on one line, in the stable form."""
        return self.model_dump_json(by_alias=True)


def read_version(path: Path) -> RuleSet:
    """The rules in the file ``path``, or of the pack in the folder ``path``.

    Raises :class:`PackError` for a folder that holds no rules file or several, ``rules.RulesError`` for a
    file that cannot be used.
    """
    if not path.is_dir():
        return load_rules(path)
    found = rules_files(path)
    if len(found) != 1:
        remedy = "name the pack's folder, with rules/<name>.yaml in it, or the rules file itself"
        message = f"holds {len(found)} rules files"
        raise PackError(str(path), (Problem("no-rules", str(path / "rules"), 0, 0, message, remedy),))
    return load_rules(found[0])


def parse_version(content: bytes) -> RuleSet:
    """The rules that came through a stream. Raises ``rules.RulesError``, and ``UnicodeDecodeError``."""
    return parse_rules(content.decode("utf-8-sig"), "standard input")


def compare_versions(old: RuleSet, new: RuleSet) -> ComparisonResult:
    """What changes from ``old`` to ``new``. Raises ``rules.TooLargeError``."""
    found: Comparison = compare(old, new)
    return ComparisonResult(
        old=_name(old),
        new=_name(new),
        same_effect=found.same_effect,
        cases=found.cases,
        different=found.different,
        asked_cases=found.asked_cases,
        asked_different=found.asked_different,
        parts=tuple(_part(part) for part in found.parts if part.changes),
        facts=tuple(
            ComparedFactShown(
                name=fact.name,
                answers=fact.answers,
                by=fact.by,
                left_out=tuple(LeftOut(answer=answer, by=by) for answer, by in fact.left_out),
                decides=fact.decides,
            )
            for fact in found.facts
        ),
        assumptions=found.assumptions,
        preferences=found.preferences,
        limits=found.limits,
        written=tuple(map(_change, found.written)),
    )


def _name(rules: RuleSet) -> VersionName:
    return VersionName(file=rules.file, name=rules.name, version=rules.version, sha256=rules.sha256)


def _part(part: ComparedPart) -> PartShown:
    return PartShown(
        old=part.old,
        new=part.new,
        facts=part.facts,
        cases=part.cases,
        different=part.different,
        changes=tuple(
            OutcomeChangeShown(
                before=Result(status=one.before[0], options=one.before[1]),
                after=Result(status=one.after[0], options=one.after[1]),
                cases=one.cases,
                witness=dict(one.witness),
            )
            for one in part.changes
        ),
        unlisted=part.unlisted,
    )


def _change(change: Change) -> ChangeShown:
    return ChangeShown(
        thing=change.thing,
        name=change.name,
        kind=change.kind,
        key=change.key,
        before=change.before,
        after=change.after,
    )
