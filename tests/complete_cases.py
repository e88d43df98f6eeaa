"""Every complete case of a rule set, and zen-engine's word on each."""

import itertools

import zen

from rules import Ask, decide
from rules.jdm import field_names, to_jdm
from rules.load import nodes
from rules.ranges import cells


def complete_cases(rules):
    """Each way to answer every fact that needs and constraints ask, a number in each of its pieces.

    About the exception of a conflict nobody may have been asked: to zen-engine that is a value as well.
    """
    ranges = {}
    for group in rules.groups:
        for node in nodes(group.root):
            if group.kind != "preference" and isinstance(node, Ask):
                within = ranges.setdefault(node.fact, [])
                within.extend(branch.within for branch in node.branches if branch.within)
    domains = {}
    for name, fact in rules.facts.items():
        if fact.only_for:
            domains[name] = ("unasked", *fact.values)
        elif name in ranges and fact.numeric:
            domains[name] = [piece.sample() for piece in cells(ranges[name])]
        elif name in ranges:
            domains[name] = fact.values
    for answers in itertools.product(*domains.values()):
        yield dict(zip(domains, answers, strict=True))


def agree(rules):
    """How many complete cases there are; both engines agree on each."""
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"it": to_jdm(rules)}}})
    fields = field_names(rules)
    cases = list(complete_cases(rules))
    for facts in cases:
        told = engine.evaluate("it", {fields[name]: answer for name, answer in facts.items()})["result"]
        mine = decide(rules, said(facts))
        assert (told["status"], tuple(told["options"])) == (mine.status, mine.options), facts
    return len(cases)


def said(facts):
    """The case as the engine takes it: what nobody was asked is left out."""
    return {name: answer for name, answer in facts.items() if answer != "unasked"}
