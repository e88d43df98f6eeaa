"""Simulated users: how many questions they are asked, held against the fewest that could do."""

from itertools import product

import pytest

from assistant import Assistant, open_pack
from evals.best_questions import best_questions
from evals.errors import OutsideError
from evals.hidden_cases import Hidden, hidden_cases
from evals.simulate import Walk, by_rules, by_words, simulate
from evals.simulated_rules import drawn_rules, rules_of
from rules import parse_rules
from tests.conftest import ROOT

WEATHER = ROOT / "tests" / "weather_pack"

LATE = """\
rules: late
options: {bus: Bus, walk: Walk, cab: Cab}
facts:
  friday: {ask: Is it Friday?}
  far: {ask: Is it far?}
  rain: {ask: Does it rain?}
  metres: {ask: How far in metres?, unit: m}
groups:
  way:
    kind: need
    ask: far
    no: {require: [walk]}
    yes: {ask: rain, yes: {require: [cab]}, no: {require: [bus]}}
"""


def made(facts, outcome):
    """Hidden cases over ``facts`` (name → answers), whose outcome is what ``outcome`` makes of them."""
    cases = tuple(dict(zip(facts, values, strict=True)) for values in product(*facts.values()))
    return Hidden({}, facts, cases, tuple((str(outcome(case)), ()) for case in cases))


def test_one_outcome_for_all_needs_no_question():
    assert best_questions(made({"a": ("yes", "no")}, lambda case: "same")) == (0, 0)


def test_the_best_way_asks_first_what_settles_most():
    facts = {"a": ("yes", "no"), "b": ("yes", "no"), "c": ("yes", "no")}

    def outcome(case):
        return case["a"] if case["b"] == "yes" else case["c"] if case["a"] == "no" else "other"

    counts = dict(
        zip(
            map(tuple, (c.values() for c in made(facts, outcome).cases)),
            best_questions(made(facts, outcome)),
            strict=True,
        )
    )
    # b and a settle six of eight cases; with b: no and a: no, c is asked as well.
    assert counts == {case: 3 if case[:2] == ("no", "no") else 2 for case in counts}


def test_the_best_way_is_that_of_trying_every_way():
    """Against an enumeration of all decision trees, on tables of outcomes that no tree draws."""
    facts = {"a": ("yes", "no"), "b": ("x", "y", "z"), "c": ("yes", "no")}

    def every_way(cases, left):
        if len({outcome for _, outcome in cases}) == 1:
            return 0
        sums = []
        for fact in left:
            parts = [[pair for pair in cases if pair[0][fact] == value] for value in facts[fact]]
            sums.append(len(cases) + sum(every_way(part, left - {fact}) for part in parts if part))
        return min(sums)

    for salt in range(12):
        hidden = made(facts, lambda case, salt=salt: (hash_of(case) * (salt + 3)) % 3)
        expected = every_way(list(zip(hidden.cases, hidden.outcomes, strict=True)), frozenset(facts))
        assert sum(best_questions(hidden)) == expected


def hash_of(case):
    return sum(ord(letter) * (place + 1) for place, letter in enumerate("".join(case.values())))


def test_hidden_cases_are_every_combination_of_the_answers_that_are_asked_for():
    rules = parse_rules((WEATHER / "rules" / "weather.yaml").read_text(encoding="utf-8"))
    (hidden,) = hidden_cases(rules, unsure=False)
    assert [dict(case) for case in hidden.cases] == [
        {"rain": rain, "wind": wind} for rain in ("yes", "no") for wind in ("yes", "no")
    ]
    (unsure,) = hidden_cases(rules, unsure=True)
    assert len(unsure.cases) == 9
    assert {"rain": "unknown", "wind": "unknown"} in [dict(case) for case in unsure.cases]


def test_drawn_openings_tell_facts_that_are_then_the_same_in_every_case():
    rules = open_pack().rules
    openings = hidden_cases(rules, unsure=False, draws=8, seed=4)
    assert len(openings) == 9
    assert any(
        name in rules.facts and rules.facts[name].ask is None for one in openings for name in one.opening
    )
    for one in openings:
        assert all(case[name] == value for case in one.cases for name, value in one.opening.items())
    assert hidden_cases(rules, unsure=False, draws=8, seed=4) == openings


def test_the_rules_ask_for_nothing_that_cannot_matter():
    rules = parse_rules(LATE)
    told = simulate([("late", rules, by_rules(rules))], unsure=False)
    # Half the cases end after "far", the others after "rain" too; Friday and metres are nobody's business.
    assert told.asked[0] == told.best[0] == 1.5
    assert told.excess == (0.0, 0.0, 0.0)
    assert told.no_more[0] == told.right[0] == 1.0
    assert (told.most_asked, told.most_best) == (2, 2)


def test_who_asks_in_a_bad_order_is_told_by_how_much():
    rules = parse_rules(LATE)

    def everything(case, opening):
        from evals.hidden_cases import outcome_of

        return Walk(tuple(case), outcome_of(rules, case))

    def at_once(case, opening):
        return Walk((), ("decided", ("walk",)))

    told = simulate([("late", rules, everything)], unsure=False)
    assert told.excess[0] == pytest.approx(len(next(iter(hidden_cases(rules, unsure=False))).answers) - 1.5)
    assert told.no_more[0] == 0.0
    hasty = simulate([("late", rules, at_once)], unsure=False)
    assert hasty.right[0] == 0.5  # it is not far in half of the cases


def test_the_bundled_rules_ask_hardly_more_than_the_best_way():
    told = simulate(
        [(name, rules, by_rules(rules)) for name, rules in rules_of(open_pack())], unsure=False, draws=5
    )
    assert told.right[0] == 1.0
    assert told.cases > 48
    assert told.excess[0] <= 0.25
    assert told.excess[1] <= told.excess[0] <= told.excess[2]


def test_answers_in_words_are_understood_as_they_are_meant(weather: Assistant):
    told = simulate([("weather", weather.pack.rules, by_words(weather))], unsure=False)
    assert told.cases == 4
    assert told.right[0] == 1.0
    unsure = simulate([("weather", weather.pack.rules, by_words(weather))], unsure=True)
    assert unsure.right[0] == 1.0


def test_rules_with_too_many_cases_are_named_and_in_no_mean():
    facts = "\n".join(f"  fact_{n}: {{ask: Is it {n}?}}" for n in range(12))
    tree = (
        "".join(f"{{ask: fact_{n}, no: {{require: [a]}}, yes: " for n in range(12))
        + "{require: [b]}"
        + "}" * 12
    )
    text = f"rules: many\noptions: {{a: A, b: B}}\nfacts:\n{facts}\ngroups:\n  g: {{kind: need, {tree[1:]}\n"
    rules = parse_rules(text)
    told = simulate([("many", rules, by_rules(rules))], unsure=False)
    assert (told.cases, told.too_large) == (0, ("many",))


def test_the_command_tells_both_kinds_of_users(groundrule):
    told = groundrule("eval", "simulate", "--pack", WEATHER, "--draws", "2").out
    assert "Users who know every answer:" in told
    assert "Users who may have no answer:" in told
    assert "best way of asking" in told


def test_trees_that_guides_draw_are_asked_as_well(tmp_path):
    guide = tmp_path / "walks.md"
    guide.write_text(
        "# Walks\n\nWhat to take along.\n\n```\nSTART: What to take?\n├── Does it rain?\n│   ├── YES → Umbrella\n│   └── NO → Hat\n```\n",
        encoding="utf-8",
    )
    sets = drawn_rules([tmp_path])
    told = simulate(sets, unsure=False)
    assert (told.rules, told.cases, told.asked[0]) == (1, 2, 1.0)
    with pytest.raises(OutsideError, match="no guide there draws a tree"):
        drawn_rules([WEATHER / "corpus"])
