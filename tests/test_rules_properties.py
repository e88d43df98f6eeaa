"""What holds of every decision: order never matters, more knowledge never contradicts, nothing is listed."""

import functools
import io
import itertools
import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from rules import Ask, decide, parse_rules
from rules.compile import engine_of
from rules.load import nodes
from tests.generated_rules import generated_rules

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


SEEDS = st.integers(0, 199)
RANDOM = st.randoms(use_true_random=False)
IN_ANY_RULES = settings(max_examples=60, deadline=None)
NUMBERS = (0, 3, 4, 5, 7.5, 9, 20)
made = functools.cache(lambda seed: parse_rules(generated_rules(seed)))


def answers_of(fact):
    return fact.values or NUMBERS


def some_facts(rules, random):
    """Each fact left away, not known to the user, or known."""
    share = random.random()
    return {
        name: random.choice((*answers_of(fact), "unknown"))
        for name, fact in rules.facts.items()
        if random.random() < share
    }


def outcome(rules, facts):
    decision = decide(rules, facts)
    return decision.status, decision.options


def asked_in_trees(rules):
    return {node.fact for group in rules.groups for node in nodes(group.root) if isinstance(node, Ask)}


def completions(rules, facts, assuming):
    """``facts`` with every answer to all that could still be asked; what nobody could say stays unknown.

    When ``assuming``, what is assumed stays so.
    """
    trees = asked_in_trees(rules)
    open_facts = [
        name
        for name, fact in rules.facts.items()
        if name in trees
        and name not in facts
        and fact.ask is not None
        and not (assuming and fact.assume is not None)
    ]
    for answers in itertools.product(*(answers_of(rules.facts[name]) for name in open_facts)):
        yield facts | dict(zip(open_facts, answers, strict=True))


@IN_ANY_RULES
@given(SEEDS, RANDOM)
def test_the_order_of_facts_never_matters_in_any_rules(seed, random):
    facts = some_facts(made(seed), random)
    names = list(facts)
    random.shuffle(names)
    again = parse_rules(generated_rules(seed))
    assert decide(again, {name: facts[name] for name in names}) == decide(made(seed), facts)


@IN_ANY_RULES
@given(SEEDS, RANDOM)
def test_the_order_of_groups_branches_and_options_never_matters_in_any_rules(seed, random):
    def shuffled(value):
        if not isinstance(value, dict):
            return value
        keys = list(value)
        random.shuffle(keys)
        return {key: shuffled(value[key]) for key in keys}

    facts = some_facts(made(seed), random)
    one = decide(made(seed), facts)
    two = decide(parse_rules(json.dumps(shuffled(json.loads(generated_rules(seed))))), facts)
    same = ("status", "options", "possible", "required", "assumed", "may_conflict")
    assert [getattr(one, name) for name in same] == [getattr(two, name) for name in same]
    assert {step.node for step in one.trace} == {step.node for step in two.trace}
    assert (one.next is None) == (two.next is None)


@IN_ANY_RULES
@given(SEEDS, RANDOM)
def test_a_correction_equals_a_fresh_evaluation_in_any_rules(seed, random):
    rules = made(seed)
    before, correction = some_facts(rules, random), some_facts(rules, random)
    decide(rules, before)
    corrected = before | correction
    assert decide(rules, corrected) == decide(parse_rules(generated_rules(seed)), corrected)


@IN_ANY_RULES
@given(SEEDS, RANDOM)
def test_knowing_more_never_contradicts_a_decided_result_in_any_rules(seed, random):
    rules = made(seed)
    facts = some_facts(rules, random)
    before = outcome(rules, facts)
    if before[0] == "undecided":
        return
    for name, value in some_facts(rules, random).items():
        # An assumption may be overturned, and an exception is there to lift a conflict.
        spec = rules.facts[name]
        if facts.get(name, "unknown") == "unknown" and spec.assume is None and spec.only_for is None:
            facts[name] = value
    assert outcome(rules, facts) == before


@IN_ANY_RULES
@given(SEEDS, RANDOM)
def test_the_next_question_can_change_status_or_options_in_any_rules(seed, random):
    rules = made(seed)
    facts = some_facts(rules, random)
    decision = decide(rules, facts)
    now = (decision.status, decision.options)
    if decision.next is None:
        if decision.status == "undecided":
            assert {outcome(rules, each) for each in completions(rules, facts, True)} == {now}
        return
    asked = decision.next.fact
    by_others = {}
    others = completions(rules, facts | {asked: "unknown"}, not decision.assumed)
    for each in others:
        by_others.setdefault(json.dumps(each), set()).update(
            outcome(rules, each | {asked: answer}) for answer in answers_of(rules.facts[asked])
        )
    assert any(len(outcomes | ({now} if decision.assumed else set())) > 1 for outcomes in by_others.values())


@IN_ANY_RULES
@given(SEEDS, RANDOM)
def test_an_interview_asks_nothing_twice_and_ends_in_any_rules(seed, random):
    rules = made(seed)
    facts = some_facts(rules, random)
    for _ in range(len(rules.facts) + 1):
        question = decide(rules, facts).next
        if question is None:
            return
        assert question.fact not in facts
        facts[question.fact] = random.choice((*answers_of(rules.facts[question.fact]), "unknown"))
    raise AssertionError("more questions than facts")


@IN_ANY_RULES
@given(SEEDS, RANDOM)
def test_a_decision_is_a_value_that_travels(seed, random):
    rules = made(seed)
    facts = some_facts(rules, random)
    decision = decide(rules, facts)
    assert pickle.loads(pickle.dumps(decision)) == decision
    other = decide(rules, facts | {next(iter(rules.facts)): "unknown"})
    assert (other == decision) == (other.id == decision.id)


def test_numbers_of_one_piece_of_the_line_share_everything_but_themselves():
    one, two = (decide(WEATHER, {"rain": "yes", "far": "no", "wind": wind}) for wind in (30, 31.5))
    assert one.id != two.id
    assert (one.trace, one.status) == (two.trace, two.status)
    assert [limit.value for limit in one.limits] == [30.0]
    assert [limit.value for limit in two.limits] == [31.5]
    assert decide(parse_rules(SMALL), {"wind": "31.50", "far": "no", "rain": "yes"}) == two


def test_an_engine_forgets_what_it_computed_before_it_holds_too_much():
    rules = parse_rules(SMALL)
    engine = engine_of(rules)
    engine.most_kept = 50
    for answers in itertools.product((None, "yes", "no", "unknown"), repeat=4):
        facts = known(dict(zip(("rain", "far", "storm", "sheltered"), answers, strict=True)))
        assert decide(rules, facts) == decide(WEATHER, facts)
        assert max(len(engine.findings), len(engine.seen)) <= 50
