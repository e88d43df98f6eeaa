"""Before and after of two versions of rules, over all completions and without listing them."""

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import Comparison, TooLargeError, compare, decide, parse_rules

ROOT = Path(__file__).parent.parent
BOOMI = (ROOT / "rules" / "boomi.yaml").read_text(encoding="utf-8")
WEATHER = (Path(__file__).parent / "weather.yaml").read_text(encoding="utf-8")


def versions(text, *changes):
    after = text
    for old, new in changes:
        assert old in after, old
        after = after.replace(old, new)
    return compare(parse_rules(text), parse_rules(after))


def rows(comparison):
    return [
        (one.before, one.after, one.cases, dict(one.witness))
        for part in comparison.parts
        for one in part.changes
    ]


def written(comparison):
    return [(one.thing, one.name, one.kind, one.key, one.before, one.after) for one in comparison.written]


@pytest.mark.parametrize("text", [BOOMI, WEATHER], ids=["boomi", "weather"])
def test_rules_compared_with_themselves_have_not_changed(text):
    same = versions(text)
    assert same.same_effect
    assert (same.written, same.different, rows(same)) == ((), 0, [])
    assert same.cases > 0


def test_a_leaf_that_requires_more_changes_the_cases_that_reach_it():
    found = versions(WEATHER, ("{require: [umbrella], how", "{require: [umbrella, boots], how"))
    assert written(found) == [("node", "need.yes.no", "changed", "require", "umbrella", "boots, umbrella")]
    assert not found.same_effect
    decided = next(one for one in rows(found) if one[1] == ("decided", ("boots", "umbrella")))
    assert decided == (
        ("decided", ("umbrella",)),
        ("decided", ("boots", "umbrella")),
        2,  # rain, not far, no storm, no luggage, shallow; sheltered or not
        {"rain": "yes", "far": "no"},
    )


def test_a_witness_decides_in_both_versions_as_its_row_says():
    changes = [("yes: {exclude: [umbrella]", "yes: {exclude: [car]")]
    found = versions(WEATHER, *changes)
    old, new = parse_rules(WEATHER), parse_rules(WEATHER.replace(*changes[0]))
    assert rows(found)
    for before, after, cases, witness in rows(found):
        assert cases > 0
        facts = {name: {"<= 5": 0, "> 5": 8}.get(answer, answer) for name, answer in witness.items()}
        assert [(one.status, one.options) for one in (decide(old, facts), decide(new, facts))] == [
            before,
            after,
        ]


def test_words_that_change_are_told_and_change_no_decision():
    found = versions(
        WEATHER, ("quote: Far is by car.", "quote: By car when far."), ("how: take the road, cite", "cite")
    )
    assert found.same_effect
    assert written(found) == [
        ("node", "need.no.yes", "changed", "how", "take the road", ""),
        ("node", "need.no.yes", "changed", "quote", "Far is by car.", "By car when far."),
    ]


def test_what_is_only_renamed_is_compared_as_the_same():
    found = versions(
        BOOMI,
        ("trading_partners", "edi_partners"),
        ("integration: Boomi", "ipaas: Boomi"),
        ("[integration", "[ipaas"),
        (" integration]", " ipaas]"),
        ("golden_records:", "hub:"),
        ("low_latency_timeout:", "fast_timeout:"),
        ("portal_on_premise:", "portal_inside:"),
    )
    assert found.different == 0
    assert {(one.thing, one.before, one.after) for one in found.written if one.kind == "renamed"} == {
        ("fact", "trading_partners", "edi_partners"),
        ("option", "integration", "ipaas"),
        ("group", "golden_records", "hub"),
        ("limit", "low_latency_timeout", "fast_timeout"),
        ("conflict", "portal_on_premise", "portal_inside"),
    }
    assert {one.kind for one in found.written} == {"renamed"}
    assert found.same_effect


def test_a_renamed_fact_that_assumes_something_else_as_well_is_told_as_both():
    found = versions(
        BOOMI,
        ("trading_partners:\n", "edi:\n"),
        ("trading_partners", "edi"),
        ("(B2B/EDI)\n    assume: no", "(B2B/EDI)\n    assume: yes"),
    )
    assert written(found) == [
        ("fact", "trading_partners", "renamed", "", "trading_partners", "edi"),
        ("fact", "trading_partners", "changed", "assume", "no", "yes"),
    ]
    assert found.assumptions == ("trading_partners",)


def test_a_new_fact_is_run_through_and_the_old_version_decides_alike_for_all_its_answers():
    found = versions(
        WEATHER,
        ("  wind: {unit", "  ice: {ask: Is there ice?}\n  wind: {unit"),
        ("  feet:\n", "  slip: {kind: need, ask: ice, yes: {require: [boots]}, no: {}}\n  feet:\n"),
    )
    (ice,) = [fact for fact in found.facts if fact.name == "ice"]
    assert (ice.answers, ice.by) == (("yes", "no"), "new")
    assert ("fact", "ice", "added", "", "", "") in written(found)
    assert ("group", "slip", "added", "", "", "") in written(found)
    assert {witness.get("ice") for _, _, _, witness in rows(found)} == {"yes"}


def test_an_answer_that_only_one_version_knows_is_left_out_and_named():
    found = versions(
        "rules: a\noptions: {x: X, y: Y}\nfacts: {f: {ask: F?, values: [a, b]}}\n"
        "groups: {g: {kind: need, ask: f, a: {require: x}, b: {require: y}}}\n",
        ("[a, b]", "[a, b, c]"),
        ("b: {require: y}", "b: {require: y}, c: {}"),
    )
    (fact,) = found.facts
    assert (fact.answers, fact.left_out) == (("a", "b"), (("c", "new"),))
    assert found.different == 0
    assert not found.same_effect


def test_a_fact_that_becomes_a_number_is_two_facts():
    found = versions(
        "rules: a\noptions: {x: X, y: Y}\nfacts: {f: {ask: F?}}\n"
        "groups: {g: {kind: need, ask: f, yes: {require: x}, no: {require: y}}}\n",
        ("{ask: F?}", "{ask: F?, unit: m}"),
        ("yes: {require: x}, no: {require: y}", "'> 5': {require: x}, '<= 5': {require: y}"),
    )
    assert [(fact.name, fact.by) for fact in found.facts] == [("f", "old"), ("f", "new")]
    assert (found.cases, found.different) == (4, 2)
    assert {"f (old)", "f (new)"} == set(rows(found)[0][3])


def test_a_bound_that_moves_changes_the_numbers_between():
    found = versions(WEATHER, ('"<= 5"', '"<= 8"'), ('"> 5"', '"> 8"'))
    (depth,) = [fact for fact in found.facts if fact.name == "depth"]
    assert depth.answers == ("<= 5", "> 5 and <= 8", "> 8")
    assert {witness["depth"] for _, _, _, witness in rows(found)} == {"> 5 and <= 8"}


def test_another_limit_changes_no_recommendation_and_is_an_effect():
    found = versions(WEATHER, ("max: 40", "max: 50"))
    assert (found.different, found.limits, found.same_effect) == (0, ("gusts",), False)
    assert versions(WEATHER, ("remedy: close it", "remedy: fold it")).same_effect


def test_another_assumption_is_an_effect_where_the_fact_can_matter():
    found = versions(
        WEATHER, ("storm: {ask: Is there a storm?, assume: no}", "storm: {ask: Is there a storm?}")
    )
    assert (found.different, found.assumptions, found.same_effect) == (0, ("storm",), False)


def test_another_leaning_is_an_effect_and_its_fact_counts_no_cases():
    found = versions(WEATHER, ("dry: {prefer: [car]", "dry: {prefer: [boots]"))
    assert (found.different, found.preferences, found.same_effect) == (0, ("liking",), False)
    assert not next(fact for fact in found.facts if fact.name == "taste").decides


def test_what_only_volunteered_facts_bring_about_is_no_difference_among_the_asked():
    found = versions(
        WEATHER,
        (
            "bags: {kind: need, ask: luggage, yes: {require: [car]}",
            "bags: {kind: need, ask: luggage, yes: {require: [boots]}",
        ),
    )
    assert found.different > 0
    assert (found.cases, found.asked_cases, found.asked_different) == (64, 32, 0)


def test_a_conflict_that_gets_another_way_out_is_seen():
    found = versions(WEATHER, ("no: {unresolved: true", "no: {allow: [umbrella]"))
    assert ("conflict", "storm_umbrella", "changed", "no: allow", "", "umbrella") in written(found)
    assert {(before[0], after[0]) for before, after, _, _ in rows(found)} == {
        ("conflict", "decided_by_exception")
    }


def many(count, leaf="do"):
    return (
        "rules: many\nfacts:\n"
        + "".join(f"  f{n}: {{ask: 'Is it {n}?'}}\n" for n in range(count))
        + "groups:\n"
        + "".join(
            f"  g{n}: {{kind: need, ask: f{n}, yes: {{recommend: {leaf if n == 7 else 'do'} {n}}}, no: {{recommend: leave {n}}}}}\n"
            for n in range(count)
        )
    )


def test_forty_independent_groups_are_compared_exactly_without_listing_their_cases():
    found = compare(parse_rules(many(40)), parse_rules(many(40, "make")))
    assert (found.cases, found.different) == (2**40, 2**39)
    (part,) = [part for part in found.parts if part.changes]
    assert (part.old, part.cases, part.different) == (("g7",), 2, 1)
    assert dict(part.changes[0].witness) == {"f7": "yes"}


def test_of_thousands_of_results_the_most_frequent_changes_are_told_apart_and_all_are_counted():
    count = 10
    text = (
        "rules: one\noptions: {z: Z, "
        + ", ".join(f"o{n}: O{n}" for n in range(count))
        + "}\nfacts:\n"
        + "".join(f"  f{n}: {{ask: 'Is it {n}?'}}\n" for n in range(count))
        + "  ban: {ask: Is it banned?}\ngroups:\n"
        + "".join(
            f"  g{n}: {{kind: need, ask: f{n}, yes: {{require: o{n}}}, no: {{}}}}\n" for n in range(count)
        )
        + "  k: {kind: constraint, ask: ban, yes: {exclude: ["
        + ", ".join(f"o{n}" for n in range(count))
        + "]}, no: {}}\n  y: {kind: need, ask: ban, yes: {}, no: {}}\n"
    )
    found = versions(text, ("yes: {}, no: {}", "yes: {}, no: {require: z}"))
    (part,) = found.parts
    assert (part.cases, part.different, len(part.changes)) == (2**11, 2**10, 100)
    assert part.unlisted == 2**10 - 100


def test_rules_with_too_many_exceptions_to_compare_are_refused_by_the_names_of_their_groups():
    count = 14
    text = (
        "rules: r\noptions: {a: A}\nfacts:\n"
        + "".join(f"  x{n}: {{ask: X{n}?}}\n  e{n}: {{ask: E{n}?, only_for: c{n}}}\n" for n in range(count))
        + "groups:\n  n: {kind: need, require: a}\n"
        + "".join(
            f"  k{n}: {{kind: constraint, ask: x{n}, yes: {{exclude: a}}, no: {{}}}}\n" for n in range(count)
        )
        + "conflicts:\n"
        + "".join(
            f"  c{n}: {{between: [n, k{n}], over: a, say: C., ask: e{n}, yes: {{allow: a}}, no: {{unresolved: true}}}}\n"
            for n in range(count)
        )
    )
    with pytest.raises(TooLargeError, match="k13"):
        versions(text)


def test_a_conflict_elsewhere_hides_what_changed():
    base = (
        "rules: r\noptions: {a: A, b: B, c: C}\nfacts: {x: {ask: X?}, y: {ask: Y?}}\n"
        "groups:\n  n: {kind: need, ask: x, yes: {require: a}, no: {}}\n"
        "  k: {kind: constraint, ask: x, yes: {exclude: a}, no: {}}\n"
        "  m: {kind: need, ask: y, yes: {require: b}, no: {}}\n"
    )
    found = versions(base, ("yes: {require: b}", "yes: {require: c}"))
    (part,) = [part for part in found.parts if part.changes]
    assert (part.cases, part.different) == (2, 1)
    assert (found.cases, found.different) == (4, 1)


PLACES = [match.span() for match in re.finditer(r"(?<=[:] )\{(?:require|exclude): \[[a-z, ]+\]", WEATHER)]
VALUES = {
    "rain": ("yes", "no"),
    "far": ("yes", "no"),
    "storm": ("yes", "no"),
    "sheltered": ("yes", "no"),
    "luggage": ("yes", "no"),
    "depth": (3, 8),
}


def edited(edits):
    """The weather rules with other options at some leaves."""
    text = WEATHER
    for place, options in sorted(edits.items(), reverse=True):
        start, end = PLACES[place]
        kind = text[start + 1 : end].partition(":")[0]
        text = f"{text[:start]}{{{kind}: [{', '.join(sorted(options))}]{text[end:]}"
    return text


EDITS = st.dictionaries(
    st.integers(0, len(PLACES) - 1),
    st.sets(st.sampled_from(["umbrella", "boots", "car"]), min_size=1),
    max_size=3,
)


@settings(max_examples=40, deadline=None)
@given(EDITS, EDITS)
def test_the_table_is_what_listing_all_cases_gives(one, two):
    old, new = parse_rules(edited(one)), parse_rules(edited(two))
    found: Comparison = compare(old, new)
    table = {}
    for answers in itertools.product(*VALUES.values()):
        facts = dict(zip(VALUES, answers, strict=True))
        results = [(made.status, made.options) for made in (decide(old, facts), decide(new, facts))]
        if results[0] != results[1]:
            table[tuple(results)] = table.get(tuple(results), 0) + 1
    assert (found.cases, found.different) == (2 ** len(VALUES), sum(table.values()))
    if len(found.parts) == 1:
        assert {(row[0], row[1]): row[2] for row in rows(found)} == table


@settings(max_examples=25, deadline=None)
@given(EDITS)
def test_no_edit_is_a_difference_from_itself(edits):
    assert compare(parse_rules(edited(edits)), parse_rules(edited(edits))).same_effect
