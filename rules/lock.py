"""The lock of a rules file: every quote that it cites, with the hash of the section the quote stands in.

A lock says which guide somebody has read the rules against. It is YAML, sorted, a quote a line::

    lock: "1"
    rules: boomi
    sections:
      "boomi/limits":
        hash: "9f86d081884c7d65"
        quotes:
          - "Boomi Integration has four stated limits: …"

so that a change of one section or of one quote is a change of one line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rules.check_quotes import cited_things
from rules.errors import Problem, RulesError
from rules.model import RuleSet, Source
from rules.write_yaml import scalar
from rules.yaml_tree import Listing, Reader, read_tree
from rules.yaml_tree import Mapping as Keys

FORMAT = "1"
ENDING = ".lock"
_HEAD = """\
# Every quote that {rules} cites, below its section, with the hash of the section's text.
# Written by `groundrule pack lock`; `groundrule pack drift` compares the guides with it.
"""


@dataclass(frozen=True, slots=True)
class LockedSection:
    """A section as it was when the rules were locked: its hash, and the quotes taken from it, sorted."""

    hash: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lock:
    """The quotes of the rules named ``rules``, by the id of the section that they stood in, sorted."""

    rules: str
    sections: Mapping[str, LockedSection]

    @property
    def sources(self) -> frozenset[Source]:
        """Every quote with its section."""
        return frozenset(
            Source(section, quote) for section, held in self.sections.items() for quote in held.quotes
        )


def section_hash(text: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of ``text``, whose spaces at line ends do not count."""
    lines = "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def lock_rules(rules: RuleSet, sections: Mapping[str, str]) -> Lock:
    """The lock of ``rules`` over ``sections`` (id and text, as for ``check_rules``).

    Quotes that do not stand in their section are left out: nothing can be said about where they stood.
    """
    quotes: dict[str, set[str]] = {}
    for thing in cited_things(rules):
        source = thing.source
        if source is not None and source.quote in sections.get(source.cite, ""):
            quotes.setdefault(source.cite, set()).add(source.quote)
    return Lock(
        rules.name,
        {
            name: LockedSection(section_hash(sections[name]), tuple(sorted(quotes[name])))
            for name in sorted(quotes)
        },
    )


def write_lock(lock: Lock, file: str) -> str:
    """``lock`` as the text of a lock file; ``file`` is the rules file that its head names."""
    lines = [_HEAD.format(rules=" ".join(file.split())) + f'lock: "{FORMAT}"', f"rules: {scalar(lock.rules)}"]
    lines.append("sections:" if lock.sections else "sections: {}")
    for name, held in sorted(lock.sections.items()):
        lines += [f"  {scalar(name)}:", f'    hash: "{held.hash}"', "    quotes:"]
        lines += [f"      - {scalar(quote)}" for quote in sorted(held.quotes)]
    return "\n".join(lines) + "\n"


def read_lock(path: Path) -> Lock:
    """The lock in the file at ``path``.

    Raises :class:`RulesError` with every problem of the file, also when it is missing or no text in UTF-8.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror or "cannot be opened") if isinstance(error, OSError) else "no text in UTF-8"
        message = f"the lock cannot be read: {reason}"
        remedy = "write it anew with `groundrule pack lock`"
        raise RulesError([Problem("unreadable", str(path), 0, 0, message, remedy)]) from error
    return parse_lock(text, str(path))


def parse_lock(text: str, file: str = "rules.lock") -> Lock:
    """The lock that ``text`` writes. Raises :class:`RulesError` with every problem of the text."""
    reader = Reader(file, text.splitlines())
    top = read_tree(text, reader)
    lock = _read(top, reader) if top else None
    if lock is None or reader.problems:
        raise RulesError(reader.problems)
    return lock


def _read(top: Keys, reader: Reader) -> Lock | None:
    reader.known_keys(top, ("lock", "rules", "sections"), "a lock")
    version, name, piece = (top.get(key) for key in ("lock", "rules", "sections"))
    told = reader.text(version, "'lock'") if version else None
    if told != FORMAT or piece is None:
        message = f"this is no lock of format {FORMAT}"
        reader.problem("bad-lock", top.place_of("lock"), message, "write it anew with `groundrule pack lock`")
        return None
    sections = reader.mapping(piece, "'sections'", top.place_of("sections"))
    found = {}
    for entry in sections.entries if sections else ():
        body = reader.mapping(entry.piece, f"section {entry.key.text!r}", entry.key.place)
        held = _read_section(body, entry.key.text, reader) if body else None
        if held is not None:
            found[entry.key.text] = held
    return Lock((reader.text(name, "'rules'") if name else None) or "", found)


def _read_section(body: Keys, name: str, reader: Reader) -> LockedSection | None:
    what = f"section {name!r}"
    reader.known_keys(body, ("hash", "quotes"), what)
    digest, quotes = body.get("hash"), body.get("quotes")
    if digest is None or not isinstance(quotes, Listing):
        message = f"{what} of the lock has no 'hash' or no list of 'quotes'"
        reader.problem("bad-lock", body.place, message, "write it anew with `groundrule pack lock`")
        return None
    texts = tuple(item.text for item in reader.texts(quotes, f"the quotes of {what}"))
    return LockedSection(reader.text(digest, f"the hash of {what}") or "", texts)
