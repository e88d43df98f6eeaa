"""What became of the quotes when a guide changed: moved, changed, or gone; and what the lock lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from typing import Literal

from rules.alike import changed_words, could_be_like, nearest_sentence, vocabulary
from rules.check_quotes import Cited, cited_things
from rules.errors import Problem
from rules.finding import problem_at
from rules.lock import Lock, section_hash
from rules.model import RuleSet, Source

DriftKind = Literal["moved", "changed", "gone", "section-changed", "unlocked", "stale", "no-lock"]

DriftCode = Literal[
    "quote-moved",
    "quote-changed",
    "quote-gone",
    "section-changed",
    "quote-unlocked",
    "lock-stale",
    "no-lock",
]

ALIKE = 0.5
ALIKE_ELSEWHERE = 0.7
SHOWN = 80
LOCK = "`groundrule pack lock`"
CODES: Mapping[DriftKind, DriftCode] = {
    "moved": "quote-moved",
    "changed": "quote-changed",
    "gone": "quote-gone",
    "section-changed": "section-changed",
    "unlocked": "quote-unlocked",
    "stale": "lock-stale",
    "no-lock": "no-lock",
}


@dataclass(frozen=True, slots=True)
class Drift:
    """One way in which rules, lock and guide have come apart.

    ``whats`` and ``paths`` name the things of the rules file that cite ``quote`` from ``cite``, in words and
    as places of the file; a section that changed around its quotes has no ``quote``. ``section`` is where
    moved words stand now, or where words stand that are like the changed ones; ``others`` are further
    sections that hold moved words. ``words`` are those that are like the changed ones, as they stand.
    """

    kind: DriftKind
    cite: str
    quote: str
    paths: tuple[str, ...] = ()
    whats: tuple[str, ...] = ()
    section: str = ""
    others: tuple[str, ...] = ()
    words: str = ""

    @property
    def broken(self) -> bool:
        """Whether the rules cite words that do not stand where they say."""
        return self.kind in ("moved", "changed", "gone")


def find_drift(rules: RuleSet, lock: Lock | None, sections: Mapping[str, str]) -> tuple[Drift, ...]:
    """How the quotes of ``rules`` stand in ``sections``, against the ``lock`` made of an earlier state.

    A quote has *moved* when it stands verbatim in other sections alone; the nearest by id is proposed. It
    has *changed* when its section, or else another one, still holds words that are like it and that no other
    rule quotes, and is *gone* when none does. A section that changed around quotes which still stand is told
    once. With no lock, what is broken is told as well.
    """
    cited: dict[Source, list[Cited]] = {}
    for thing in cited_things(rules):
        if thing.source is not None:
            cited.setdefault(thing.source, []).append(thing)
    words = cache(lambda name: vocabulary(sections[name]))
    standing = {source: things for source, things in cited.items() if _stands(source, sections)}
    free = _without_quotes(sections, standing)
    broken = [
        _broken(source, things, sections, free, words)
        for source, things in cited.items()
        if source not in standing
    ]
    if lock is None:
        return (*broken, *([Drift("no-lock", "", "")] if cited else ()))
    return (*broken, *_against_lock(lock, cited, standing, sections))


def check_drift(rules: RuleSet, lock: Lock | None, sections: Mapping[str, str]) -> tuple[Problem, ...]:
    """What :func:`find_drift` finds as problems with their places in the rules file, in its order.

    Errors are quotes that moved, changed or are gone; warnings what only needs reading and locking again.
    """
    found = [drift_problem(rules, drift) for drift in find_drift(rules, lock, sections)]
    return tuple(sorted(found, key=lambda one: (one.line, one.column, one.code, one.message)))


def drift_problem(rules: RuleSet, drift: Drift) -> Problem:
    """One finding in words: what happened to the quote, and what to do."""
    key = "quote" if drift.kind in ("changed", "gone") else "cite"
    path = f"{drift.paths[0]}/{key}" if drift.paths else ""  # what the lock alone holds has no place here
    message, remedy = _words(drift)
    return problem_at(rules, CODES[drift.kind], path, message, remedy, "error" if drift.broken else "warning")


def _stands(source: Source, sections: Mapping[str, str]) -> bool:
    return source.quote in sections.get(source.cite, "")


def _without_quotes(sections: Mapping[str, str], standing: Iterable[Source]) -> Mapping[str, str]:
    """The texts without the quotes that stand: those words are another rule's, and no quote became them."""
    free = dict(sections)
    for source in sorted(standing, key=lambda one: -len(one.quote)):
        free[source.cite] = free[source.cite].replace(source.quote, "\n")
    return free


def _against_lock(
    lock: Lock,
    cited: Mapping[Source, Sequence[Cited]],
    standing: Mapping[Source, Sequence[Cited]],
    sections: Mapping[str, str],
) -> Iterator[Drift]:
    locked = lock.sources
    changed: dict[str, list[Cited]] = {}
    for source, things in standing.items():
        if source not in locked:
            yield _drift("unlocked", source, things)
        elif lock.sections[source.cite].hash != section_hash(sections[source.cite]):
            changed.setdefault(source.cite, []).extend(things)
    for cite, things in changed.items():
        yield _drift("section-changed", Source(cite, ""), things)
    for source in sorted(locked - cited.keys(), key=lambda one: (one.cite, one.quote)):
        yield Drift("stale", source.cite, source.quote)


def _drift(
    kind: DriftKind, source: Source, things: Sequence[Cited], section: str = "", words: str = ""
) -> Drift:
    paths, whats = tuple(thing.path for thing in things), tuple(thing.what for thing in things)
    return Drift(kind, source.cite, source.quote, paths, whats, section, (), words)


def _broken(
    source: Source,
    things: Sequence[Cited],
    sections: Mapping[str, str],
    free: Mapping[str, str],
    words_of: Callable[[str], frozenset[str]],
) -> Drift:
    holding = [name for name, text in sections.items() if source.quote in text]
    if holding:
        nearest, *others = _by_nearness(source.cite, holding)
        return replace(_drift("moved", source, things, nearest), others=tuple(others))
    words, likeness = nearest_sentence(source.quote, free.get(source.cite, ""))
    if likeness >= ALIKE:
        return _drift("changed", source, things, source.cite, words)
    place, best = "", ALIKE_ELSEWHERE
    like = [name for name in sections if could_be_like(source.quote, words_of(name), ALIKE_ELSEWHERE)]
    for name in _by_nearness(source.cite, like):
        found, likeness = nearest_sentence(source.quote, free[name])
        if likeness > best or (likeness == best and not place):
            place, words, best = name, found, likeness
    if place:
        return _drift("changed", source, things, place, words)
    return _drift("gone", source, things)


def _by_nearness(cite: str, names: Sequence[str]) -> list[str]:
    """``names`` of sections, those first whose guide and whose headings are most like ``cite``'s."""
    guide, _, heading = cite.partition("#")

    def distance(name: str) -> tuple[bool, float]:
        other, _, below = name.partition("#")
        like = SequenceMatcher(None, heading, below, autojunk=False).ratio()
        like += SequenceMatcher(None, guide, other, autojunk=False).ratio()
        return other != guide, -like

    return sorted(names, key=distance)


def _words(drift: Drift) -> tuple[str, str]:
    what = _whats(drift)
    if drift.kind == "moved":
        message = f"the words that {what} quotes from {drift.cite!r} stand in {drift.section!r} now"
        also = f" (they stand in {', '.join(map(repr, drift.others))} too)" if drift.others else ""
        return message, f"cite {drift.section!r}, as `groundrule pack drift --fix` does{also}"
    if drift.kind == "changed":
        return _changed(drift, what)
    if drift.kind == "gone":
        message = f"the words that {what} quotes from {drift.cite!r} are gone, and nothing like them is left"
        return f"{message}: {_short(drift.quote)!r}", "read the guide again: mend the rule, or take it away"
    if drift.kind == "section-changed":
        message = f"{drift.cite!r} has changed since the rules were locked; what {what} quotes still stands"
        return message, f"read the section again, then {LOCK}"
    if drift.kind == "unlocked":
        return f"what {what} quotes from {drift.cite!r} is not locked", LOCK
    if drift.kind == "stale":
        message = f"the lock holds words of {drift.cite!r} that nothing cites: {_short(drift.quote)!r}"
        return message, LOCK
    return "the quotes are not locked: what changes around them in the guide is not noticed", LOCK


def _changed(drift: Drift, what: str) -> tuple[str, str]:
    runs = "; ".join(
        f"{_short(old)!r} became {_short(new)!r}" if old and new else _one_sided(old, new)
        for old, new in changed_words(drift.quote, drift.words)
    )
    cited = "" if drift.section == drift.cite else f" (cited is {drift.cite!r})"
    told = runs or "marks between the words"
    message = f"the words that {what} quotes have changed in {drift.section!r}{cited}: {told}"
    return message, f"if the rule still holds, quote {drift.words!r}; else mend the rule"


def _one_sided(old: str, new: str) -> str:
    return f"{_short(old)!r} was taken away" if old else f"{_short(new)!r} was added"


def _whats(drift: Drift) -> str:
    if len(drift.whats) < 2:
        return "".join(drift.whats)
    return f"{drift.whats[0]} (and {len(drift.whats) - 1} more)"


def _short(words: str) -> str:
    return words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"
