"""Example messages of a pack: what people say, and which facts it settles. Data, checked like code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.read_yaml import read_yaml
from rules import Problem, RuleSet
from rules.errors import did_you_mean
from rules.yaml_tree import Entry, Listing, Piece, Reader, Scalar
from rules.yaml_tree import Mapping as Keys

FILE_KEYS = ("messages", "say")


@dataclass(frozen=True, slots=True)
class ExampleMessage:
    """``text`` as a person would send it; ``facts`` holds what it settles, and nothing it leaves open."""

    text: str
    facts: Mapping[str, str]


def load_messages(paths: Sequence[Path], rules: RuleSet) -> tuple[tuple[ExampleMessage, ...], list[Problem]]:
    """The example messages of all ``paths``, and everything that is wrong in them."""
    messages: list[ExampleMessage] = []
    problems: list[Problem] = []
    for path in paths:
        told, reader = read_yaml(path)
        for piece in _entries(told, rules, reader) if told is not None else ():
            before = len(reader.problems)
            message = _message(piece, rules, reader)
            if message is not None and len(reader.problems) == before:
                messages.append(message)
        problems += reader.problems
    return tuple(messages), problems


def _entries(told: Keys, rules: RuleSet, reader: Reader) -> tuple[Piece, ...]:
    reader.known_keys(told, FILE_KEYS, "a file of messages")
    piece = told.get("say")
    if isinstance(piece, Listing):
        return piece.items
    remedy = f"write 'messages: {rules.name}', then 'say:' with entries"
    reader.problem("missing-key", told.place_of("say"), "the file has no list 'say'", remedy)
    return ()


def _message(piece: Piece, rules: RuleSet, reader: Reader) -> ExampleMessage | None:
    text = piece.get("text") if isinstance(piece, Keys) else None
    if not isinstance(piece, Keys) or not isinstance(text, Scalar) or not text.text.strip():
        remedy = "write '- text: \"what a person says\"'"
        reader.problem("missing-key", piece.place, "the entry has no text", remedy)
        return None
    body = reader.mapping(piece, "the entry", piece.place) or piece
    for entry in body.entries:
        if entry.key.text != "text":
            _check_fact(entry, rules, reader)
    facts = {
        entry.key.text: entry.piece.text
        for entry in body.entries
        if entry.key.text != "text" and isinstance(entry.piece, Scalar)
    }
    return ExampleMessage(text.text, facts)


def _check_fact(entry: Entry, rules: RuleSet, reader: Reader) -> None:
    name, piece = entry.key.text, entry.piece
    spec = rules.facts.get(name)
    if spec is None:
        message = f"{name!r} is no fact of the rules"
        reader.problem("unknown-fact", entry.key.place, message, did_you_mean(name, rules.facts))
    elif spec.numeric:
        message = f"{name!r} is a number, and numbers are read from the message itself"
        reader.problem("unknown-answer", entry.key.place, message, "take it out")
    elif not isinstance(piece, Scalar) or piece.text not in spec.values:
        said = piece.text if isinstance(piece, Scalar) else "a list"
        message = f"{said!r} is no value of the fact {name!r}"
        reader.problem("unknown-answer", piece.place, message, did_you_mean(said, spec.values))
