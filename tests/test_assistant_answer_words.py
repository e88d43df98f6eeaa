"""Answers are shown and understood in the guide's own words, not by the names that programs know them by."""

import pytest

from assistant import Assistant, open_pack
from assistant.path import rule_trees
from rules import parse_rules

GUIDE = """# Reports

```
START — How many rows?
├── < 10,000 rows → RaaS REST
└── > 50,000 rows → WQL
    Example: payroll
```
"""


def rules(values):
    return parse_rules(f"""
rules: reports
options: {{rest: REST, wql: WQL}}
facts:
  rows: {{ask: How many rows?, {values}}}
groups:
  size: {{kind: need, ask: rows, small: {{require: [rest]}}, under_10000_rows: {{require: [wql]}}}}
""")


def test_an_answer_named_after_the_guides_words_is_shown_in_them():
    fact = rules('values: [small, under_10000_rows], under_10000_rows: "< 10,000 rows"').facts["rows"]
    assert fact.words("under_10000_rows") == "< 10,000 rows"


@pytest.mark.parametrize("meaning", ["fits on one page", "small, as most are"])
def test_an_answer_that_its_author_named_keeps_its_name(meaning):
    fact = rules(f'values: [small, under_10000_rows], small: "{meaning}"').facts["rows"]
    assert fact.words("small") == "small"


def test_a_leaf_that_asks_for_nothing_says_so_in_the_words_of_its_group():
    told = parse_rules("""
rules: walk
options: {boots: Boots}
facts: {mud: {ask: Is there mud?}, rent: {ask: Rented?}, old: {ask: Old?}}
groups:
  feet: {kind: need, ask: mud, yes: {require: [boots]}, no: {}}
  shop: {kind: constraint, ask: rent, yes: {exclude: [boots]}, no: {}}
  taste: {kind: preference, ask: old, yes: {prefer: [boots]}, no: {}}
conflicts: {shut: {between: [feet, shop], over: boots, say: None to be had.}}
""")
    assert [tree.children[1].text for tree in rule_trees(told, None)] == [
        "needs nothing",
        "rules nothing out",
        "leans nowhere",
    ]


@pytest.fixture
def imported(groundrule, tmp_path):
    guide = tmp_path / "reports.md"
    guide.write_text(GUIDE, encoding="utf-8")
    assert groundrule("pack", "new", "reports", "--from", guide, "--dir", tmp_path).code == 0
    return tmp_path / "reports"


def test_an_imported_tree_is_drawn_with_the_words_of_the_guide(groundrule, imported):
    told = groundrule("pack", "tree", "--pack", imported).out
    assert "├─ < 10,000 rows: RaaS REST" in told
    assert open_pack(imported).rules.facts["how_many_rows"].words("over_50000_rows") == "> 50,000 rows"


@pytest.mark.parametrize(
    ("said", "options"),
    [
        ("> 50,000 rows", ["WQL"]),
        ("over 50000 rows", ["WQL"]),
        ("Our reports have < 10,000 rows.", ["RaaS REST"]),
    ],
)
def test_the_guides_own_words_answer_its_question(cache, imported, said, options):
    adviser = Assistant.open(imported, cache=cache)
    asked = adviser.reply("Which way should we read our reports?")
    answered = adviser.reply(said, asked.conversation)
    assert list(answered.answer.decision.options) == options
