"""Example messages of a pack: what people say, and which facts it settles. Data, checked like code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import process
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError

from rules import RuleSet


@dataclass(frozen=True, slots=True)
class ExampleMessage:
    """``text`` as a person would send it; ``facts`` holds what it settles, and nothing it leaves open."""

    text: str
    facts: Mapping[str, str]


def load_messages(paths: Sequence[Path], rules: RuleSet) -> tuple[tuple[ExampleMessage, ...], list[str]]:
    """The example messages of all ``paths``, and a line for each thing that is wrong in them."""
    messages: list[ExampleMessage] = []
    problems: list[str] = []
    for path in paths:
        try:
            entries = YAML(typ="rt").load(path.read_text(encoding="utf-8"))["say"]
        except (OSError, UnicodeDecodeError) as error:
            problems.append(f"{path}: cannot be read ({error}); make it a readable UTF-8 file")
            continue
        except YAMLError as error:
            problems.append(f"{path}: is not YAML: {' '.join(str(error).split())}; mend that line")
            continue
        except (KeyError, TypeError):
            problems.append(
                f"{path}: has no list `say:`; write `messages: {rules.name}` and `say:` with entries"
            )
            continue
        for number, entry in enumerate(entries or ()):
            place = f"{path}:{entries.lc.item(number)[0] + 1}"
            wrong = list(_wrong(place, entry, rules))
            problems += wrong
            if not wrong:
                facts = {name: str(value) for name, value in entry.items() if name != "text"}
                messages.append(ExampleMessage(str(entry["text"]), facts))
    return tuple(messages), problems


def _wrong(place: str, entry: object, rules: RuleSet) -> Iterator[str]:
    if not isinstance(entry, CommentedMap) or not isinstance(entry.get("text"), str):
        yield f'{place}: the entry has no text; write `- text: "what a person says"`'
        return
    for name, value in entry.items():
        if name == "text":
            continue
        if name not in rules.facts:
            near = process.extractOne(str(name), list(rules.facts))
            yield f"{place}: `{name}` is no fact of the rules; did you mean `{near[0] if near else ''}`?"
        elif str(value) not in rules.facts[name].values:
            allowed = ", ".join(rules.facts[name].values)
            yield f"{place}: `{value}` is no value of `{name}`; write one of {allowed}"
