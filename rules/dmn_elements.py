"""The elements that a decision model in DMN is written with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def visible(text: str) -> str:
    """``text`` without the characters that XML 1.0 cannot hold."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def named(above: Element, tag: str, name: str, label: str) -> Element:
    """An element below ``above`` with a name for expressions and a label for people."""
    made = SubElement(above, tag, {"id": name, "name": name})
    if label:
        made.set("label", visible(label))
    return made


def decision(top: Element, name: str, label: str, kind: str, needs: Iterable[tuple[str, str]]) -> Element:
    """A decision, its variable, and what it needs: ``requiredInput`` or ``requiredDecision`` with a name."""
    made = named(top, "decision", name, label)
    SubElement(made, "variable", {"name": name, "typeRef": f"type_{kind}"})
    for needed, of in needs:
        requirement = SubElement(made, "informationRequirement", {"id": f"{name}_needs_{of}"})
        SubElement(requirement, needed, {"href": f"#{of}"})
    return made


def table_of(made: Element, inputs: Sequence[tuple[str, str]], outputs: Sequence[str]) -> Element:
    """A decision table in ``made``; ``inputs`` are expressions with their types, ``outputs`` are names."""
    table = SubElement(made, "decisionTable", {"hitPolicy": "UNIQUE"})
    for expression, kind in inputs:
        clause = SubElement(SubElement(table, "input"), "inputExpression", {"typeRef": kind})
        SubElement(clause, "text").text = expression
    for output in outputs:
        SubElement(table, "output", {"name": output})
    for note in ("note", "section", "quote"):
        SubElement(table, "annotation", {"name": note})
    return table


def add_row(
    table: Element, node: str, tests: Iterable[str], outputs: Iterable[str], notes: Iterable[str]
) -> None:
    """A rule of ``table``: the ``node`` that it stands for, its tests, its outputs and its annotations."""
    row = SubElement(table, "rule")
    SubElement(row, "description").text = visible(node)
    for tag, texts in (("inputEntry", tests), ("outputEntry", outputs), ("annotationEntry", notes)):
        for each in texts:
            SubElement(SubElement(row, tag), "text").text = visible(each)


def add_literal(above: Element, expression: str) -> None:
    """An expression as text."""
    SubElement(SubElement(above, "literalExpression"), "text").text = expression


def identifiers(prefix: str, given: Iterable[str]) -> dict[str, str]:
    """For each of ``given`` a name for expressions: letters, digits and underscores, all different."""
    found: dict[str, str] = {}
    for name in given:
        plain = prefix + "".join(one if one.isascii() and one.isalnum() else "_" for one in name)
        while plain in found.values():
            plain += "_"
        found[name] = plain
    return found
