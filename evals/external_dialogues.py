"""Dialogues about rules: each rule tree of the set as a pack, asked in the set's own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from ruamel.yaml import YAML

from assistant import Assistant, MessageError, decide_facts
from evals.external import Absent, Figure, Setting, figure
from evals.external_pack import Document, write_set_pack
from evals.external_rows import Row, read_rows

NAME, TASK = "sharc_dev", "state of a dialogue, its tree as rules"
ENDS = {"Yes": "allowed", "No": "refused"}
OPTIONS = {"allowed": "Yes", "refused": "No"}
Tree = dict[str, object]


@dataclass(frozen=True, slots=True)
class TreePack:
    """An opened pack of one tree; ``facts`` maps each of the tree's questions to the fact it became."""

    assistant: Assistant
    facts: Mapping[str, str]

    def question(self, fact: str) -> str:
        """The words of the question about ``fact``."""
        return next(words for words, name in self.facts.items() if name == fact)


def run_sharc(folder: Path, setting: Setting) -> Iterator[Figure | Absent]:
    """The next thing to say, and the facts that a user's story settles."""
    trees = {row.text("tree_id"): row for row in read_rows(folder / "trees.jsonl")}
    rows = setting.sample.of(row for row in read_rows(folder / "tasks.jsonl") if row.text("tree_id") in trees)
    packs = {}
    for number, tree in enumerate(sorted({row.text("tree_id") for row in rows}), 1):
        packs[tree] = _opened(trees[tree], setting)
        setting.progress(number, len(trees), "rule trees")
    read: dict[tuple[str, str], Mapping[str, str]] = {}
    for number, row in enumerate(rows, 1):
        key = (row.text("tree_id"), row.text("scenario"))
        if key not in read:
            read[key] = _read(packs[key[0]].assistant, key[1])
        setting.progress(number, len(rows), "states of dialogues")
    yield from _next_answers(rows, packs, read)
    yield from _facts(rows, packs, read)
    yield Absent(NAME, "questions that a rule text has nothing to do with", "its trees hold no such end")


def _opened(tree: Row, setting: Setting) -> TreePack:
    facts: dict[str, str] = {}
    root = _node(tree, tree.pairs("nodes"), "", facts)
    rules: Tree = {
        "rules": "tree",
        "options": OPTIONS,
        "facts": {name: {"ask": words} for words, name in facts.items()},
        "groups": {"answer": {"kind": "need", **root}},
    }
    text = StringIO()
    YAML(typ="safe", pure=True).dump(rules, text)
    document = Document(tree.text("tree_id"), tree.text("question"), tree.text("snippet"))
    pack = write_set_pack("sharc_tree", [document], setting.cache, text.getvalue())
    return TreePack(Assistant.open(pack.root, cache=setting.cache), facts)


def _node(tree: Row, nodes: Mapping[str, str], path: str, facts: dict[str, str]) -> Tree:
    """What follows on ``path``: the end of the tree, or a question with what follows on each answer."""
    said = nodes.get(path)
    if said is None:
        return {}  # the set has no state from which to tell what follows
    if said in ENDS:
        return {"require": [ENDS[said]]}
    fact = facts.setdefault(said, f"fact_{len(facts) + 1}")
    below = {answer: f"{path} | {said}={answer}" if path else f"{said}={answer}" for answer in ("Yes", "No")}
    return {"ask": fact} | {
        answer.lower(): _node(tree, nodes, where, facts) for answer, where in below.items()
    }


def _read(assistant: Assistant, scenario: str) -> Mapping[str, str]:
    """The facts that the assistant reads in a user's story."""
    try:
        facts = assistant.reply(scenario).answer.facts if scenario.strip() else {}
    except MessageError:
        return {}
    return {name: fact.value for name, fact in facts.items() if fact.value in ("yes", "no")}


def _next_answers(
    rows: tuple[Row, ...],
    packs: Mapping[str, TreePack],
    read: Mapping[tuple[str, str], Mapping[str, str]],
) -> Iterator[Figure]:
    by_story, by_gold = [], []
    for row in rows:
        tree = row.text("tree_id")
        pack = packs[tree]
        told = _told(pack, row, "history")
        story = dict(read[tree, row.text("scenario")]) | told
        by_story.append((tree, float(_next(pack, story) == row.text("answer"))))
        by_gold.append((tree, float(_next(pack, _told(pack, row, "evidence") | told) == row.text("answer"))))
    yield figure((NAME, TASK, "reading and rules", "next answer right"), by_story)
    yield figure((NAME, TASK, "rules, gold evidence", "next answer right"), by_gold)


def _told(pack: TreePack, row: Row, key: str) -> dict[str, str]:
    return {
        pack.facts[one.text("follow_up_question")]: one.text("follow_up_answer").casefold()
        for one in row.rows(key)
        if one.text("follow_up_question") in pack.facts
    }


def _next(pack: TreePack, facts: Mapping[str, str]) -> str:
    """What the rules say next: Yes, No, or the question to ask; nothing where the tree breaks off."""
    decision = decide_facts(pack.assistant.pack, facts).decision
    if decision.options:
        return OPTIONS[decision.options[0]]
    return pack.question(decision.next.fact) if decision.next else ""


def _facts(
    rows: tuple[Row, ...],
    packs: Mapping[str, TreePack],
    read: Mapping[tuple[str, str], Mapping[str, str]],
) -> Iterator[Figure]:
    wanted = {
        (row.text("tree_id"), row.text("scenario"), fact): value
        for row in rows
        for fact, value in _told(packs[row.text("tree_id")], row, "evidence").items()
    }
    came = [(tree, read[tree, story].get(fact), value) for (tree, story, fact), value in wanted.items()]
    named = (NAME, "yes or no facts in a user's story", "reading of described facts")
    yield figure((*named, "read right"), [(tree, float(said == value)) for tree, said, value in came])
    said = [(tree, float(said == value)) for tree, said, value in came if said]
    yield figure((*named, "right where something was read"), said)
