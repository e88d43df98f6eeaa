"""The front matter of a guide: YAML between two lines of dashes at the very top, metadata and never text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import StringIO
from itertools import zip_longest

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from corpus.errors import GuideError
from corpus.guide import GuideMeta, Pointer, Reference

_FENCED = re.compile(
    r"---[ \t]*(?:\r\n?|\n)(?P<yaml>(?:.*?(?:\r\n?|\n))??)(?:---|\.\.\.)[ \t]*(?:\r\n?|\n|\Z)", re.DOTALL
)
_POINTERS = ("skip_this_unit_if", "points_to")
_DATES = ("date", "last_verified", "updated")
_READ = frozenset({"title", "version", *_DATES, "id", "sources", *_POINTERS})
"""The outermost names that are read here; what stands below others costs time and tells nothing."""
_OUTERMOST = re.compile(r"^(?P<name>[A-Za-z_][\w-]*)[ \t]*:(?=\s)", re.MULTILINE)
_LINES = re.compile(r"[^\r\n]+")
NO_META = GuideMeta(title="", version="", date="", sources={})
"""The metadata of a guide that says nothing about itself."""


def read_front_matter(text: str, file: str) -> tuple[GuideMeta, int]:
    """The metadata of a guide's ``text`` and the character at which its Markdown begins.

    Without front matter the metadata is empty and the Markdown begins at 0. Raises :class:`GuideError`
    when the front matter is not YAML, or is something else than names with values.
    """
    found = _FENCED.match(text) if text.startswith("---") else None
    if found is None:
        return NO_META, 0
    try:
        told = _load(found["yaml"])
    except MarkedYAMLError as error:
        line = 2 + (error.problem_mark.line if error.problem_mark else 0)
        problem = f"the front matter is not YAML ({error.problem})"
        raise GuideError(file, problem, "mend that line, or put quotes around its value", line) from error
    except (YAMLError, ValueError, RecursionError) as error:
        problem = f"the front matter is not YAML ({' '.join(str(error).split())})"
        raise GuideError(file, problem, "mend it, or take the front matter away", 1) from error
    if told is None:
        return NO_META, found.end()
    if not isinstance(told, Mapping):
        remedy = "write `name: value` on each line, or take the two lines of dashes away"
        raise GuideError(file, "the front matter holds no names with values", remedy, 1)
    return _meta(told, text, found.span("yaml")), found.end()


def _load(yaml: str) -> object:
    """The values of ``yaml`` that are read here, and perhaps others.

    Long lists of other things make up most of many front matters and would take most of the time that a guide
    takes; where what is left without them does not stand alone, all of it is read.
    """
    read = YAML(typ="safe", pure=True)
    try:
        told = read.load(StringIO(_shortened(yaml)))
    except (YAMLError, ValueError, RecursionError):
        told = None
    return told if isinstance(told, Mapping) else read.load(StringIO(yaml))


def _shortened(yaml: str) -> str:
    """``yaml`` with empty lines for each outermost name that is not read."""
    names = list(_OUTERMOST.finditer(yaml))
    parts = [yaml[: names[0].start()]] if names else [yaml]
    for found, after in zip_longest(names, names[1:]):
        part = yaml[found.start() : after.start() if after else len(yaml)]
        parts.append(part if found["name"] in _READ else _LINES.sub("", part))
    return "".join(parts)


def _meta(told: Mapping[object, object], text: str, span: tuple[int, int]) -> GuideMeta:
    return GuideMeta(
        title=_first(told, "title"),
        version=_first(told, "version"),
        date=_first(told, *_DATES),
        sources=_references(told.get("sources")),
        name=_first(told, "id"),
        points_to=tuple(_pointers(told, text, span)),
    )


def _pointers(told: Mapping[object, object], text: str, span: tuple[int, int]) -> Iterator[Pointer]:
    """The guides to read instead: entries with ``condition`` and ``use_instead``.

    An entry whose condition does not stand in ``text`` as it reads, because it is folded or escaped there,
    cannot be cited and is left out.
    """
    listed = next((value for key in _POINTERS if isinstance(value := told.get(key), list)), [])
    place = span[0]
    for entry in listed:
        if not isinstance(entry, Mapping):
            continue
        condition, other = (
            _first(entry, "condition", "if", "when"),
            _first(entry, "use_instead", "instead", "see"),
        )
        start = text.find(condition, place, span[1]) if condition and other else -1
        if start >= 0:
            place = start + len(condition)
            yield Pointer(condition, other, start, place)


def _references(told: object) -> Mapping[str, Reference]:
    """The references by mark, from a list of entries with an ``id`` or from a mapping of marks to entries."""
    entries: list[tuple[str, object]] = []
    if isinstance(told, Mapping):
        entries = [(str(mark), entry) for mark, entry in told.items()]
    elif isinstance(told, list):
        entries = [(_first(entry, "id"), entry) for entry in told if isinstance(entry, Mapping)]
    return {mark: _reference(mark, entry) for mark, entry in entries if mark}


def _reference(mark: str, entry: object) -> Reference:
    if not isinstance(entry, Mapping):
        return Reference(id=mark, title=str(entry), author="", url="", published="")
    return Reference(
        id=mark,
        title=_first(entry, "title", "name"),
        author=_first(entry, "author", "publisher", "by"),
        url=_first(entry, "url", "link"),
        published=_first(entry, "published", "date"),
    )


def _first(told: Mapping[object, object], *names: str) -> str:
    """The first of ``names`` that has a plain value, as words; empty when none has."""
    for name in names:
        value = told.get(name)
        if value is not None and not isinstance(value, Mapping | list):
            return str(value)
    return ""
