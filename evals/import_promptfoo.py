"""Cases of a promptfoo file: its tests' variables as messages, its assertions as what must come back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from evals.imported import Imported, ImportedCase, ImportProblem, Wanted, short_name, together
from evals.yaml_nodes import Reader, compose, one_or_more

MESSAGE_VARIABLES = ("question", "query", "message", "input", "prompt", "text", "user_input", "say")
PLAIN_REGEX = re.compile(r"[\w\s,;:%'’/|-]+")
IGNORED = ("description", "metadata", "options", "threshold")
Assertion = Callable[[tuple[str, ...]], Wanted | None]


def _each(values: tuple[str, ...]) -> Wanted:
    return Wanted(says=tuple((value,) for value in values))


def _any(values: tuple[str, ...]) -> Wanted:
    return Wanted(says=(values,))


def _none(values: tuple[str, ...]) -> Wanted:
    return Wanted(avoids=values)


def _pattern(values: tuple[str, ...]) -> Wanted | None:
    """A pattern of plain words with alternatives; every other says more than words can."""
    parts = tuple(part.strip("() ") for value in values for part in value.strip("^$() ").split("|"))
    plain = all(part and PLAIN_REGEX.fullmatch(part) for part in parts)
    return Wanted(says=(parts,)) if plain else None


ASSERTIONS: Mapping[str, Assertion] = {
    "contains": _each,
    "icontains": _each,
    "contains-all": _each,
    "icontains-all": _each,
    "contains-any": _any,
    "icontains-any": _any,
    "not-contains": _none,
    "not-icontains": _none,
    "not-contains-any": _none,
    "not-icontains-any": _none,
    "regex": _pattern,
    "is-refusal": lambda _: Wanted(silent=True),
    "not-is-refusal": lambda _: Wanted(silent=False),
}
# An answer quotes the guide and says more than the words wanted: these can only be held to words within it.
WEAKER: Mapping[str, Assertion] = {"equals": _each, "iequals": _each, "starts-with": _each}


def import_promptfoo(text: str, file: str) -> Imported:
    """The cases of a promptfoo configuration, or of a list of its tests."""
    reader = Reader(file, text.splitlines())
    root = compose(text, reader)
    problems = [ImportProblem(file, one.line, one.message, one.remedy) for one in reader.problems]
    reading = _Reading(file, problems)
    if root is None:
        return Imported((), tuple(problems))
    told = _keys(root)
    tests = told.get("tests", root) if isinstance(root, MappingNode) else root
    if tests is root and isinstance(root, MappingNode):
        reading.lost(root, "the file has no `tests`", "name a promptfoo file with a list of tests in it")
        return Imported((), tuple(problems))
    shared = reading.wanted(_keys(told["defaultTest"])) if "defaultTest" in told else Wanted()
    taken: set[str] = set()
    cases = [reading.case(test, shared, taken) for test in one_or_more(tests)]
    return Imported(tuple(case for case in cases if case is not None), tuple(problems))


class _Reading:
    """Reads the tests of one file and keeps what is lost; it lives while that file is read."""

    def __init__(self, file: str, problems: list[ImportProblem]) -> None:
        self._file = file
        self._problems = problems

    def lost(self, node: Node, message: str, remedy: str) -> None:
        self._problems.append(ImportProblem(self._file, node.start_mark.line + 1, message, remedy))

    def case(self, node: Node, shared: Wanted, taken: set[str]) -> ImportedCase | None:
        keys = _keys(node)
        for name in keys.keys() - {"vars", "assert", *IGNORED}:
            self.lost(keys[name], f"`{name}` has no counterpart in a suite", "it is left out")
        say = self._message(node, keys)
        wanted = together((shared, self.wanted(keys)))
        if not say:
            return None
        if wanted.nothing:
            self.lost(node, "nothing that a suite can judge is left of this test", "add what must be said")
            return None
        line = node.start_mark.line + 1
        about = _text(keys.get("description"))
        why = about or f"what {self._file} expects, line {line}"
        return ImportedCase(short_name(about or say, taken), say, wanted, why, ("promptfoo",), line)

    def _message(self, node: Node, keys: Mapping[str, Node]) -> str:
        variables = _keys(keys["vars"]) if "vars" in keys else {}
        named = [name for name in MESSAGE_VARIABLES if name in variables]
        chosen = named[0] if named else next(iter(variables), "") if len(variables) == 1 else ""
        say = _text(variables.get(chosen))
        if not say:
            names = ", ".join(variables) or "none"
            remedy = f"name the one with the message {MESSAGE_VARIABLES[0]!r}"
            self.lost(node, f"no variable is the user's message (there are: {names})", remedy)
        for name in variables.keys() - {chosen} if say else ():
            self.lost(variables[name], f"the variable `{name}` is put nowhere", "write it into the message")
        return say

    def wanted(self, keys: Mapping[str, Node]) -> Wanted:
        found = [self._assertion(node) for node in one_or_more(keys["assert"])] if "assert" in keys else []
        return together(one for one in found if one is not None)

    def _assertion(self, node: Node) -> Wanted | None:
        told = _keys(node)
        kind = _text(told.get("type"))
        values = tuple(_text(item) for item in one_or_more(told["value"])) if "value" in told else ()
        known = ASSERTIONS.get(kind) or WEAKER.get(kind)
        wanted = known(tuple(value for value in values if value)) if known else None
        if wanted is None or (known and wanted.nothing):
            what = f"the assertion `{kind}`" if kind else "an assertion without a type"
            self.lost(node, f"{what} has no counterpart in a suite", "say what must be said with `says`")
            return None
        if kind in WEAKER:
            self.lost(
                node, f"the assertion `{kind}` became `says`, which asks for less", "look whether it will do"
            )
        return wanted


def _keys(node: Node) -> dict[str, Node]:
    pairs = node.value if isinstance(node, MappingNode) else []
    return {str(key.value): value for key, value in pairs if isinstance(key, ScalarNode)}


def _text(node: Node | None) -> str:
    return str(node.value).strip() if isinstance(node, ScalarNode) else ""
