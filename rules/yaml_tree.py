"""YAML as a tree of texts with their places, and the reading of its pieces with every problem kept.

Rules are read from the composed node graph and not from constructed objects: a scalar is the text that
stands in the file (``yes`` and ``no`` stay words, ``2026.03`` keeps its zero), each key has a line and a
column, and a key given twice is one problem among others instead of the end of reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rules.errors import Problem, did_you_mean
from rules.model import Place

MOST_NODES = 500_000
MOST_LEVELS = 100


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text. ``empty`` is true when the file gives no value (nothing, ``~`` or ``null``)."""

    text: str
    place: Place
    empty: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of pieces."""

    items: tuple[Piece, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its piece."""

    key: Scalar
    piece: Piece


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and their pieces in the order of the file. ``braces`` tells the ``{a: b}`` way of writing."""

    entries: tuple[Entry, ...]
    place: Place
    braces: bool

    def get(self, key: str) -> Piece | None:
        """The piece of ``key``, or ``None``."""
        return next((entry.piece for entry in self.entries if entry.key.text == key), None)

    def place_of(self, key: str) -> Place:
        """Where ``key`` stands, and where the mapping begins when it does not stand there."""
        return next((entry.key.place for entry in self.entries if entry.key.text == key), self.place)


Piece = Scalar | Listing | Mapping


@dataclass(slots=True)
class Reader:
    """Reads pieces, and keeps every problem and every place on the way.

    It is the one value of this package that changes: it lives as long as one file is read.
    """

    file: str
    lines: Sequence[str]
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)

    def problem(self, code: str, place: Place, message: str, remedy: str) -> None:
        """Keep one problem."""
        source = self.lines[place.line - 1] if 0 < place.line <= len(self.lines) else ""
        self.problems.append(Problem(code, self.file, place.line, place.column, message, remedy, source))

    def mapping(self, piece: Piece | None, what: str, place: Place) -> Mapping | None:
        """``piece`` as a mapping whose keys are all different, or ``None`` with a problem."""
        if isinstance(piece, Mapping):
            return self._without_repeats(piece, what)
        where = place if piece is None else piece.place
        self.problem("wrong-type", where, f"{what} must be a mapping", "write it as 'key: value' lines")
        return None

    def text(self, piece: Piece, what: str) -> str | None:
        """``piece`` as a text that is not empty, or ``None`` with a problem."""
        if isinstance(piece, Scalar) and not piece.empty and piece.text.strip():
            return piece.text.strip()
        self.problem(
            "wrong-type", piece.place, f"{what} must be a text", "write the text, or leave the key out"
        )
        return None

    def texts(self, piece: Piece, what: str) -> tuple[Scalar, ...]:
        """``piece`` as a list of texts; a single text counts as a list of one."""
        items = piece.items if isinstance(piece, Listing) else (piece,)
        found = []
        for item in items:
            if isinstance(item, Scalar) and not item.empty:
                found.append(item)
            else:
                self.problem("wrong-type", item.place, f"{what} must be a list of names", "write [one, two]")
        return tuple(found)

    def number(self, piece: Piece, what: str) -> float | None:
        """``piece`` as a finite number, or ``None`` with a problem."""
        text = piece.text.replace("_", "") if isinstance(piece, Scalar) else ""
        try:
            number = float(text)
        except ValueError:
            number = float("nan")
        if abs(number) < float("inf"):
            return number
        self.problem(
            "wrong-type", piece.place, f"{what} must be a number", "write digits alone, without a unit"
        )
        return None

    def known_keys(self, mapping: Mapping, known: Iterable[str], what: str) -> None:
        """A problem for each key of ``mapping`` that is not ``known``."""
        names = list(known)
        for entry in mapping.entries:
            key = entry.key.text
            if key in names:
                continue
            spilled = mapping.braces and isinstance(entry.piece, Scalar) and entry.piece.empty
            remedy = "put the text before it in quotes: inside { } a comma ends a value"
            self.problem(
                "unknown-key",
                entry.key.place,
                f"{what} knows no key {key!r}",
                remedy if spilled else did_you_mean(key, names),
            )

    def _without_repeats(self, mapping: Mapping, what: str) -> Mapping:
        first: dict[str, Entry] = {}
        for entry in mapping.entries:
            before = first.setdefault(entry.key.text, entry)
            if before is not entry:
                self.problem(
                    "repeated-key",
                    entry.key.place,
                    f"{what} has {entry.key.text!r} twice, first in line {before.key.place.line}",
                    "keep one of them",
                )
        return Mapping(tuple(first.values()), mapping.place, mapping.braces)


def read_tree(text: str, reader: Reader) -> Mapping | None:
    """The mapping that ``text`` writes in YAML, or ``None`` with a problem in ``reader``."""
    # Only here, so that a program which decides from rules in memory does not pay for the YAML library.
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    start = Place(1, 1)
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else start
        reader.problem("yaml", place, f"this is not YAML: {error.problem}", _yaml_remedy(str(error.problem)))
        return None
    except YAMLError as error:
        place = _place_of(text, getattr(error, "position", 0))
        reader.problem("yaml", place, "this is not YAML: a character that cannot be read", "remove it")
        return None
    except RecursionError:
        reader.problem("yaml", start, "this is nested too deeply", f"use at most {MOST_LEVELS} levels")
        return None
    if node is None:
        reader.problem("empty", start, "the file is empty", "begin with 'rules: <name>'")
        return None
    piece = _Converter(reader).convert(node, 0)
    return reader.mapping(piece, "the file", start) if piece else None


def _place_of(text: str, position: int) -> Place:
    before = text[:position]
    return Place(before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1)


def _yaml_remedy(problem: str) -> str:
    if "mapping values are not allowed" in problem:
        return "put a text that holds ': ' in quotes"
    if "\\t" in problem or "tab" in problem:
        return "indent with spaces, not with tabs"
    if "undefined alias" in problem:
        return "put a text that begins with '*' in quotes"
    return "look at this place and just before it for a bracket, quote or indent that is missing"


class _Converter:
    """Turns composed nodes into pieces; knows where it is, so that a piece cannot hold itself."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.left = MOST_NODES

    def convert(self, node: object, level: int) -> Piece | None:
        from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

        assert isinstance(node, (MappingNode, ScalarNode, SequenceNode))  # noqa: S101 (the composer makes no other)
        place = Place(node.start_mark.line + 1, node.start_mark.column + 1)
        self.left -= 1
        if level > MOST_LEVELS or self.left < 0:
            # An alias inside the thing it names goes down without end, aliases of aliases grow without end.
            if self.left > -1 or level <= MOST_LEVELS:
                self.reader.problem(
                    "yaml",
                    place,
                    "this is nested too deeply or repeated too often",
                    f"use at most {MOST_LEVELS} levels, and no alias inside what it stands for",
                )
            self.left = -1
            return None
        if isinstance(node, ScalarNode):
            empty = node.tag == "tag:yaml.org,2002:null"
            return Scalar("" if empty else str(node.value), place, empty)
        if isinstance(node, SequenceNode):
            items = (self.convert(item, level + 1) for item in node.value)
            return Listing(tuple(item for item in items if item), place)
        entries = []
        for key, value in node.value:
            name, piece = self.convert(key, level + 1), self.convert(value, level + 1)
            if isinstance(name, Scalar) and isinstance(piece, Scalar) and piece.empty:
                # What is not there would be placed where the next key begins.
                piece = Scalar(piece.text, name.place, empty=True)
            if isinstance(name, Scalar) and piece:
                entries.append(Entry(name, piece))
            elif name and not isinstance(name, Scalar):
                self.reader.problem("wrong-type", name.place, "a key must be a text", "put the key in quotes")
        return Mapping(tuple(entries), place, bool(node.flow_style))
