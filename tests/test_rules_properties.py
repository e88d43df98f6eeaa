"""What holds of every decision: order never matters, more knowledge never contradicts, nothing is listed."""

import io
import itertools
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from rules import decide, parse_rules

SMALL = (Path(__file__).parent / "weather.yaml").read_text(encoding="utf-8")


def test_thirty_independent_groups_are_decided_without_listing_their_completions():
    count = 30
    rules = parse_rules(
        "rules: many\nfacts:\n"
        + "".join(f"  f{n}: {{ask: 'Is it {n}?'}}\n" for n in range(count))
        + "groups:\n"
        + "".join(
            f"  g{n}: {{kind: need, ask: f{n}, yes: {{recommend: do {n}}}, no: {{recommend: leave {n}}}}}\n"
            for n in range(count)
        )
    )
    decision = decide(rules, {})
    assert (decision.status, decision.possible_count) == ("undecided", 2**count)
    assert decision.next is not None
    assert decision.next.fact == "f0"
    done = decide(rules, {f"f{n}": "yes" for n in range(count)})
    assert (done.status, len(done.options)) == ("decided", count)


def test_thirty_groups_over_the_same_options_are_decided_without_listing_their_completions():
    count = 30
    rules = parse_rules(
        "rules: many\noptions: {a: A, b: B}\nfacts:\n"
        + "".join(f"  f{n}: {{ask: 'Is it {n}?'}}\n" for n in range(count))
        + "groups:\n"
        + "".join(
            f"  g{n}: {{kind: {'need' if n % 2 else 'constraint'}, ask: f{n}, "
            f"yes: {{{'require' if n % 2 else 'exclude'}: {'ab'[n // 2 % 2]}}}, no: {{}}}}\n"
            for n in range(count)
        )
    )
    assert decide(rules, {}).possible == ((), ("a",), ("a", "b"), ("b",))
    assert decide(rules, {}).may_conflict
    assert decide(rules, {"f0": "yes", "f1": "yes"}).status == "conflict"


VALUES = st.sampled_from([None, "yes", "no", "unknown"])
FACTS = st.fixed_dictionaries(
    {
        "rain": VALUES,
        "far": VALUES,
        "storm": VALUES,
        "sheltered": VALUES,
        "luggage": st.sampled_from([None, "yes", "no"]),
        "taste": st.sampled_from([None, "dry", "quick"]),
        "depth": st.sampled_from([None, 3, 5, 8, "unknown"]),
    }
)
WEATHER = parse_rules(SMALL)


def known(facts):
    return {name: value for name, value in facts.items() if value is not None}


@given(FACTS, st.randoms(use_true_random=False))
def test_the_order_of_facts_never_matters(facts, random):
    names = list(known(facts))
    random.shuffle(names)
    assert decide(parse_rules(SMALL), {name: facts[name] for name in names}) == decide(WEATHER, known(facts))


def reordered(text, random):
    """The same rules with groups, branches, options, facts and conflicts in another order."""

    def shuffle(value, fixed=()):
        if not isinstance(value, dict):
            return value
        keys = [key for key in value if key not in fixed]
        random.shuffle(keys)
        return {key: shuffle(value[key]) for key in [*[k for k in value if k in fixed], *keys]}

    out = io.StringIO()
    yaml = YAML(typ="safe", pure=True)
    yaml.dump(shuffle(yaml.load(text)), out)
    return out.getvalue()


@settings(max_examples=40, deadline=None)
@given(FACTS, st.randoms(use_true_random=False))
def test_the_order_of_groups_branches_and_options_never_matters(facts, random):
    one, two = decide(WEATHER, known(facts)), decide(parse_rules(reordered(SMALL, random)), known(facts))
    same = ("status", "options", "possible", "required", "assumed", "may_conflict")
    assert [getattr(one, name) for name in same] == [getattr(two, name) for name in same]
    assert {step.node for step in one.trace} == {step.node for step in two.trace}
    assert set(one.limits) == set(two.limits)


@given(FACTS, FACTS)
def test_knowing_more_never_contradicts_a_decided_result(facts, more):
    before = decide(WEATHER, known(facts))
    settled = {name for name, value in known(facts).items() if value != "unknown"}
    # What was named as assumed may overturn the result, and so may a fact that nobody is asked for.
    learned = {
        name: value
        for name, value in known(more).items()
        if name not in settled and name not in before.assumed and name not in ("luggage", "sheltered")
    }
    if before.status != "undecided":
        after = decide(WEATHER, known(facts) | learned)
        assert (after.status, after.options) == (before.status, before.options)


@given(FACTS, FACTS)
def test_a_correction_equals_a_fresh_evaluation(facts, corrected):
    first = known(facts)
    decide(WEATHER, first)
    changed = first | known(corrected)
    assert decide(WEATHER, changed) == decide(parse_rules(SMALL), changed)


@given(FACTS)
def test_the_result_is_that_of_all_completions_listed_one_by_one(facts):
    given_facts = known(facts)
    effective = {"storm": "no", "luggage": "no", "depth": 0} | {
        name: value for name, value in given_facts.items() if value != "unknown"
    }
    missing = [name for name in ("rain", "far") if name not in effective]
    results = set()
    for answers in itertools.product(("yes", "no"), repeat=len(missing)):
        results.add(by_hand(effective | dict(zip(missing, answers, strict=True))))
    decision = decide(WEATHER, given_facts)
    expected = next(iter(results)) if len(results) == 1 else ("undecided", ())
    assert (decision.status, decision.options) == expected
    if decision.status == "undecided":
        assert set(decision.possible) == {options for status, options in results if status != "conflict"}
        assert decision.may_conflict == any(status == "conflict" for status, _ in results)


def by_hand(facts):
    """The weather rules as plain Python, for one complete case."""
    required, excluded = set(), set()
    if facts["far"] == "yes" or facts["luggage"] == "yes":
        required.add("car")
    if facts["far"] == "no" and facts["rain"] == "yes":
        required.add("umbrella")
    if facts["depth"] > 5:
        required.add("boots")
    if facts["storm"] == "yes":
        excluded.add("umbrella")
    if not required & excluded:
        return "decided", tuple(sorted(required))
    if facts.get("sheltered") == "yes":
        return "decided_by_exception", tuple(sorted(required | {"boots"}))
    return "conflict", ()


def test_many_threads_decide_as_one_does():
    cases = [
        known(dict(zip(("rain", "far", "storm", "sheltered"), answers, strict=True)))
        for answers in itertools.product((None, "yes", "no", "unknown"), repeat=4)
    ]
    shared = parse_rules(SMALL)
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda facts: decide(shared, facts), cases * 2))
    assert together == [decide(WEATHER, facts) for facts in cases * 2]
