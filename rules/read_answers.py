"""Tells what the nodes of a drawn tree are: questions, answers, advice and notes.

A line that ends in a question mark asks; the lines below a question are its answers. Below an answer stand
what follows from it, further questions (all of which hold side by side), or lines ``case → result``, which
are the answers to a question that the answer's own words imply.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rules.advice import Advice, Answer, Item, Question, yes_no
from rules.drawn_words import (
    Reading,
    Said,
    asks,
    clean,
    goes_on,
    inner_question,
    is_note,
    is_open,
    offers,
    read_words,
    yes_or_no,
)
from rules.read_drawn import DrawnNode, DrawnTree

_START = re.compile(r"START\s*(?:[—–:-]{1,2}\s*)?")
_OVERRIDE = re.compile(r"(?:override|exception|red flag)s?\b", re.I)
_DEFAULT = re.compile(r"default\b", re.I)
_DIRECTION = re.compile(r"\bdirections?\b", re.I)


def read_answers(tree: DrawnTree) -> tuple[Item, ...]:
    """What ``tree`` asks and advises; its items hold side by side."""
    root = tree.root
    words = clean(_START.sub("", " ".join(part.text for part in root.parts), count=1))
    if _asked_by_the_root(words, root):
        return _question(words, root)
    return tuple(item for child in root.children for item in _top(child))


def _asked_by_the_root(words: str, root: DrawnNode) -> bool:
    """Whether the branches under the root are the answers to the question that the root asks."""
    apart = any(_OVERRIDE.match(child.words) or _DEFAULT.match(child.words) for child in root.children)
    asked = asks(words) or is_open(words)
    return asked and not apart and len(root.children) > 1 and not any(map(_asking, root.children))


def _top(node: DrawnNode) -> tuple[Item, ...]:
    """What a branch right under the root says."""
    if _OVERRIDE.match(node.words) and node.children:
        return tuple(_exception(child, clean(node.words)) for child in node.children)
    if _DEFAULT.match(node.words):
        reading = read_words(node)
        label = clean(reading.label).rstrip(":")
        return (yes_no(label, node.parts[0], _contents(node, reading), asked="volunteered"),)
    return _together([node])


def _exception(node: DrawnNode, heading: str) -> Question:
    reading = read_words(node)
    first, *rest = _contents(node, reading) or (_told(_said(node, reading)),)
    if isinstance(first, Advice):
        first = replace(first, say=f"{heading} {first.say}".strip())
    words = clean(reading.label)
    return yes_no(words if asks(words) else f"{words}?", node.parts[0], (first, *rest), asked="exception")


def _asking(node: DrawnNode) -> bool:
    """Whether a line asks something that what is drawn can answer, in a question or by its cases."""
    reading = read_words(node)
    return (asks(reading.label) and bool(node.children or reading.results)) or _cases(node.children)


def _cases(nodes: Sequence[DrawnNode]) -> bool:
    """Whether lines are the answers to one question: all of them ``case → result``, or yes and no."""
    readings = [read_words(node) for node in nodes]
    if {found[0] for reading in readings if (found := yes_or_no(reading.label))} == {"yes", "no"}:
        return True
    told = [reading for reading in readings if reading.results and reading.label and not asks(reading.label)]
    return len(nodes) > 1 and len(told) == len(nodes)


def _together(nodes: Sequence[DrawnNode], before: Sequence[Said] = ()) -> tuple[Item, ...]:
    """What lines below an answer say: one piece of advice, and each question that stands beside it."""
    lines, questions = list(before), list[Item]()
    for node in nodes:
        reading = read_words(node)
        if asks(reading.label) and _asking(node):
            questions += _question(clean(reading.label), node, reading.results)
        elif _asking(node):
            lines += _said(node, reading) if reading.results else []
            questions += _question(_words(node, reading), node)
        else:
            lines += _said(node, reading)
            inner = _together(node.children)
            lines += [
                Said(text, one.source) for one in inner if isinstance(one, Advice) for text in _texts(one)
            ]
            questions += [one for one in inner if isinstance(one, Question)]
    return (*((_told(lines),) if lines else ()), *questions)


def _words(node: DrawnNode, reading: Reading) -> str:
    """What a line asks, in its own words; where they are yes or no alone, in those of what it leads to."""
    label = clean(reading.label)
    if asks(label):
        return label
    answers = [clean(read_words(child).label) for child in node.children]
    if found := yes_or_no(label):
        label = reading.results[0].text if reading.results else found[1] or " or ".join(answers)
    words = label.rstrip(":") or clean(node.parts[0].text)
    plain = is_open(words) or any(map(yes_or_no, answers)) or (found and not reading.results)
    return f"{words}?" if plain else f"{words}: which of these?"


def _said(node: DrawnNode, reading: Reading) -> list[Said]:
    """The words of a line that is told as a whole, and its notes."""
    whole = Said(
        clean(" → ".join(filter(None, (reading.label, *(one.text for one in reading.results))))),
        node.parts[0],
    )
    return [whole, *reading.notes]


def _texts(advice: Advice) -> list[str]:
    return [text for text in (advice.recommend, advice.how, advice.say) if text]


def _told(lines: Sequence[Said]) -> Advice:
    """One piece of advice: the first line is recommended, the further ones say how; notes are noted."""
    notes = [one for one in lines if is_note(one.text) or goes_on(one.text)]
    steps = [one for one in lines if one not in notes]
    how, say = "; ".join(one.text for one in steps[1:]), " ".join(one.text for one in notes)
    if not steps:
        return Advice("", "", say, lines[0].source)
    return Advice(steps[0].text, how, say, steps[0].source)


def _question(words: str, node: DrawnNode, results: tuple[Said, ...] = ()) -> tuple[Item, ...]:
    """The question ``words`` with the lines below ``node`` as what follows from its answers.

    ``results`` are what stands behind arrows on the question's own line.
    """
    children = node.children
    reading = replace(read_words(node), results=results)
    if not children or _only_if_yes(words, children, reading):
        return (yes_no(words, node.parts[0], _together(children, (*reading.results, *reading.notes))),)
    if len(children) == 1 and not yes_or_no(read_words(children[0]).label):
        return _together(children, reading.notes)  # an open question with a single answer has been answered
    if results and asks(reading.label):
        words = clean(node.parts[0].text)  # with its result, which no answer of the drawing carries
    last = bool(_DIRECTION.search(words))
    answers = [_answer(child, last_arrow=last) for child in children]
    if [answer.key for answer in answers] in (["yes"], ["no"]):
        # The guide draws one side alone: of the other it says nothing.
        answers.append(Answer("no" if answers[0].key == "yes" else "yes", "", (), node.parts[0]))
    return (Question(words, tuple(answers), node.parts[0]),)


def _only_if_yes(words: str, children: Sequence[DrawnNode], reading: Reading) -> bool:
    """Whether what stands below a question are no answers, but what follows if it is answered with yes."""
    labels = [read_words(child) for child in children]
    if is_open(words) or any(yes_or_no(label.label) for label in labels) or not asks(words):
        return False
    if len(children) == 1 or all(map(_asking, children)) or reading.results:
        return True
    return not offers(words) and not any(label.results for label in labels)


def _answer(node: DrawnNode, *, last_arrow: bool) -> Answer:
    reading = read_words(node, last_arrow=last_arrow)
    label, asked, results = reading.label, "", reading.results
    if node.children and (inner := inner_question(label)):
        label, asked = inner
    elif node.children and reading.results and asks(reading.results[0].text):
        asked, results = reading.results[0].text, reading.results[1:]
    found = yes_or_no(label)
    key, meaning = found or ("", clean(label))
    told = _question(clean(asked), node, results) if asked else _contents(node, reading)
    return Answer(key, clean(meaning), told, node.parts[0])


def _contents(node: DrawnNode, reading: Reading) -> tuple[Item, ...]:
    """What follows from an answer."""
    if _cases(node.children):
        before = (_told((*reading.results, *reading.notes)),) if reading.results or reading.notes else ()
        return (*before, *_question(_words(node, reading), node))
    if node.children or reading.results:
        return _together(node.children, (*reading.results, *reading.notes))
    found = yes_or_no(reading.label)
    label = clean(found[1] if found else reading.label)
    told = () if not label or label.startswith("(") else (Said(label, node.parts[0]),)
    if found or re.search(r"\s[—–-]{1,2}\s|:\s", label):
        return (_told((*told, *reading.notes)),) if told or reading.notes else ()
    return (Advice("", "", " ".join([label, *(one.text for one in reading.notes)]), node.parts[0]),)
