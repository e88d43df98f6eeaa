"""Writes rules out of what a guide asks and advises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rules.advice import Advice, Answer, Item, Question
from rules.drawn_lines import Words
from rules.load_facts import RESERVED_ANSWERS
from rules.load_groups import LEAF_KEYS
from rules.name_words import name_words
from rules.quote_line import GuideSection, quote_line
from rules.write_yaml import Tree, write_yaml

# Names that stand for something else where answers stand.
_TAKEN = frozenset((*RESERVED_ANSWERS, *LEAF_KEYS, "yes", "no"))


@dataclass(frozen=True, slots=True)
class GuideRules:
    """What a rules file is to be made of: its name, the guide's id and sections, and what the guide says."""

    name: str
    guide: str
    sections: tuple[GuideSection, ...]
    items: tuple[Item, ...]


class UncitedError(ValueError):
    """A line of the guide that stands in none of its sections, so that no rule can cite it."""

    def __init__(self, words: Words) -> None:
        self.line = words.line
        super().__init__(f"line {words.line} stands in no section of the guide: it cannot be cited")


@dataclass(slots=True)
class _Writing:
    """Facts and groups while they are being written. A question is one fact wherever it stands."""

    sections: Sequence[GuideSection]
    facts: dict[str, Tree] = field(default_factory=dict)
    groups: dict[str, Tree] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    values: dict[int, tuple[str, ...]] = field(default_factory=dict)


def import_tree(guide: GuideRules) -> str:
    """The text of a rules file: each item is a group, each leaf cites its line of the guide.

    Questions that stand side by side below an answer are groups of their own, reached by the same answers.
    Raises :class:`UncitedError`.
    """
    writing = _Writing(guide.sections)
    for item in guide.items:
        _declare(writing, item)
    for item in guide.items:
        words = item.words if isinstance(item, Question) else item.recommend or item.say
        for tree in _trees(writing, item):
            name = name_words(words, writing.groups, "group").replace(".", "_")
            writing.groups[name] = {"kind": "need", **tree}
    return write_yaml(
        {"rules": guide.name, "guide": guide.guide, "facts": writing.facts, "groups": writing.groups}
    )


def _declare(writing: _Writing, item: Item) -> None:
    """Gives each question below ``item`` a fact, in the guide's order."""
    if isinstance(item, Advice):
        return
    name = name_words(item.words, writing.facts, "question")
    values = _values(item.answers)
    fact: dict[str, Tree] = {} if item.asked == "volunteered" else {"ask": item.words}
    if item.asked == "volunteered":
        fact["label"] = item.words
    if item.asked != "asked":
        fact["assume"] = "no"
    if set(values) != {"yes", "no"}:
        fact["values"] = list(values)
    fact |= {value: one.meaning for value, one in zip(values, item.answers, strict=True) if one.meaning}
    writing.facts[name] = {**fact, **_cite(writing, item.source)}
    writing.names[id(item)], writing.values[id(item)] = name, values
    for answer in item.answers:
        for content in answer.contents:
            _declare(writing, content)


def _values(answers: Sequence[Answer]) -> tuple[str, ...]:
    """A value for each answer: ``yes`` and ``no`` where they are meant, and else a name of its words."""
    keys = [answer.key for answer in answers]
    values: list[str] = []
    for answer in answers:
        if answer.key and keys.count(answer.key) == 1:
            values.append(answer.key)
        else:
            words = f"{answer.key} {answer.meaning}".strip()
            values.append(name_words(words, _TAKEN | set(values), "answer"))
    return tuple(values)


def _trees(writing: _Writing, item: Item) -> Iterator[dict[str, Tree]]:
    """The group trees that say ``item``: one, and more where its answers say several things at once."""
    if isinstance(item, Advice):
        yield _leaf(writing, item)
        return
    below = [
        [tree for content in answer.contents for tree in _trees(writing, content)] for answer in item.answers
    ]
    for place in range(max(1, *map(len, below))):
        tree: dict[str, Tree] = {"ask": writing.names[id(item)]}
        for value, answer, trees in zip(writing.values[id(item)], item.answers, below, strict=True):
            tree[value] = trees[place] if place < len(trees) else _cite(writing, answer.source)
        yield tree


def _leaf(writing: _Writing, advice: Advice) -> dict[str, Tree]:
    told = {"recommend": advice.recommend, "how": advice.how, "say": advice.say}
    return {**{key: text for key, text in told.items() if text}, **_cite(writing, advice.source)}


def _cite(writing: _Writing, words: Words) -> Mapping[str, Tree]:
    source = quote_line(words, writing.sections)
    if source is None:
        raise UncitedError(words)
    return {"cite": source.cite, "quote": source.quote}
