"""What a decision means: all completions of what is missing, conflicts, assumptions, preferences, limits."""

from datetime import date
from pathlib import Path

import pytest

from rules import FactError, as_of, decide, parse_rules

SMALL = (Path(__file__).parent / "weather.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def weather():
    return parse_rules(SMALL)


def test_one_result_of_all_completions_is_decided(weather):
    decision = decide(weather, {"far": "yes"})
    assert (decision.status, decision.options) == ("decided", ("car",))
    assert decision.possible == (("car",),)
    assert decision.how == ""  # which of the two leaves was reached depends on the rain


def test_several_results_are_undecided_with_what_is_still_possible(weather):
    decision = decide(weather, {"rain": "yes"})
    assert (decision.status, decision.options) == ("undecided", ())
    assert decision.possible == (("car",), ("umbrella",))
    assert decision.possible_count == 2
    assert decision.next is not None
    assert decision.next.fact == "far"


def test_a_missing_fact_is_never_taken_as_no(weather):
    assert decide(weather, {"far": "no"}).status == "undecided"
    assert decide(weather, {"far": "no", "rain": "unknown"}).status == "undecided"


def test_a_fact_that_no_completion_reaches_cannot_matter():
    rules = parse_rules(
        "rules: w\noptions: {a: A, b: B}\nfacts: {one: {ask: One?}, two: {ask: Two?}}\n"
        "groups:\n  g: {kind: need, ask: one, yes: {require: a}, no: {ask: two, yes: {require: a},\n"
        "    no: {require: b}}}\n"
    )
    decision = decide(rules, {"one": "yes"})
    assert (decision.status, decision.options, decision.next) == ("decided", ("a",), None)


def test_nothing_required_in_every_completion_is_decided_with_no_option():
    rules = parse_rules(
        "rules: w\noptions: {a: A}\nfacts: {one: {ask: One?}}\n"
        "groups: {g: {kind: need, ask: one, yes: {require: a}, no: {}}}\n"
    )
    assert decide(rules, {"one": "no"}).status == "decided"
    assert decide(rules, {"one": "no"}).options == ()


def test_a_tree_whose_leaves_recommend_needs_no_options():
    rules = parse_rules(
        "rules: w\nfacts: {rain: {ask: Rain?}}\n"
        "groups: {g: {kind: need, ask: rain, yes: {recommend: Stay at home}, no: {recommend: Go out}}}\n"
    )
    assert decide(rules, {"rain": "yes"}).options == ("Stay at home",)
    assert decide(rules, {}).possible == (("Go out",), ("Stay at home",))


def test_an_assumption_is_named_where_dropping_it_could_change_the_result(weather):
    decision = decide(weather, {"rain": "yes", "far": "no"})
    assert (decision.status, decision.options) == ("decided", ("umbrella",))
    assert dict(decision.assumed) == {"storm": "no", "depth": "0"}
    assert decision.next is not None
    assert decision.next.fact == "storm"


def test_an_assumption_that_cannot_matter_is_not_named(weather):
    decision = decide(weather, {"far": "yes", "depth": 0})
    assert dict(decision.assumed) == {}
    assert decision.next is None


def test_an_assumption_holds_when_the_user_cannot_say_and_is_not_asked_again(weather):
    decision = decide(weather, {"rain": "yes", "far": "no", "storm": "unknown", "depth": 0})
    assert (decision.status, decision.options) == ("decided", ("umbrella",))
    assert dict(decision.assumed) == {"storm": "no"}
    assert decision.next is None


def test_an_assumption_is_overturned_when_the_fact_becomes_known(weather):
    assert decide(weather, {"rain": "yes", "far": "no", "storm": "yes"}).status == "conflict"


def test_assumptions_that_matter_only_together_are_both_named():
    rules = parse_rules(
        "rules: w\noptions: {a: A, b: B}\n"
        "facts: {one: {ask: One?, assume: no}, two: {ask: Two?, assume: no}}\n"
        "groups:\n  g: {kind: need, ask: one, no: {require: a}, yes: {ask: two, yes: {require: b},\n"
        "    no: {require: a}}}\n"
    )
    decision = decide(rules, {})
    assert decision.options == ("a",)
    assert dict(decision.assumed) == {"one": "no", "two": "no"}
    assert decision.next is not None


def test_a_volunteered_fact_holds_its_assumption_silently(weather):
    silent, said = decide(weather, {"far": "no", "rain": "no"}), decide(weather, {"luggage": "yes"})
    assert "luggage" not in silent.assumed
    assert not [step for step in silent.trace if step.fact == "luggage"]
    assert silent.required == ()
    assert said.required == ("car",)
    assert [step.node for step in said.trace if step.fact == "luggage"] == ["bags.yes"]


def test_a_conflict_is_where_required_and_excluded_meet(weather):
    decision = decide(weather, {"rain": "yes", "far": "no", "storm": "yes"})
    assert (decision.status, decision.options, decision.possible) == ("conflict", (), ())
    (found,) = decision.conflicts
    assert (found.name, found.over, found.between) == ("storm_umbrella", "umbrella", ("need", "danger"))
    assert [side.quote for side in found.sides] == ["Rain asks for an umbrella.", "No umbrella in a storm."]
    assert found.nodes == ("need.yes.no", "danger.yes")


def test_what_is_required_regardless_of_a_conflict_stands(weather):
    decision = decide(weather, {"rain": "yes", "far": "no", "storm": "yes", "depth": 20, "luggage": "yes"})
    assert decision.required == ("boots", "car", "umbrella")
    assert decision.conflicts[0].stands == ("boots", "car")


def test_the_exception_of_a_conflict_is_asked_and_then_applies_or_not(weather):
    facts = {"rain": "yes", "far": "no", "storm": "yes", "depth": 0}
    unasked = decide(weather, facts)
    assert unasked.conflicts[0].exception == "unasked"
    assert unasked.next is not None
    assert unasked.next.fact == "sheltered"
    assert unasked.conflicts[0].how == "go from shelter to shelter"

    applies = decide(weather, facts | {"sheltered": "yes"})
    assert (applies.status, applies.options) == ("decided_by_exception", ("boots", "umbrella"))
    assert applies.how == "go from shelter to shelter"
    assert applies.conflicts[0].exception == "applies"
    assert applies.conflicts[0].source is not None
    assert applies.conflicts[0].source.quote == "Shelter helps."
    assert applies.next is None

    refused = decide(weather, facts | {"sheltered": "no"})
    assert (refused.status, refused.conflicts[0].exception, refused.next) == ("conflict", "refused", None)
    assert refused.conflicts[0].source is not None
    assert refused.conflicts[0].source.quote == "Then wait."

    unknown = decide(weather, facts | {"sheltered": "unknown"})
    assert (unknown.status, unknown.conflicts[0].exception, unknown.next) == ("conflict", "unknown", None)


def test_a_fact_of_an_exception_is_no_part_of_the_completions(weather):
    decision = decide(weather, {"rain": "no", "far": "no", "depth": 0, "storm": "no"})
    assert decision.status == "decided"
    assert decide(weather, {"sheltered": "yes"}).status == "undecided"


def test_an_exception_lifts_only_what_its_own_groups_exclude():
    rules = parse_rules(
        "rules: w\noptions: {a: A}\n"
        "facts: {one: {ask: One?}, two: {ask: Two?}, three: {ask: Three?}, way: {ask: Way?, only_for: c}}\n"
        "groups:\n  n: {kind: need, ask: one, yes: {require: a}, no: {}}\n"
        "  x: {kind: constraint, ask: two, yes: {exclude: a}, no: {}}\n"
        "  y: {kind: constraint, ask: three, yes: {exclude: a}, no: {}}\n"
        "conflicts:\n  c: {between: [n, x], over: a, say: Both., ask: way,\n"
        "    yes: {allow: a}, no: {unresolved: true}}\n"
    )
    facts = {"one": "yes", "two": "yes", "way": "yes"}
    assert decide(rules, facts | {"three": "no"}).status == "decided_by_exception"
    decision = decide(rules, facts | {"three": "yes"})
    assert decision.status == "conflict"


def test_a_collision_that_nobody_declared_is_a_conflict_all_the_same():
    rules = parse_rules(
        "rules: w\noptions: {a: Option A}\nfacts: {one: {ask: One?}, two: {ask: Two?}}\n"
        "groups:\n  n: {kind: need, ask: one, yes: {require: a, cite: s, quote: need}, no: {}}\n"
        "  x: {kind: constraint, ask: two, yes: {exclude: a, cite: s, quote: ban}, no: {}}\n"
    )
    decision = decide(rules, {"one": "yes", "two": "yes"})
    assert decision.status == "conflict"
    (found,) = decision.conflicts
    assert not found.declared
    assert "Option A" in found.say
    assert found.exception == "none"
    assert [side.quote for side in found.sides] == ["need", "ban"]
    assert decision.next is None


def test_all_completions_in_conflict_are_a_conflict_though_they_require_different_things():
    rules = parse_rules(
        "rules: w\noptions: {a: A, b: B, c: C}\nfacts: {one: {ask: One?}}\n"
        "groups:\n  n: {kind: need, ask: one, yes: {require: [a, b]}, no: {require: [a, c]}}\n"
        "  x: {kind: constraint, exclude: a}\n"
    )
    decision = decide(rules, {})
    assert decision.status == "conflict"
    assert decision.required == ("a",)
    assert decision.conflicts[0].stands == ()
    assert decision.next is None


def test_a_conflict_that_is_only_possible_is_said_to_be(weather):
    decision = decide(weather, {"storm": "yes", "far": "no"})
    assert decision.status == "undecided"
    assert decision.may_conflict
    assert decision.possible == ((),)
    assert decision.conflicts == ()


def test_numbers_branch_on_ranges_and_may_come_as_text(weather):
    assert decide(weather, {"far": "yes", "depth": 5}).options == ("car",)
    assert decide(weather, {"far": "yes", "depth": 5.01}).options == ("boots", "car")
    assert decide(weather, {"far": "yes", "depth": "5.01"}).options == ("boots", "car")


def test_the_trace_names_each_node_passed_with_its_answer_and_words(weather):
    decision = decide(weather, {"rain": "yes", "far": "no", "depth": 7})
    path = [(step.node, step.fact, step.answer, step.assumed, step.leaf) for step in decision.trace]
    assert path == [
        ("need.yes", "rain", "yes", False, False),
        ("need.yes.no", "far", "no", False, True),
        ("feet.> 5", "depth", "> 5", False, True),
        ("danger.no", "storm", "no", True, True),
    ]
    leaf = decision.trace[1]
    assert (leaf.require, leaf.how) == (("umbrella",), "hold it high")
    assert leaf.source is not None
    assert decision.how == "hold it high"


def test_an_undecided_group_is_traced_as_far_as_it_goes(weather):
    assert decide(weather, {"rain": "yes", "storm": "no"}).trace[0].node == "need.yes"


def test_what_somebody_disputes_is_said_where_it_is_passed(weather):
    assert [one.by for one in decide(weather, {"rain": "yes", "far": "no"}).disputed] == ["a neighbour"]
    assert decide(weather, {"far": "yes"}).disputed == ()


def test_an_id_replays_and_depends_on_rules_and_facts_alone(weather):
    one = decide(weather, {"rain": "yes", "depth": 7})
    two = decide(parse_rules(SMALL), {"depth": 7.0, "rain": "yes"})
    three = decide(weather, {"depth": "7", "rain": "yes"})
    assert one == two == three
    assert len(one.id) == 12
    assert decide(weather, {"rain": "no", "depth": 7}).id != one.id
    assert decide(parse_rules(SMALL + "\n# changed\n"), {"rain": "yes", "depth": 7}).id != one.id


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"rian": "yes"}, "did you mean 'rain'?"),
        ({"rain": "yess"}, "did you mean 'yes'?"),
        ({"rain": True}, "cannot be True"),
        ({"rain": None}, "cannot be None"),
        ({"rain": ["yes"]}, "cannot be"),
        ({"depth": "deep"}, "a number in cm"),
        ({"depth": float("nan")}, "a number in cm"),
        ({"depth": True}, "a number in cm"),
        ({"depth": 10**400}, "a number in cm"),
    ],
)
def test_a_fact_that_does_not_fit_the_rules_is_refused_with_what_would(weather, facts, words):
    with pytest.raises(FactError, match="fact") as caught:
        decide(weather, facts)
    assert words in str(caught.value)
    assert caught.value.fact == next(iter(facts))


def test_a_leaf_holds_from_its_first_to_its_last_day_when_a_day_is_named():
    rules = parse_rules(
        "rules: w\noptions: {a: A, b: B}\nfacts: {one: {ask: One?}}\n"
        "groups:\n  g: {kind: need, ask: one, yes: {require: a, until: 2026-03-31}, no: {}}\n"
        "  h: {kind: need, ask: one, yes: {require: b, since: 2026-04-01}, no: {}}\n"
    )
    march, april = (as_of(rules, day) for day in (date(2026, 3, 31), date(2026, 4, 1)))
    assert decide(rules, {"one": "yes"}).options == ("a", "b")
    assert decide(march, {"one": "yes"}).options == ("a",)
    assert decide(april, {"one": "yes"}).options == ("b",)
    assert len({decide(each, {"one": "yes"}).id for each in (rules, march, april)}) == 3
