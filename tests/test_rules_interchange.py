"""The rules in the standards of others: DMN and JDM, held against schemas and engines that are not ours."""

import json
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import pytest
import zen
from lxml import etree

from rules import Leaf, decide, load_rules, parse_rules
from rules.dmn import DMNDI, MODEL, to_dmn
from rules.jdm import field_names, to_jdm
from tests.complete_cases import agree, complete_cases, said

TESTS = Path(__file__).parent
AWKWARD = r"""rules: 'awkward <&> "names"'
version: "1"
options: {status: 'A "status"', "it's": "It's", 'say "hi"': "Hi\tthere"}
facts:
  "the size": {ask: "How <big> & wide?", unit: m}
  kind:
    ask: "Which?"
    values: ['a "quoted" one', 'back\slash', "l'autre, größer"]
  fixed: {ask: Fixed?, assume: yes}
  way-out: {ask: A way out?, only_for: clash, values: ['by sea, or air', none]}
groups:
  size-of-it:
    kind: need
    ask: the size
    "<= 3": {require: [status], say: "small\x01 one"}
    "> 3 and < 10": {ask: the size, "<= 5": {require: ["it's"]}, "> 5": {}}
    ">= 10": {require: ['say "hi"', status]}
  kinds:
    kind: constraint
    ask: kind
    'a "quoted" one': {exclude: [status], how: "never <so>"}
    'back\slash': {}
    "l'autre, größer": {exclude: ['say "hi"']}
  always: {kind: need, require: ["it's"]}
  words: {kind: need, ask: fixed, yes: {recommend: "Do \"it\" & it's \\done"}, no: {}}
  taste: {kind: preference, ask: kind, 'a "quoted" one': {prefer: [status]}, 'back\slash': {}, "l'autre, größer": {}}
conflicts:
  clash:
    between: [size-of-it, kinds]
    over: status
    say: They <clash>.
    ask: way-out
    'by sea, or air': {allow: [status], require: ["it's"]}
    none: {unresolved: true}
"""
RULES = {
    "boomi": load_rules(TESTS.parent / "rules" / "boomi.yaml"),
    "weather": load_rules(TESTS / "weather.yaml"),
    "weather pack": load_rules(TESTS / "weather_pack" / "rules" / "weather.yaml"),
    "awkward": parse_rules(AWKWARD),
}
every_rules = pytest.mark.parametrize("rules", RULES.values(), ids=RULES)
TAG = f"{{{MODEL}}}"


def test_zen_engine_decides_every_completion_of_awkward_rules_as_they_do():
    assert agree(RULES["awkward"]) > 50


@every_rules
def test_the_dmn_is_valid_against_the_standards_schema(rules):
    """SpiffWorkflow ships the schema of DMN 1.3; what is written here did not change from 1.3 to 1.5."""
    folder = files("SpiffWorkflow") / "dmn" / "parser" / "schema"
    schema = etree.XMLSchema(etree.parse(str(folder / "DMN13.xsd")))
    text = to_dmn(rules).replace(MODEL, "https://www.omg.org/spec/DMN/20191111/MODEL/")
    text = text.replace(DMNDI, "https://www.omg.org/spec/DMN/20191111/DMNDI/")
    schema.assertValid(etree.fromstring(text.encode()))


def tables(rules):
    """For each group that asks something its decision table in the DMN."""
    top = ElementTree.fromstring(to_dmn(rules))
    decisions = [one for one in top.iter(f"{TAG}decision") if one.get("name").startswith("group_")]
    for group, decision in zip(rules.groups, decisions, strict=True):
        table = decision.find(f"{TAG}decisionTable")
        if table is not None:
            yield group, table
        else:
            assert isinstance(group.root, Leaf)


def texts(element, path):
    return [
        found.text or "" for found in element.findall("/".join(f"{TAG}{part}" for part in path.split("/")))
    ]


def run_by_zen(table):
    """The cells of a DMN table as they are, in a table of zen-engine's that collects every row that fits.

    An assumption stands in the expression of an input (``if x = null then … else x``); all facts are given
    here, so the input alone is left of it.
    """
    inputs = [text.rpartition(" else ")[2] for text in texts(table, "input/inputExpression/text")]
    outputs = [output.get("name") for output in table.findall(f"{TAG}output")]
    rows = []
    for number, rule in enumerate(table.findall(f"{TAG}rule")):
        tests = [text if text != "-" else "" for text in texts(rule, "inputEntry/text")]
        cells = dict(zip([*inputs, *outputs], tests + texts(rule, "outputEntry/text"), strict=True))
        rows.append({"_id": str(number), **cells})
    content = {
        "hitPolicy": "collect",
        "inputs": [{"id": name, "name": name, "field": name} for name in inputs],
        "outputs": [{"id": name, "name": name, "field": name} for name in outputs],
        "rules": rows,
    }
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
        {
            "id": "t",
            "name": "t",
            "type": "decisionTableNode",
            "position": {"x": 0, "y": 0},
            "content": content,
        },
        {"id": "out", "name": "out", "type": "outputNode", "position": {"x": 0, "y": 0}},
    ]
    edges = [
        {"id": f"{one}{two}", "type": "edge", "sourceId": one, "targetId": two}
        for one, two in (("in", "t"), ("t", "out"))
    ]
    graph = {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}
    return zen.ZenEngine({"loader": {"type": "static", "content": {"table": graph}}})


@pytest.mark.parametrize("name", ["boomi", "weather", "weather pack"])
def test_exactly_one_row_of_each_dmn_table_fits_each_completion_and_says_what_the_leaf_says(name):
    rules = RULES[name]
    fields = field_names(rules)
    cases = [(facts, decide(rules, said(facts)).trace) for facts in complete_cases(rules)]
    for group, table in tables(rules):
        if group.kind == "preference":
            continue
        assert table.get("hitPolicy") == "UNIQUE"
        engine = run_by_zen(table)
        for facts, trace in cases:
            (row,) = engine.evaluate("table", {fields[fact]: value for fact, value in facts.items()})[
                "result"
            ]
            leaf = [step for step in trace if step.leaf and step.node.split(".")[0] == group.name]
            expected = (leaf[0].require, leaf[0].exclude) if leaf else ((), ())
            assert (tuple(row["require"]), tuple(row["exclude"])) == expected, (group.name, facts)


def test_texts_in_the_dmn_are_feel_strings_and_xml_text_whatever_they_hold():
    top = ElementTree.fromstring(to_dmn(RULES["awkward"]))
    assert top.get("name") == 'awkward <&> "names"'
    cells = {text.text for text in top.iter(f"{TAG}text")}
    assert r'"a \"quoted\" one"' in cells
    assert r'"back\\slash"' in cells
    assert r'"l' + "'" + r'autre, größer"' in cells
    assert r'["Do \"it\" & it' + "'" + r's \\done"]' in cells
    assert {"<= 3", "(3..5]", "(5..10)", ">= 10"} <= cells
    assert "small\N{REPLACEMENT CHARACTER} one" in cells


def test_names_in_the_dmn_are_identifiers_and_its_references_lead_somewhere():
    for rules in RULES.values():
        top = ElementTree.fromstring(to_dmn(rules))
        ids = [element.get("id") for element in top.iter() if element.get("id")]
        assert len(ids) == len(set(ids))
        assert all(one.isascii() and one.isidentifier() for one in ids)
        targets = {element.get("href")[1:] for element in top.iter() if element.get("href")}
        targets |= {element.get("dmnElementRef") for element in top.iter() if element.get("dmnElementRef")}
        assert targets <= set(ids)


def test_a_conflict_is_a_decision_of_its_own_and_the_model_says_how_conflicts_are_meant():
    top = ElementTree.fromstring(to_dmn(RULES["boomi"]))
    (decision,) = [one for one in top.iter(f"{TAG}decision") if one.get("name") == "conflict_flow_on_premise"]
    states = [texts(rule, "outputEntry/text")[0] for rule in decision.iter(f"{TAG}rule")]
    assert states == ['"applies"', '"unresolved"', '"open"', '"none"']
    assert decision.find(f"{TAG}description").text == RULES["boomi"].conflicts[0].say
    needs = {element.get("href") for element in decision.iter() if element.get("href")}
    assert needs == {"#group_fit", "#group_hosting", "#fact_splittable"}
    meaning = top.find(f"{TAG}description").text
    for word in ("none", "open", "applies", "unresolved", "undecided", "conflict"):
        assert word in meaning


def test_the_quotes_of_the_guide_stand_beside_the_rows_that_rest_on_them():
    quoted = {
        text for _, table in tables(RULES["boomi"]) for text in texts(table, "rule/annotationEntry/text")
    }
    for group in RULES["boomi"].groups:
        for branch in getattr(group.root, "branches", ()):
            if isinstance(branch.node, Leaf) and branch.node.source:
                assert branch.node.source.quote in quoted


def test_the_same_rules_give_the_same_bytes():
    again = load_rules(TESTS.parent / "rules" / "boomi.yaml")
    assert to_dmn(again) == to_dmn(RULES["boomi"])
    assert json.dumps(to_jdm(again)) == json.dumps(to_jdm(RULES["boomi"]))
