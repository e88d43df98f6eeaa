"""A pack's rules against its guides and their lock: what moved, changed or is gone, and what to lock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from assistant.answer import Frozen
from assistant.errors import PackError
from assistant.file_names import path_from_here
from assistant.pack import guide_problem, pack_folder, read_all_guides, read_rules, rules_files
from assistant.section_texts import section_texts
from rules import (
    Drift,
    Lock,
    LockedSection,
    MoveError,
    Problem,
    RulesError,
    RuleSet,
    Source,
    drift_problem,
    find_drift,
    lock_rules,
    move_cites,
    read_lock,
    section_hash,
    write_lock,
)
from rules.drift import CODES, DriftCode

BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class LockedPack:
    """What drift is looked for in: the rules, the lock beside them (``None``: there is none), the sections.

    It is read without opening the pack, since a pack whose quotes have moved cannot be opened.
    """

    root: Path
    rules: RuleSet
    rules_file: Path
    lock: Lock | None
    lock_file: Path
    sections: Mapping[str, str]

    @property
    def drift(self) -> tuple[Drift, ...]:
        """How rules, lock and guides have come apart."""
        return find_drift(self.rules, self.lock, self.sections)


class DriftFound(Frozen):
    """One finding: its severity and code, its place, and what stands where.

    ``nodes`` are the things of the rules file that cite ``quote`` from ``cite``. ``section`` is where moved
    words stand now, or words that are like changed ones; ``others`` are further sections that hold moved
    words; ``words`` are those that are like changed ones, verbatim.
    """

    severity: Literal["error", "warning"]
    code: DriftCode
    file: str
    line: int
    column: int
    message: str
    remedy: str
    source: str
    nodes: tuple[str, ...]
    cite: str
    quote: str
    section: str
    others: tuple[str, ...]
    words: str


class Moved(Frozen):
    """A quote whose citation was moved in the rules file."""

    quote: str
    cite: str
    section: str


class DriftReport(Frozen):
    """All findings about a pack; ``moved`` are the citations that were mended before looking."""

    schema_name: Literal["groundrule.drift/1"] = Field("groundrule.drift/1", alias="schema")
    rules: str
    lock: str
    moved: tuple[Moved, ...]
    findings: tuple[DriftFound, ...]

    def to_json(self) -> str:
        """The report on one line, in the stable form."""
        return self.model_dump_json(by_alias=True)


class LockedQuote(Frozen):
    """A quote and the section it stands in."""

    cite: str
    quote: str


class LockReport(Frozen):
    """What a new lock says otherwise than the old one; ``reread`` are sections whose text had changed."""

    schema_name: Literal["groundrule.lock/1"] = Field("groundrule.lock/1", alias="schema")
    lock: str
    sections: int
    quotes: int
    added: tuple[LockedQuote, ...]
    removed: tuple[LockedQuote, ...]
    reread: tuple[str, ...]

    def to_json(self) -> str:
        """The report on one line, in the stable form."""
        return self.model_dump_json(by_alias=True)


@dataclass(frozen=True, slots=True)
class Mended:
    """The texts of the rules file and of its lock with the citations moved; nothing is written yet."""

    rules_text: str
    lock_text: str | None
    moved: tuple[Moved, ...]


def read_locked_pack(root: Path | None = None, *, relock: bool = False) -> LockedPack:
    """The rules, lock and sections of the pack in ``root``, the bundled one by default.

    To ``relock``, a lock that cannot be used counts as none. Raises :class:`PackError` with all problems of
    the files that cannot be read.
    """
    folder = pack_folder(root)
    guides, refused, missing = read_all_guides(folder)
    rules, broken = read_rules(folder)
    problems = [*missing, *(guide_problem(error, folder) for error in refused), *broken]
    if rules is None and not broken:
        message, remedy = "holds no rules file, so that nothing is cited", "write rules/<name>.yaml"
        problems.append(Problem("no-rules", str(folder / "rules"), 0, 0, message, remedy))
    lock_file = lock_of(folder)
    lock, unread = locked(lock_file)
    problems += () if relock else unread
    if problems or rules is None or rules.path is None:
        raise PackError(str(folder), tuple(problems))
    return LockedPack(folder, rules, rules.path, lock, lock_file, section_texts(guides))


def lock_of(folder: Path) -> Path:
    """Where the lock of the pack in ``folder`` lies, or would lie."""
    found = rules_files(folder)
    return found[0].with_suffix(".lock") if found else folder / "rules" / "rules.lock"


def locked(file: Path) -> tuple[Lock | None, tuple[Problem, ...]]:
    """The lock in ``file``, ``None`` where there is none or where it cannot be used for these problems."""
    try:
        return (read_lock(file) if file.exists() else None), ()
    except RulesError as error:
        return None, error.problems


def drift_problems(report: DriftReport) -> tuple[Problem, ...]:
    """The findings of ``report`` as the problems that every check tells."""
    return tuple(
        Problem(one.code, one.file, one.line, one.column, one.message, one.remedy, one.source, one.severity)
        for one in report.findings
    )


def drift_report(pack: LockedPack, moved: Iterable[Moved] = ()) -> DriftReport:
    """Everything that has come apart in ``pack``, in the order of the rules file."""
    found = [_found(pack, drift) for drift in pack.drift]
    return DriftReport(
        rules=path_from_here(pack.rules_file),
        lock=path_from_here(pack.lock_file),
        moved=tuple(moved),
        findings=tuple(sorted(found, key=lambda one: (one.line, one.column, one.code, one.message))),
    )


def mend(pack: LockedPack) -> Mended | None:
    """The rules file with every moved quote cited where it stands now, or ``None`` when none moved.

    The lock follows for these quotes alone. Raises :class:`PackError` when the file cannot be edited so that
    it says the same as before but for the sections.
    """
    places = {Source(one.cite, one.quote): one.section for one in pack.drift if one.kind == "moved"}
    if not places:
        return None
    text = pack.rules_file.read_bytes().decode("utf-8")
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    try:
        moved = mark + move_cites(pack.rules, text.removeprefix(BYTE_ORDER_MARK), places)
    except MoveError as error:
        problem = Problem(
            "cannot-move", error.file, 0, 0, f"is left as it was: {error.problem}", error.remedy
        )
        raise PackError(str(pack.root), (problem,)) from error
    told = tuple(
        Moved(quote=source.quote, cite=source.cite, section=place) for source, place in places.items()
    )
    lock = None if pack.lock is None else write_lock(_follow(pack, pack.lock, places), pack.rules_file.name)
    return Mended(moved, lock, told)


def new_lock(pack: LockedPack) -> tuple[str, LockReport]:
    """The text of the lock as it should be now, and what it says otherwise than the one there is.

    Quotes that do not stand where the rules say are left out of it.
    """
    before, after = pack.lock or Lock("", {}), lock_rules(pack.rules, pack.sections)
    reread = [
        name
        for name, held in after.sections.items()
        if name in before.sections and before.sections[name].hash != held.hash
    ]
    report = LockReport(
        lock=path_from_here(pack.lock_file),
        sections=len(after.sections),
        quotes=len(after.sources),
        added=_quotes(after.sources - before.sources),
        removed=_quotes(before.sources - after.sources),
        reread=tuple(reread),
    )
    return write_lock(after, pack.rules_file.name), report


def _found(pack: LockedPack, drift: Drift) -> DriftFound:
    problem = drift_problem(pack.rules, drift)
    # What the rules file has no place for is told of the lock.
    file = pack.rules_file if problem.line else pack.lock_file
    return DriftFound(
        severity="error" if problem.severity == "error" else "warning",
        code=CODES[drift.kind],
        file=path_from_here(file),
        line=problem.line,
        column=problem.column,
        message=problem.message,
        remedy=problem.remedy,
        source=problem.source,
        nodes=drift.paths,
        cite=drift.cite,
        quote=drift.quote,
        section=drift.section,
        others=drift.others,
        words=drift.words,
    )


def _follow(pack: LockedPack, lock: Lock, places: Mapping[Source, str]) -> Lock:
    """``lock`` with the moved quotes it holds in their new sections; all else stays, to be read again."""
    held = {name: (one.hash, set(one.quotes)) for name, one in lock.sections.items()}
    for source, place in places.items():
        if source not in lock.sources:
            continue
        held[source.cite][1].discard(source.quote)
        held.setdefault(place, (section_hash(pack.sections[place]), set()))[1].add(source.quote)
    return Lock(
        lock.rules,
        {
            name: LockedSection(digest, tuple(sorted(quotes)))
            for name, (digest, quotes) in held.items()
            if quotes
        },
    )


def _quotes(sources: Iterable[Source]) -> tuple[LockedQuote, ...]:
    ordered = sorted(sources, key=lambda one: (one.cite, one.quote))
    return tuple(LockedQuote(cite=one.cite, quote=one.quote) for one in ordered)
