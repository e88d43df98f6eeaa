"""Which question comes next: one that can change the result, the most telling first, each asked once."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import decide, parse_rules


def rules_of(groups: str, facts: int = 4, options: str = "{a: A, b: B, c: C, d: D}"):
    named = "".join(f"  f{n}: {{ask: 'Is it {n}?', why: 'It is {n}.'}}\n" for n in range(1, facts + 1))
    return parse_rules(f"rules: q\noptions: {options}\nfacts:\n{named}groups:\n{groups}")


def asked(rules, facts):
    question = decide(rules, facts).next
    return question.fact if question else None


CHAIN = rules_of(
    "  g:\n    kind: need\n    ask: f1\n    no: {require: a}\n"
    "    yes: {ask: f2, no: {require: b}, yes: {ask: f3, no: {require: c}, yes: {require: d}}}\n"
)


def test_the_most_telling_fact_comes_first():
    assert asked(CHAIN, {}) == "f1"
    assert asked(CHAIN, {"f1": "yes"}) == "f2"
    assert asked(CHAIN, {"f1": "yes", "f2": "yes"}) == "f3"


def test_an_answered_fact_is_never_asked():
    assert asked(CHAIN, {"f3": "yes"}) == "f1"
    assert asked(CHAIN, {"f1": "yes", "f3": "no"}) == "f2"


def test_a_fact_that_cannot_change_the_result_is_never_asked():
    rules = rules_of(
        "  g: {kind: need, ask: f1, yes: {require: a}, no: {ask: f2, yes: {require: a}, no: {require: a}}}\n"
        "  p: {kind: preference, ask: f3, yes: {prefer: b}, no: {}}\n"
    )
    decision = decide(rules, {})
    assert (decision.status, decision.next) == ("decided", None)


def test_information_goes_before_the_authors_order():
    rules = rules_of(
        "  g:\n    kind: need\n    ask: f1\n"
        "    yes: {ask: f2, yes: {require: a}, no: {require: b}}\n"
        "    no: {ask: f2, yes: {require: a}, no: {require: c}}\n"
    )
    assert asked(rules, {}) == "f2"


def test_ties_go_in_the_authors_order():
    rules = rules_of(
        "  g2: {kind: need, ask: f2, yes: {require: a}, no: {}}\n"
        "  g1: {kind: need, ask: f1, yes: {require: b}, no: {}}\n"
    )
    assert asked(rules, {}) == "f1"


def test_on_ties_a_group_that_was_begun_goes_on():
    rules = rules_of(
        "  early: {kind: need, ask: f1, yes: {require: a}, no: {}}\n"
        "  begun: {kind: need, ask: f3, yes: {ask: f4, yes: {require: b}, no: {require: c}}, no: {}}\n"
    )
    assert asked(rules, {"f3": "yes"}) == "f4"


def test_facts_that_tell_nothing_alone_but_everything_together_are_asked():
    rules = rules_of(
        "  g:\n    kind: need\n    ask: f1\n"
        "    yes: {ask: f2, yes: {require: a}, no: {require: b}}\n"
        "    no: {ask: f2, yes: {require: b}, no: {require: a}}\n"
    )
    assert asked(rules, {}) == "f1"
    assert asked(rules, {"f1": "no"}) == "f2"


def test_a_fact_that_the_user_cannot_say_is_not_asked_again():
    rules = rules_of(
        "  one: {kind: need, ask: f1, yes: {require: a}, no: {}}\n"
        "  x: {kind: constraint, ask: f2, yes: {exclude: b}, no: {}}\n"
        "  two: {kind: need, ask: f1, yes: {require: b}, no: {require: b}}\n"
    )
    assert asked(rules, {}) == "f2"
    assert asked(rules, {"f2": "unknown"}) is None or asked(rules, {"f2": "unknown"}) != "f2"


def test_nothing_is_asked_when_what_cannot_be_said_keeps_the_result_open():
    decision = decide(CHAIN, {"f1": "unknown"})
    assert (decision.status, decision.next) == ("undecided", None)


def test_what_still_can_settle_the_result_is_asked_though_another_fact_cannot_be_said():
    rules = rules_of(
        "  g:\n    kind: need\n    ask: f1\n    no: {ask: f2, yes: {require: a}, no: {require: b}}\n"
        "    yes: {ask: f2, yes: {require: a}, no: {require: c}}\n"
    )
    assert asked(rules, {"f1": "unknown"}) == "f2"
    assert decide(rules, {"f1": "unknown", "f2": "yes"}).options == ("a",)
    assert asked(rules, {"f1": "unknown", "f2": "no"}) is None


def test_a_question_carries_its_words_its_choices_and_the_words_that_make_it_matter():
    rules = parse_rules(
        "rules: q\noptions: {a: A}\n"
        "facts:\n  size: {ask: How large is it?, why: Large ones need a., values: [small, large]}\n"
        "  depth: {ask: How deep?, unit: m}\n"
        "groups:\n  g:\n    kind: need\n    ask: size\n    small: {cite: s/one, quote: Small ones do not.}\n"
        "    large: {ask: depth, '<= 3': {}, '> 3': {require: a, cite: s/two, quote: Deep ones need it.}}\n"
    )
    question = decide(rules, {}).next
    assert question is not None
    assert (question.ask, question.why) == ("How large is it?", "Large ones need a.")
    assert question.choices == ("small", "large")
    assert question.source is not None
    assert question.source.quote == "Deep ones need it."
    number = decide(rules, {"size": "large"}).next
    assert number is not None
    assert (number.fact, number.choices, number.unit) == ("depth", (), "m")


def test_a_question_prefers_the_citation_of_its_own_fact():
    rules = parse_rules(
        "rules: q\noptions: {a: A}\nfacts: {f: {ask: Is it?, cite: s/three, quote: It matters.}}\n"
        "groups: {g: {kind: need, ask: f, yes: {require: a, cite: s/one, quote: So be it.}, no: {}}}\n"
    )
    question = decide(rules, {}).next
    assert question is not None
    assert question.source is not None
    assert question.source.quote == "It matters."


def test_while_one_component_cannot_be_settled_others_are_asked_only_for_a_conflict():
    open_for_good = "  g: {kind: need, ask: f1, yes: {require: a}, no: {}}\n"
    quiet = rules_of(open_for_good + "  h: {kind: need, ask: f2, yes: {require: b}, no: {}}\n")
    assert asked(quiet, {"f1": "unknown"}) is None
    clash = rules_of(
        open_for_good
        + "  h: {kind: need, ask: f2, yes: {require: b}, no: {}}\n  x: {kind: constraint, exclude: b}\n"
    )
    assert asked(clash, {"f1": "unknown"}) == "f2"


NAMES = ("f1", "f2", "f3", "f4")
LEAF = st.sampled_from(["{require: a}", "{require: b}", "{require: [a, c]}", "{}"])
BAN = st.sampled_from(["{exclude: a}", "{exclude: c}", "{}"])


def trees(leaf):
    return st.recursive(
        leaf,
        lambda below: st.builds(
            lambda fact, yes, no: f"{{ask: {fact}, yes: {yes}, no: {no}}}",
            st.sampled_from(NAMES),
            below,
            below,
        ),
        max_leaves=6,
    )


def spelled(tree, kind):
    return f"{{kind: {kind}, {tree[1:]}"


@st.composite
def small_rules(draw):
    groups = {
        "one": spelled(draw(trees(LEAF)), "need"),
        "two": spelled(draw(trees(LEAF)), "need"),
        "ban": spelled(draw(trees(BAN)), "constraint"),
    }
    return rules_of("".join(f"  {name}: {tree}\n" for name, tree in groups.items()).replace(", }", "}"))


ANSWERS = st.fixed_dictionaries({name: st.sampled_from([None, "yes", "no", "unknown"]) for name in NAMES})


@given(small_rules(), ANSWERS)
def test_a_question_is_asked_exactly_when_some_answers_can_change_the_result(rules, facts):
    """Held against every way of answering what was not asked yet, listed one by one."""
    now = {name: value for name, value in facts.items() if value is not None}
    open_names = [name for name in NAMES if name not in now]

    def result(extra):
        decision = decide(rules, now | extra)
        return decision.status, decision.options

    results = {
        answers: result(dict(zip(open_names, answers, strict=True)))
        for answers in itertools.product(("yes", "no"), repeat=len(open_names))
    }
    matter = {
        name
        for place, name in enumerate(open_names)
        for answers in results
        if results[answers]
        != results[(*answers[:place], "no" if answers[place] == "yes" else "yes", *answers[place + 1 :])]
    }
    decision = decide(rules, now)
    question = decision.next
    if decision.status != "undecided":
        assert question is None
        assert not matter
    elif matter:
        assert question is not None
        assert question.fact in matter
    else:
        assert question is None


@given(small_rules(), st.permutations(["yes", "no", "yes", "no"]))
def test_asking_until_nothing_is_asked_always_ends_in_a_result(rules, answers):
    facts: dict[str, str] = {}
    for answer in answers:
        question = decide(rules, facts).next
        if question is None:
            break
        assert question.fact not in facts
        facts[question.fact] = answer
    assert decide(rules, facts).status != "undecided"


@pytest.mark.parametrize("facts", [{}, {"f1": "yes"}])
def test_the_same_facts_ask_the_same_question(facts):
    assert decide(CHAIN, facts).next == decide(CHAIN, dict(facts)).next
