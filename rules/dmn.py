"""The rules as a decision model in DMN 1.5, the standard of the Object Management Group (formal/24-01-01).

Each group is a decision with a table whose rows exclude one another (hit policy ``UNIQUE``), one for each
leaf, annotated with the guide's words. Each declared conflict is a decision of its own: whether it fires,
and what its exception then requires and allows. The last decision unites what is required, takes away what
is allowed, and tells status and options.

DMN knows no completions: a model decides complete cases. An assumption stands in the input's expression;
where anything else is missing the status is ``undecided``, also where the rule engine could tell more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from rules.dmn_elements import add_literal, add_row, decision, identifiers, named, table_of, visible
from rules.dmn_layout import add_layout
from rules.feel import feel_list, feel_string, feel_test, otherwise
from rules.jdm import field_names
from rules.model import Conflict, FactSpec, Group, Leaf, RuleSet, Source, WayOut
from rules.rows import rows

MODEL = "https://www.omg.org/spec/DMN/20230324/MODEL/"
DMNDI = "https://www.omg.org/spec/DMN/20230324/DMNDI/"
DC = "http://www.omg.org/spec/DMN/20180521/DC/"
DI = "http://www.omg.org/spec/DMN/20180521/DI/"
UNASKED = "unasked"
RESULT = "result"
SIDES = ("require", "exclude")
WAY_OUT = ("state", "require", "allow")
MEANING = (
    "Each decision group_… gives what one group of the rules requires and excludes; result unites them. An "
    "option that is required and excluded is contested: the status is then conflict and no option is given, "
    "for the rules do not let one side win. Each decision conflict_… names a collision that the author knows "
    "of. Its state is none (does not happen), open (happens; the way out is not asked yet), applies (the way "
    "out holds: what it allows is no longer excluded by these two groups, what it requires is required, and "
    "the status is decided_by_exception) or unresolved (it does not hold, or there is none). Preferences "
    "stand apart: they never change the result. This model decides complete cases: where an input is missing "
    "that has no assumption, the status is undecided. Limits are no part of it."
)


@dataclass(frozen=True, slots=True)
class _Names:
    """What facts, groups and conflicts are called in expressions: letters, digits, underscores."""

    facts: Mapping[str, str]
    groups: Mapping[str, str]
    conflicts: Mapping[str, str]


def to_dmn(rules: RuleSet) -> str:
    """The model of ``rules`` as XML, the same bytes for the same rules file."""
    names = _Names(
        field_names(rules),
        identifiers("group_", (group.name for group in rules.groups)),
        identifiers("conflict_", (conflict.name for conflict in rules.conflicts)),
    )
    top = Element(
        "definitions",
        {
            "xmlns": MODEL,
            "xmlns:dmndi": DMNDI,
            "xmlns:dc": DC,
            "xmlns:di": DI,
            "id": "definitions",
            "name": visible(rules.name),
            "namespace": f"urn:groundrule:rules:{rules.sha256}",
            "exporter": "groundrule",
        },
    )
    version = f"Version {rules.version}. " if rules.version else ""
    SubElement(top, "description").text = visible(f"{version}{MEANING}")
    asked = _asked(rules)
    for fact in asked:
        _type_of_fact(top, fact, names)
    _types(top)
    for fact in asked:
        _input(top, fact, names)
    for group in rules.groups:
        _group(top, group, rules, names)
    for conflict in rules.conflicts:
        _conflict(top, conflict, names)
    _result(top, rules, names)
    add_layout(top)
    indent(top)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(top, encoding="unicode") + "\n"


def _asked(rules: RuleSet) -> list[FactSpec]:
    """The facts that groups and ways out ask, in the author's order."""
    used = {name for group in rules.groups for cells, _ in rows(group.root) for name in cells}
    used |= {conflict.ask for conflict in rules.conflicts if conflict.ask}
    return [fact for name, fact in rules.facts.items() if name in used]


def _type_of_fact(top: Element, fact: FactSpec, names: _Names) -> None:
    if fact.numeric:
        return
    values = [*fact.values, *([UNASKED] if fact.only_for else [])]
    item = named(top, "itemDefinition", f"type_{names.facts[fact.name]}", fact.title)
    SubElement(item, "typeRef").text = "string"
    SubElement(SubElement(item, "allowedValues"), "text").text = ", ".join(map(feel_string, values))


def _types(top: Element) -> None:
    for name, parts in (
        ("contribution", SIDES),
        ("preference", ("prefer",)),
        ("way_out", WAY_OUT),
        (RESULT, ("required", "excluded", "contested", "status", "options")),
    ):
        item = named(top, "itemDefinition", f"type_{name}", "")
        for part in parts:
            listed = {} if part in ("state", "status") else {"isCollection": "true"}
            component = SubElement(item, "itemComponent", {"name": part, **listed})
            SubElement(component, "typeRef").text = "string"


def _input(top: Element, fact: FactSpec, names: _Names) -> None:
    name = names.facts[fact.name]
    data = named(top, "inputData", name, fact.title)
    told = [fact.ask or "", fact.why or "", *(f"{value}: {said}" for value, said in fact.meanings.items())]
    if fact.unit:
        told.append(f"in {fact.unit}")
    if fact.assume is not None:
        told.append(f"assumed while nothing is said: {fact.assume}")
    if fact.only_for:
        told.append(f"asked only for the conflict {fact.only_for}; {UNASKED} until then")
    SubElement(data, "description").text = visible("\n".join(filter(None, told)))
    SubElement(data, "variable", {"name": name, "typeRef": "number" if fact.numeric else f"type_{name}"})


def _group(top: Element, group: Group, rules: RuleSet, names: _Names) -> None:
    """A group's decision: its table, or for one that is a leaf by itself what it says in any case."""
    reached = list(rows(group.root))
    facts = [name for name in rules.facts if any(name in cells for cells, _ in reached)]
    preference = group.kind == "preference"
    parts = ("prefer",) if preference else SIDES
    label = f"{group.name.replace('_', ' ')} ({group.kind})"
    needs = [("requiredInput", names.facts[fact]) for fact in facts]
    kind = "preference" if preference else "contribution"
    made = decision(top, names.groups[group.name], label, kind, needs)
    if not facts:
        ((_, leaf),) = reached
        told = ", ".join(
            f"{part}: {feel_list(sets)}" for part, sets in zip(parts, _sets(leaf, parts), strict=True)
        )
        made.insert(0, _description(leaf))
        add_literal(made, f"{{{told}}}")
        return
    inputs = [_expression(rules.facts[fact], names.facts[fact]) for fact in facts]
    types = ["number" if rules.facts[fact].numeric else "string" for fact in facts]
    table = table_of(made, list(zip(inputs, types, strict=True)), parts)
    for cells, leaf in reached:
        tests = [feel_test(cells.get(fact)) for fact in facts]
        add_row(table, leaf.id, tests, map(feel_list, _sets(leaf, parts)), _notes(leaf))


def _sets(leaf: Leaf, parts: Sequence[str]) -> list[tuple[str, ...]]:
    of = {"require": leaf.require, "exclude": leaf.exclude, "prefer": leaf.prefer}
    return [of[part] for part in parts]


def _expression(fact: FactSpec, name: str) -> str:
    if fact.assume is None:
        return name
    return otherwise(name, fact.assume if fact.numeric else feel_string(fact.assume))


def _description(leaf: Leaf) -> Element:
    said = Element("description")
    said.text = visible("\n".join(filter(None, _notes(leaf))))
    return said


def _notes(leaf: Leaf) -> tuple[str, str, str]:
    since = f"from {leaf.since}" if leaf.since else ""
    until = f"until {leaf.until}" if leaf.until else ""
    return "; ".join(filter(None, (leaf.how, leaf.say, since, until))), *_cited(leaf.source)


def _cited(source: Source | None) -> tuple[str, str]:
    return (source.cite, source.quote) if source else ("", "")


def _conflict(top: Element, conflict: Conflict, names: _Names) -> None:
    one, two = (names.groups[group] for group in conflict.between)
    over = feel_string(conflict.over)
    sides = (
        f"(list contains({a}.require, {over}) and list contains({b}.exclude, {over}))"
        for a, b in ((one, two), (two, one))
    )
    needs = [("requiredDecision", one), ("requiredDecision", two)]
    inputs = [(" or ".join(sides), "boolean")]
    if conflict.ask:
        asked = names.facts[conflict.ask]
        needs.append(("requiredInput", asked))
        inputs.append((otherwise(asked, feel_string(UNASKED)), "string"))
    label = f"{conflict.name.replace('_', ' ')} (conflict)"
    made = decision(top, names.conflicts[conflict.name], label, "way_out", needs)
    said = Element("description")
    said.text = visible(conflict.say)
    made.insert(0, said)
    table = table_of(made, inputs, WAY_OUT)
    blank = feel_list(())
    if not conflict.ask:
        add_row(table, "happens", ["true"], [feel_string("unresolved"), blank, blank], ("", "", ""))
        add_row(table, "does not happen", ["false"], [feel_string("none"), blank, blank], ("", "", ""))
        return
    for way in conflict.ways:
        add_row(table, f"{conflict.name}.{way.answer}", ["true", feel_string(way.answer)], *_way(way))
    answers = ", ".join(feel_string(way.answer) for way in conflict.ways)
    add_row(
        table, "not asked", ["true", f"not({answers})"], [feel_string("open"), blank, blank], ("", "", "")
    )
    add_row(table, "does not happen", ["false", "-"], [feel_string("none"), blank, blank], ("", "", ""))


def _way(way: WayOut) -> tuple[list[str], tuple[str, str, str]]:
    notes = (way.how, *_cited(way.source))
    if way.unresolved:
        return [feel_string("unresolved"), feel_list(()), feel_list(())], notes
    return [feel_string("applies"), feel_list(way.require), feel_list(way.allow)], notes


def _result(top: Element, rules: RuleSet, names: _Names) -> None:
    groups = [group for group in rules.groups if group.kind != "preference"]
    needed = [names.groups[group.name] for group in groups] + list(names.conflicts.values())
    made = decision(top, RESULT, rules.name, RESULT, [("requiredDecision", name) for name in needed])
    context = SubElement(made, "context")
    exclusions = [_excluded(group, rules, names) for group in groups]
    missing = " or ".join(f"{names.groups[group.name]} = null" for group in groups)
    excepted = " or ".join(f'{name}.state = "applies"' for name in names.conflicts.values())
    decided = f'if {excepted} then "decided_by_exception" else "decided"' if excepted else '"decided"'
    parts: dict[str, str] = {
        "required": _union(f"{name}.require" for name in needed),
        "excluded": _union(exclusions),
        "contested": "required[some barred in excluded satisfies barred = item]",
        "status": (
            f'if {missing or "false"} then "undecided" '
            f'else if count(contested) > 0 then "conflict" else {decided}'
        ),
        "options": (
            'if status = "undecided" or status = "conflict" then [] '
            "else sort(required, function(one, two) one < two)"
        ),
    }
    for name, expression in parts.items():
        entry = SubElement(context, "contextEntry")
        SubElement(entry, "variable", {"name": name})
        add_literal(entry, expression)


def _excluded(group: Group, rules: RuleSet, names: _Names) -> str:
    """What a group excludes, without what the ways out of its conflicts allow."""
    excluded = f"{names.groups[group.name]}.exclude"
    allowed = [
        f"{names.conflicts[conflict.name]}.allow"
        for conflict in rules.conflicts
        if group.name in conflict.between and any(way.allow for way in conflict.ways)
    ]
    # Not `list contains(…, item)`: some interpreters of FEEL do not know `item` as an argument.
    return f"{excluded}[every lifted in {_union(allowed)} satisfies lifted != item]" if allowed else excluded


def _union(lists: Iterable[str]) -> str:
    """All that the lists hold, each once; a single list stands for itself."""
    named = list(lists)
    return named[0] if len(named) == 1 else f"union({', '.join(named)})" if named else "[]"
