"""``Decision Logic``: headings "If …" with what follows, read as an ordered list with its default."""

import pytest

from rules import check_rules, decide, parse_rules
from rules.decision_logic import read_decision_logic
from rules.import_text import import_text
from rules.quote_line import GuideSection

LOGIC = """\
# Boots

## Decision Logic

<!-- ### If this is a comment
--> it is none -->

### If budget < $50
--> **Rubber boots** (~$30) or clogs, e.g. The Plain One. Cheap and dry. [src1, src4]

### If user walks far
→ **Leather boots.** They last.
  Oil them (see [care](https://example.org/care)).

### Otherwise, if it is dry → Sandals

### Default recommendation
Stay barefoot. It is healthy.

## Sources
### If this heading counted, it would be wrong
"""


def rules_of(text):
    read = import_text(text, "boots", (GuideSection("boots", 0, len(text), text),))
    assert not read.problems
    (made,) = read.rules
    rules = parse_rules(made.text)
    assert [one for one in check_rules(rules, {"boots": text}) if one.severity == "error"] == []
    return rules


def test_the_first_condition_that_holds_decides_and_else_the_default():
    rules = rules_of(LOGIC)
    budget, far, dry = rules.facts
    assert decide(rules, {budget: "yes"}).options == ("Rubber boots (~$30) or clogs, e.g. The Plain One",)
    assert decide(rules, {budget: "no", far: "yes"}).options == ("Leather boots",)
    assert decide(rules, {budget: "no", far: "no", dry: "yes"}).options == ("Sandals",)
    assert decide(rules, {budget: "no", far: "no", dry: "no"}).options == ("Stay barefoot",)


def test_a_condition_further_down_is_not_enough_while_one_above_is_open():
    rules = rules_of(LOGIC)
    budget, far, _ = rules.facts
    decision = decide(rules, {far: "yes"})
    assert decision.status == "undecided"
    assert decision.next.fact == budget
    assert decision.next.ask == "Does this hold: budget < $50?"


def test_the_rest_says_how_and_the_quote_is_the_line_of_the_guide():
    rules = rules_of(LOGIC)
    budget, far, _ = rules.facts
    step = decide(rules, {budget: "no", far: "yes"}).trace[-1]
    assert step.how == "They last. Oil them (see care)."
    assert step.source.quote == "**Leather boots.** They last."


def test_a_guide_with_a_tree_and_decision_logic_gives_a_file_of_each():
    text = LOGIC + "\n```\nSTART\n└── Wet?\n    ├── YES → Boots\n    └── NO → Shoes\n```\n"
    read = import_text(text, "boots", (GuideSection("boots", 0, len(text), text),))
    assert [one.name for one in read.rules] == ["boots", "boots.decision-logic"]
    assert (read.drawn, len(read.paths), read.logic) == (1, 2, 1)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("### If user walks far", "### Walking far", 11, "begins neither with 'If' nor with 'Default'"),
        ("Stay barefoot. It is healthy.\n", "", 17, "nothing stands below the heading"),
        ("## Sources", "### If it snows\n→ Skis", 20, "stands behind the default"),
    ],
)
def test_a_section_with_a_rule_that_is_not_understood_is_refused_with_its_line(old, new, line, words):
    found, problems = read_decision_logic(LOGIC.replace(old, new))
    assert found == ()
    assert problems[0].line == line
    assert words in problems[0].message


def test_headings_in_code_are_no_rules():
    text = "## Decision Logic\n### If a\n→ b\n```\n### If c\n→ d\n```\n### Default\n→ e\n"
    ((logic,), problems) = read_decision_logic(text)
    assert [rule.condition for rule in logic.rules] == ["a", ""]
    assert not problems
