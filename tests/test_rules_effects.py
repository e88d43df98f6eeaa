"""What the facts can still do to a decision: what cannot matter, what numbers do, and what if."""

import itertools
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from rules import cannot_matter, decide, effects, flips, load_rules, number_effects, parse_rules, what_if

BOOMI = load_rules(Path(__file__).parent.parent / "rules" / "boomi.yaml")
WEATHER = parse_rules((Path(__file__).parent / "weather.yaml").read_text(encoding="utf-8"))


def ranges(rules, facts, fact):
    (effect,) = [one for one in number_effects(rules, facts) if one.fact == fact]
    return [(one.within, one.options, dict(one.limits), one.holds) for one in effect.ranges]


def test_without_people_no_answer_about_data_or_servers_can_matter():
    found = cannot_matter(BOOMI, {"human_interaction": "no"})
    assert {"data_transformation", "on_premise", "splittable", "budget_model"} <= set(found)
    assert "human_interaction" not in found
    assert "end_user_portal" not in found


def test_a_preference_never_matters():
    assert "budget_model" in cannot_matter(BOOMI, {})


def test_the_way_out_matters_where_its_conflict_may_come():
    assert "splittable" not in cannot_matter(BOOMI, {"human_interaction": "yes"})
    assert "splittable" in cannot_matter(BOOMI, {"human_interaction": "yes", "on_premise": "no"})


def test_what_only_shows_after_a_way_out_matters_in_a_conflict():
    rules = parse_rules(
        "rules: r\noptions: {a: A, b: B}\n"
        "facts: {x: {ask: X?}, y: {ask: Y?}, z: {ask: Z?}, out: {ask: Out?, only_for: c}}\n"
        "groups:\n  n: {kind: need, ask: x, yes: {require: a}, no: {}}\n"
        "  m: {kind: need, ask: y, yes: {require: b}, no: {}}\n"
        "  k: {kind: constraint, ask: z, yes: {exclude: a}, no: {}}\n"
        "conflicts:\n  c: {between: [n, k], over: a, say: Both., ask: out, yes: {allow: a}, no: {unresolved: true}}\n"
    )
    # y and the conflict are of different options: they are computed apart.
    assert decide(rules, {"x": "yes", "z": "yes"}).status == "conflict"
    assert cannot_matter(rules, {"x": "yes", "z": "yes"}) == ()
    assert cannot_matter(rules, {"x": "yes", "z": "yes", "out": "no"}) == ("y",)


def exceptions(count):
    """Rules with as many conflicts, each with an exception of its own, between groups that share an option."""
    return parse_rules(
        "rules: r\noptions: {a: A, b: B}\nfacts:\n  free: {ask: Free?}\n"
        + "".join(f"  x{n}: {{ask: X{n}?}}\n  e{n}: {{ask: E{n}?, only_for: c{n}}}\n" for n in range(count))
        + "groups:\n  n: {kind: need, require: a}\n  m: {kind: need, ask: free, yes: {require: b}, no: {}}\n"
        + "".join(
            f"  k{n}: {{kind: constraint, ask: x{n}, yes: {{exclude: a}}, no: {{}}}}\n" for n in range(count)
        )
        + "conflicts:\n"
        + "".join(
            f"  c{n}: {{between: [n, k{n}], over: a, say: C., ask: e{n}, yes: {{allow: a}}, no: {{unresolved: true}}}}\n"
            for n in range(count)
        )
    )


def test_where_exceptions_are_too_many_to_try_nothing_is_said_not_to_matter():
    assert cannot_matter(exceptions(2), {"x0": "no", "x1": "no"}) == ("e0", "e1")
    assert cannot_matter(exceptions(9), {f"x{n}": "no" for n in range(9)}) == ()


def test_over_a_limit_is_a_range_of_its_own():
    facts = {"human_interaction": "yes", "data_transformation": "yes", "execution_seconds": 45}
    both = ("flow", "integration")
    assert ranges(BOOMI, facts, "execution_seconds") == [
        ("<= 30", both, {"low_latency_timeout": "ok"}, False),
        ("> 30", both, {"low_latency_timeout": "violated"}, True),
    ]


def test_a_limit_that_does_not_concern_the_result_makes_no_ranges():
    facts = {"human_interaction": "yes", "data_transformation": "no"}
    assert "execution_seconds" not in {one.fact for one in number_effects(BOOMI, facts)}


def test_a_number_that_decides_has_the_ranges_of_its_results():
    rules = parse_rules(
        "rules: r\noptions: {a: A, b: B}\nfacts: {n: {ask: How many?, unit: pieces}}\n"
        'groups:\n  g: {kind: need, ask: n, "< 3": {require: a}, ">= 3 and <= 1e17": {require: a}, "> 1e17": {require: b}}\n'
        "limits:\n  small: {for: a, fact: n, min: 1, max: 5}\n"
    )
    assert [(within, options, limits) for within, options, limits, _ in ranges(rules, {}, "n")] == [
        ("< 1", ("a",), {"small": "violated"}),
        (">= 1 and <= 5", ("a",), {"small": "ok"}),
        ("> 5 and <= 1e+17", ("a",), {"small": "violated"}),
        ("> 1e+17", ("b",), {}),
    ]


def test_what_if_shows_before_and_after_and_changes_nothing():
    facts = {"human_interaction": "yes", "data_transformation": "yes", "execution_seconds": 45}
    told = what_if(BOOMI, facts, {"execution_seconds": 5.0})
    assert not told.changed
    assert [(one.name, one.before, one.after) for one in told.limits] == [
        ("low_latency_timeout", "violated", "ok")
    ]
    told = what_if(BOOMI, facts, {"human_interaction": "no"})
    assert (told.before.options, told.after.options) == (("flow", "integration"), ("integration",))
    assert [(one.name, one.after) for one in told.limits] == [("low_latency_timeout", None)]


VALUES = {
    "rain": ("yes", "no"),
    "far": ("yes", "no"),
    "storm": ("yes", "no"),
    "sheltered": ("yes", "no"),
    "luggage": ("yes", "no"),
    "taste": ("dry", "quick"),
    "depth": (3, 8),
    "wind": (0, 20, 60),
}
FACTS = st.fixed_dictionaries({}, optional={name: st.sampled_from(v) for name, v in VALUES.items()})


@settings(max_examples=60, deadline=None)
@given(FACTS)
def test_a_fact_cannot_matter_exactly_when_no_completion_depends_on_it(facts):
    asked = [name for name, fact in WEATHER.facts.items() if fact.ask is not None]
    found = set(cannot_matter(WEATHER, facts))
    for name, values in VALUES.items():
        missing = [one for one in asked if one not in facts and one != name and one in VALUES]
        depends = False
        for answers in itertools.product(*(VALUES[one] for one in missing)):
            case = facts | dict(zip(missing, answers, strict=True))
            results = {
                (decided.status, decided.options)
                for decided in (decide(WEATHER, case | {name: value}) for value in values)
            }
            depends = depends or len(results) > 1
        assert (name in found) == (not depends), name


@given(FACTS)
def test_effects_agree_with_one_another(facts):
    found = effects(WEATHER, facts)
    assert found.flips == flips(WEATHER, facts)
    assert not set(found.cannot_matter) & {name for flip in found.flips for name in flip.change}
    for number in found.numbers:
        results = {(one.status, one.options) for one in number.ranges}
        assert number.fact not in found.cannot_matter or len(results) == 1


@given(FACTS, st.sampled_from(VALUES["wind"]))
def test_each_number_does_what_its_range_says(facts, wind):
    for number in number_effects(WEATHER, facts):
        if number.fact == "wind":
            decision = decide(WEATHER, facts | {"wind": wind})
            (within,) = [
                one for one in number_effects(WEATHER, facts | {"wind": wind})[-1].ranges if one.holds
            ]
            assert (within.status, within.options) == (decision.status, decision.options)
            assert dict(within.limits) == {one.name: one.state for one in decision.limits}
