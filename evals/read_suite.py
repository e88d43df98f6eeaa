"""One file of cases, read and checked as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from ruamel.yaml.nodes import Node

from evals.read_expectation import check_judged, read_expectation, read_given
from evals.suite import Case, CaseTurn, Suite
from evals.vocabulary import Vocabulary
from evals.yaml_nodes import Reader, compose

SUITE_KEYS = ("suite", "about", "complete_facts", "cases")
CASE_KEYS = ("id", "say", "turns", "given", "expect", "why", "tags", "must_pass")
TURN_KEYS = ("say", "expect")


def read_suite(path: Path, shown: str, words: Vocabulary) -> tuple[Suite | None, Reader]:
    """The suite in ``path``, called ``shown`` in messages, and the reader with what is wrong with it."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reader = Reader(shown, ())
        reader.wrong(
            "unreadable", None, f"the file cannot be read ({error})", "make it a readable UTF-8 file"
        )
        return None, reader
    reader = Reader(shown, text.splitlines())
    root = compose(text, reader)
    if root is None:
        return None, reader
    keys = reader.mapping(root, "a suite", SUITE_KEYS)
    if "suite" not in keys and keys:
        reader.wrong("missing-key", root, "the suite has no name", "begin with `suite: <name>`")
    if "cases" not in keys and keys:
        reader.wrong(
            "missing-key",
            root,
            "the suite has no cases",
            "write `cases:` and entries that begin with `- id:`",
        )
    suite = Suite(
        name=reader.text(keys["suite"], "`suite`") if "suite" in keys else "",
        about=reader.text(keys["about"], "`about`") if "about" in keys else "",
        complete_facts=_complete(reader, keys, words),
        cases=_cases(reader, keys["cases"], words) if "cases" in keys else (),
        file=shown,
        sha256=sha256(data).hexdigest(),
    )
    return suite, reader


def _complete(reader: Reader, keys: dict[str, Node], words: Vocabulary) -> tuple[str, ...]:
    if "complete_facts" not in keys:
        return ()
    return reader.names(keys["complete_facts"], "`complete_facts`", tuple(words.facts), "unknown-fact")


def _cases(reader: Reader, node: Node, words: Vocabulary) -> tuple[Case, ...]:
    cases: list[Case] = []
    lines: dict[str, int] = {}
    for item in reader.items(node, "`cases`"):
        case = _case(reader, item, words)
        if case is None:
            continue
        if case.id and case.id in lines:
            message = f"the id `{case.id}` is taken, first in line {lines[case.id]}"
            reader.wrong("repeated-id", item, message, "give every case an id of its own")
        lines.setdefault(case.id, case.line)
        cases.append(case)
    if not cases and not reader.problems:
        reader.wrong("missing-key", node, "the suite has no cases", "add an entry that begins with `- id:`")
    return tuple(cases)


def _case(reader: Reader, node: Node, words: Vocabulary) -> Case | None:
    keys = reader.mapping(node, "a case", CASE_KEYS)
    if not keys:
        return None
    for key, remedy in (
        ("id", "give it a short name of its own"),
        ("why", "say in a sentence why this must come back"),
    ):
        if key not in keys:
            reader.wrong("missing-key", node, f"the case has no `{key}`", remedy)
    given = read_given(reader, keys["given"], words) if "given" in keys else None
    turns = _turns(reader, node, keys, words) if given is None else _ruled(reader, keys, given, words)
    if turns and not any(turn.expect for turn in turns):
        reader.wrong("idle-case", node, "the case expects nothing", "add `expect:` to one of its turns")
    return Case(
        id=reader.text(keys["id"], "`id`") if "id" in keys else "",
        turns=turns,
        why=reader.text(keys["why"], "`why`") if "why" in keys else "",
        tags=reader.texts(keys["tags"], "`tags`") if "tags" in keys else (),
        must_pass="must_pass" in keys and reader.flag(keys["must_pass"], "`must_pass`"),
        line=node.start_mark.line + 1,
        given=given,
    )


def _turns(reader: Reader, node: Node, keys: dict[str, Node], words: Vocabulary) -> tuple[CaseTurn, ...]:
    if "turns" in keys and ("say" in keys or "expect" in keys):
        remedy = "put the message and what it expects into the turns"
        reader.wrong(
            "contradiction", keys["turns"], "the case has both `turns` and a message of its own", remedy
        )
    if "turns" in keys:
        items = reader.items(keys["turns"], "`turns`")
        if not items:
            reader.wrong(
                "missing-key", keys["turns"], "the case has no turns", "add entries that begin with `- say:`"
            )
        return tuple(_turn(reader, item, reader.mapping(item, "a turn", TURN_KEYS), words) for item in items)
    return (_turn(reader, node, keys, words),)


def _turn(reader: Reader, node: Node, keys: dict[str, Node], words: Vocabulary) -> CaseTurn:
    if "say" not in keys:
        remedy = "write `say:` with what the user says, or `given:` with facts to ask the rules alone"
        reader.wrong("missing-key", node, "there is no message", remedy)
    said = reader.text(keys["say"], "`say`", blank=True) if "say" in keys else ""
    return _expected(reader, keys, said, words, given=False)


def _ruled(
    reader: Reader, keys: dict[str, Node], given: Mapping[str, str], words: Vocabulary
) -> tuple[CaseTurn, ...]:
    """The one turn of a case that gives facts instead of a message."""
    for key in ("say", "turns"):
        if key in keys:
            message = f"the case has both `given` facts and `{key}`"
            reader.wrong("contradiction", keys[key], message, "keep one of the two")
    said = ", ".join(f"{name}: {value}" for name, value in given.items()) or "nothing"
    return (_expected(reader, keys, f"given {said}", words, given=True),)


def _expected(
    reader: Reader, keys: dict[str, Node], said: str, words: Vocabulary, *, given: bool
) -> CaseTurn:
    node = keys.get("expect")
    if node is None:
        return CaseTurn(said, None)
    check_judged(reader, node, given=given)
    mark = node.start_mark
    return CaseTurn(said, read_expectation(reader, node, words), mark.line + 1, mark.column + 1)


def repeated_names(suites: Sequence[tuple[Suite, Reader]]) -> None:
    """A problem for each suite whose name another file took before."""
    taken: dict[str, str] = {}
    for suite, reader in suites:
        if suite.name and suite.name in taken:
            message = f"the name `{suite.name}` is taken by {taken[suite.name]}"
            reader.wrong("repeated-id", None, message, "give every suite a name of its own")
        taken.setdefault(suite.name, suite.file)
