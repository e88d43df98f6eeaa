"""What would change a decision, and why an option is not recommended."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import FactError, OptionError, decide, flips, parse_rules, why_not

RULES = parse_rules(
    """\
rules: travel
options: {walk: Walk, train: Train, plane: Plane}
facts:
  kilometres: {ask: How far is it?, unit: km}
  sea: {ask: Is there a sea between?}
  afraid: {ask: Are you afraid of flying?, assume: no}
  pills: {ask: Do pills help?, only_for: fear}
  bicycle: {assume: no}
groups:
  way:
    kind: need
    ask: kilometres
    "< 0": {}
    ">= 0 and <= 5": {require: walk, cite: t/a, quote: Short ways are walked.}
    "> 5 and <= 10": {require: walk}
    "> 10": {ask: sea, no: {require: train, cite: t/b, quote: Land means train.}, yes: {require: plane}}
  fright: {kind: constraint, ask: afraid, yes: {exclude: plane, cite: t/c, quote: Never fly in fear.}, no: {}}
  wheels: {kind: need, ask: bicycle, yes: {require: train}, no: {}}
conflicts:
  fear:
    {between: [way, fright], over: plane, say: Fear., ask: pills, yes: {allow: plane}, no: {unresolved: true}}
"""
)


def shown(found):
    return [(dict(flip.change), flip.status, flip.options) for flip in found]


def test_each_single_answer_that_changes_the_result_is_told():
    assert shown(flips(RULES, {"kilometres": 500, "sea": "yes"})) == [
        ({"kilometres": "< 0"}, "decided", ()),
        ({"kilometres": ">= 0 and <= 10"}, "decided", ("walk",)),
        ({"sea": "no"}, "decided", ("train",)),
        ({"afraid": "yes"}, "conflict", ()),
        ({"bicycle": "yes"}, "decided", ("plane", "train")),
    ]


def test_numbers_change_to_ranges_and_neighbours_with_one_result_are_one_range():
    found = shown(flips(RULES, {"kilometres": 7}))
    assert ({"kilometres": "> 10"}, "undecided", ()) in found
    assert not [change for change, _, _ in found if change.get("kilometres") == ">= 0 and <= 5"]


def test_a_fact_that_cannot_matter_is_in_no_change():
    assert "sea" not in {fact for flip in flips(RULES, {"kilometres": 7}) for fact in flip.change}


def test_the_way_out_of_a_conflict_is_a_change():
    found = shown(flips(RULES, {"kilometres": 500, "sea": "yes", "afraid": "yes"}))
    assert ({"pills": "yes"}, "decided_by_exception", ("plane",)) in found
    assert ({"afraid": "no"}, "decided", ("plane",)) in found


def test_two_answers_are_changed_only_where_one_does_not_do():
    both = parse_rules(
        "rules: b\noptions: {a: A, b: B}\nfacts: {one: {ask: One?}, two: {ask: Two?}}\n"
        "groups:\n  g: {kind: need, ask: one, no: {require: a}, yes: {ask: two, no: {require: a},\n"
        "    yes: {require: b}}}\n"
    )
    assert shown(flips(both, {"one": "no", "two": "no"})) == [
        ({"one": "yes", "two": "yes"}, "decided", ("b",)),
    ]
    assert shown(flips(both, {"one": "yes", "two": "no"})) == [({"two": "yes"}, "decided", ("b",))]


def test_rules_that_cannot_give_anything_else_have_no_flips():
    constant = parse_rules("rules: c\noptions: {a: A}\nfacts: {}\ngroups: {g: {kind: need, require: a}}\n")
    assert flips(constant, {}) == ()


def test_why_not_names_the_steps_that_block_an_option():
    found = why_not(RULES, {"kilometres": 500, "sea": "no", "afraid": "yes"}, "plane")
    assert not found.recommended
    assert [step.node for step in found.blocked_by] == ["way.> 10.no", "fright.yes"]
    sources = [step.source.quote for step in found.blocked_by if step.source]
    assert sources == ["Land means train.", "Never fly in fear."]


def test_why_not_tells_the_answers_that_would_lead_to_the_option():
    found = why_not(RULES, {"kilometres": 3}, "plane")
    assert [step.node for step in found.blocked_by] == ["way.>= 0 and <= 5"]
    assert shown(found.would) == [({"kilometres": "> 10", "sea": "yes"}, "decided", ("plane",))]


def test_why_not_of_what_is_recommended_says_that_it_is():
    assert why_not(RULES, {"kilometres": 3}, "walk").recommended


def test_why_not_of_an_unknown_option_or_fact_is_refused():
    with pytest.raises(OptionError, match="did you mean 'plane'"):
        why_not(RULES, {}, "plain")
    with pytest.raises(FactError, match="did you mean 'sea'"):
        flips(RULES, {"see": "yes"})


NAMES = {"kilometres": (3, 7, 500), "sea": ("yes", "no"), "afraid": ("yes", "no"), "bicycle": ("yes", "no")}
FACTS = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in NAMES.items()})


def representative(name, text):
    if name != "kilometres":
        return text
    return {"< 0": -1, ">= 0 and <= 10": 7, "<= 10": 7, ">= 0 and <= 5": 3, "> 5 and <= 10": 7, "> 10": 500}[
        text
    ]


@given(FACTS)
def test_every_flip_told_is_true_and_none_is_missing(facts):
    now = decide(RULES, facts)
    found = flips(RULES, facts)
    for flip in found:
        after = decide(
            RULES, facts | {name: representative(name, text) for name, text in flip.change.items()}
        )
        assert (after.status, after.options) == (flip.status, flip.options)
        assert (after.status, after.options) != (now.status, now.options)
    told = {(name, text) for flip in found for name, text in flip.change.items() if len(flip.change) == 1}
    for name, value in itertools.chain.from_iterable(((n, v) for v in vs) for n, vs in NAMES.items()):
        after = decide(RULES, facts | {name: value})
        if (after.status, after.options) != (now.status, now.options):
            assert any(name == fact and representative(name, text) for fact, text in told)
