"""An independent engine, zen-engine, decides each complete case from the JDM form of the same rules."""

from pathlib import Path

import pytest

from rules import decide, load_rules, parse_rules
from tests.complete_cases import agree, complete_cases, said
from tests.generated_rules import generated_rules

ROOT = Path(__file__).parent.parent
SHIPPED = ("rules/boomi.yaml", "tests/weather.yaml", "tests/weather_pack/rules/weather.yaml")


@pytest.mark.parametrize(("file", "cases"), list(zip(SHIPPED, (768, 96, 4), strict=True)))
def test_zen_engine_agrees_on_every_completion_of_the_shipped_rules(file, cases):
    assert agree(load_rules(ROOT / file)) == cases


@pytest.mark.parametrize("first", range(0, 50, 10))
def test_zen_engine_agrees_on_every_completion_of_fifty_generated_rule_sets(first):
    for seed in range(first, first + 10):
        rules = parse_rules(generated_rules(seed))
        assert agree(rules) >= 1, seed


def test_the_generated_rules_decide_conflict_and_except():
    """What the comparison is worth: all that can come out does."""
    seen = {
        decide(rules, said(facts)).status
        for rules in map(parse_rules, map(generated_rules, range(20)))
        for facts in complete_cases(rules)
    }
    assert seen == {"decided", "decided_by_exception", "conflict"}
