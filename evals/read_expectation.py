"""What must come back at a turn, read from its nodes and checked against the names of the pack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from evals.suite import ANY, NONE, NOTHING, Alternatives, Expectation
from evals.vocabulary import KINDS, LIMIT_STATES, STATUSES, Vocabulary
from evals.yaml_nodes import Reader, one_or_more
from rules.errors import did_you_mean

EVERY_FACT_VALUE = ("unknown", NONE, ANY)
Read = Callable[[Reader, Node, Vocabulary], tuple[str, object]]


def read_expectation(reader: Reader, node: Node, words: Vocabulary) -> Expectation:
    """The expectation that ``node`` writes; what is wrong with it is kept in ``reader``."""
    told: dict[str, Any] = {}  # Any: each reader below gives the type of the field that it names
    for key, value in reader.mapping(node, "`expect`", tuple(_READERS)).items():
        name, read = _READERS[key](reader, value, words)
        told[name] = read
    expected = Expectation(**told)
    if isinstance(node, MappingNode) and not node.value:
        reader.wrong("idle-case", node, "`expect` expects nothing", f"name one of {', '.join(_READERS)}")
    _contradictions(reader, node, expected)
    return expected


def _contradictions(reader: Reader, node: Node, expected: Expectation) -> None:
    if expected.refused and expected != Expectation(refused=True):
        remedy = "keep `refused: yes` alone, or take it out"
        reader.wrong("contradiction", node, "a refused message has no answer to judge", remedy)
    if expected.silent and expected.kinds and "not_in_guide" not in expected.kinds:
        reader.wrong(
            "contradiction", node, "`silent: yes` and `kind` exclude each other", "keep one of the two"
        )
    decided = set(expected.statuses) <= {"decided", "decided_by_exception"}
    if expected.options and not decided:
        problem = "`options` are expected of a status that has none"
        reader.wrong("contradiction", node, problem, "take one of the two out")


def _kind(reader: Reader, node: Node, _: Vocabulary) -> tuple[str, object]:
    return "kinds", reader.names(node, "`kind`", KINDS)


def _status(reader: Reader, node: Node, _: Vocabulary) -> tuple[str, object]:
    return "statuses", reader.names(node, "`status`", STATUSES)


def _options(reader: Reader, node: Node, words: Vocabulary) -> tuple[str, object]:
    return "options", tuple(sorted(reader.names(node, "`options`", words.options, "unknown-option")))


def _decision(reader: Reader, node: Node, _: Vocabulary) -> tuple[str, object]:
    return "decision", reader.name(node, "`decision`", (NONE, ANY)) != NONE


def _facts(reader: Reader, node: Node, words: Vocabulary) -> tuple[str, object]:
    return "facts", _fact_values(reader, node, words, "`facts`")


def _assumed(reader: Reader, node: Node, words: Vocabulary) -> tuple[str, object]:
    return "assumed", _fact_values(reader, node, words, "`assumed`")


def _asks(reader: Reader, node: Node, words: Vocabulary) -> tuple[str, object]:
    return "asks", reader.name(node, "`asks`", (*words.facts, NOTHING), "unknown-fact")


def _cites(reader: Reader, node: Node, words: Vocabulary) -> tuple[str, object]:
    groups = _alternatives(reader, node, "`cites`")
    for part in one_or_more(node):
        for item in one_or_more(part):
            section = str(item.value)
            if section and section not in words.sections:
                remedy = did_you_mean(section, words.sections)
                message = f"`cites` names the section `{section}`, which does not exist"
                reader.wrong("unknown-section", item, message, remedy)
    return "cites", groups


def _says(reader: Reader, node: Node, _: Vocabulary) -> tuple[str, object]:
    return "says", _alternatives(reader, node, "`says`")


def _quotes(reader: Reader, node: Node, _: Vocabulary) -> tuple[str, object]:
    return "quotes", _alternatives(reader, node, "`quotes`")


def _avoids(reader: Reader, node: Node, _: Vocabulary) -> tuple[str, object]:
    return "avoids", reader.texts(node, "`avoids`")


def _limits(reader: Reader, node: Node, words: Vocabulary) -> tuple[str, object]:
    told = {}
    for name, value in _named(reader, node, "`limits`", words.limits, "limit").items():
        told[name] = reader.name(value, f"the state of `{name}`", (*LIMIT_STATES, NONE))
    return "limits", told


def _conflicts(reader: Reader, node: Node, words: Vocabulary) -> tuple[str, object]:
    return "conflicts", reader.names(node, "`conflicts`", words.conflicts, "unknown-conflict")


def _flag(key: str) -> Read:
    def read(reader: Reader, node: Node, _: Vocabulary) -> tuple[str, object]:
        return key, reader.flag(node, f"`{key}`")

    return read


def _preferences(key: str) -> Read:
    """The nodes of all preferences that must be reported; ``none`` for none of them."""

    def read(reader: Reader, node: Node, words: Vocabulary) -> tuple[str, object]:
        if isinstance(node, ScalarNode) and node.value == NONE:
            return key, ()
        return key, reader.names(node, f"`{key}`", words.preferences, "unknown-node")

    return read


def _alternatives(reader: Reader, node: Node, what: str) -> Alternatives:
    """Each entry must hold; an entry that is itself a list holds with any of its texts."""
    return tuple(reader.texts(item, what) for item in one_or_more(node))


def read_given(reader: Reader, node: Node, words: Vocabulary) -> Mapping[str, str]:
    """Facts that are given to the rules: values, and ``unknown`` for what nobody can say."""
    if not words.facts:
        reader.wrong(
            "no-rules", node, "the pack has no rules to give facts to", "write `say:` with a message"
        )
        return {}
    return _fact_values(reader, node, words, "`given`", ("unknown",))


JUDGED_OF_RULES = (
    "status", "options", "asks", "limits", "conflicts", "assumed", "tensions", "overridden", "leanings"
)  # fmt: skip
OF_RULES_ALONE = ("tensions", "overridden", "leanings")


def check_judged(reader: Reader, node: Node, *, given: bool) -> None:
    """A problem for each key of ``expect`` that cannot be judged: of given facts, or of a message."""
    for key, _ in node.value if isinstance(node, MappingNode) else ():
        name = str(key.value)
        if given and name in _READERS and name not in JUDGED_OF_RULES:
            message = f"`{name}` is expected of given facts, which are answered without any words"
            reader.wrong(
                "contradiction", key, message, f"expect {', '.join(JUDGED_OF_RULES)}, or `say:` a message"
            )
        if not given and name in OF_RULES_ALONE:
            message = f"`{name}` is expected of a message, whose answer does not name it"
            reader.wrong("contradiction", key, message, "give the facts with `given:` instead of `say:`")


def _fact_values(
    reader: Reader,
    node: Node,
    words: Vocabulary,
    what: str,
    besides: tuple[str, ...] = EVERY_FACT_VALUE,
) -> Mapping[str, str]:
    told = {}
    for name, value in _named(reader, node, what, tuple(words.facts), "fact").items():
        said = reader.text(value, f"`{name}`")
        allowed = (*words.facts[name], *besides)
        if said and said not in allowed and (words.facts[name] or not _is_number(said)):
            remedy = did_you_mean(said, allowed) if words.facts[name] else "write a number"
            reader.wrong("unknown-answer", value, f"`{said}` is no value of the fact `{name}`", remedy)
        told[name] = said
    return told


def _named(reader: Reader, node: Node, what: str, known: tuple[str, ...], kind: str) -> dict[str, Node]:
    """Names of the pack with their values; the keys of ``what`` in general are not checked twice."""
    found = reader.mapping(node, what, ())
    keys = {str(key.value): key for key, _ in node.value} if isinstance(node, MappingNode) else {}
    for name in [name for name in found if name not in known]:
        remedy = did_you_mean(name, known)
        message = f"{what} names the {kind} `{name}`, which does not exist"
        reader.wrong(f"unknown-{kind}", keys[name], message, remedy)
        del found[name]
    return found


def _is_number(text: str) -> bool:
    try:
        return abs(float(text)) < float("inf")
    except ValueError:
        return False


_READERS: Mapping[str, Read] = {
    "kind": _kind,
    "status": _status,
    "options": _options,
    "decision": _decision,
    "facts": _facts,
    "asks": _asks,
    "cites": _cites,
    "says": _says,
    "quotes": _quotes,
    "avoids": _avoids,
    "silent": _flag("silent"),
    "limits": _limits,
    "conflicts": _conflicts,
    "assumed": _assumed,
    "hypothetical": _flag("hypothetical"),
    "tensions": _preferences("tensions"),
    "overridden": _preferences("overridden"),
    "leanings": _preferences("leanings"),
    "unchanged": _flag("unchanged"),
    "refused": _flag("refused"),
}
