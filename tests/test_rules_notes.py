"""What stands beside a result: preferences and limits, which never change it."""

from pathlib import Path

import pytest

from rules import decide, parse_rules


@pytest.fixture(scope="module")
def weather():
    return parse_rules((Path(__file__).parent / "weather.yaml").read_text(encoding="utf-8"))


def test_a_preference_never_changes_the_options_and_a_mismatch_is_a_tension(weather):
    plain = decide(weather, {"rain": "yes", "far": "no"})
    other = decide(weather, {"rain": "yes", "far": "no", "taste": "dry"})
    assert other.options == plain.options
    (tension,) = other.tensions
    assert (tension.node, tension.prefer, tension.against) == ("liking.dry", ("car",), "need.yes.no")
    assert [source.quote for source in tension.sources] == ["Cars are dry.", "Rain asks for an umbrella."]
    assert decide(weather, {"rain": "yes", "far": "no", "taste": "quick"}).tensions == ()
    assert decide(weather, {"rain": "yes", "far": "no", "taste": "both"}).tensions == ()


def test_a_preference_alone_is_undecided_with_a_leaning(weather):
    decision = decide(weather, {"taste": "dry"})
    assert decision.status == "undecided"
    (leaning,) = decision.leanings
    assert (leaning.node, leaning.prefer) == ("liking.dry", ("car",))


def test_a_preference_against_a_constraint_is_overridden(weather):
    decision = decide(weather, {"far": "yes", "storm": "yes", "taste": "quick", "depth": 0})
    (found,) = decision.overridden
    assert (found.node, found.against, found.options) == ("liking.quick", "danger.yes", ("umbrella",))
    assert [source.quote for source in found.sources] == ["Umbrellas are quick.", "No umbrella in a storm."]


@pytest.mark.parametrize(
    ("wind", "state"), [(40, "ok"), (40.5, "violated"), (None, "check"), ("unknown", "check")]
)
def test_a_limit_is_kept_or_broken_or_to_be_checked_and_never_flips(weather, wind, state):
    facts = {"rain": "yes", "far": "no"} | ({} if wind is None else {"wind": wind})
    decision = decide(weather, facts)
    assert decision.options == ("umbrella",)
    (limit,) = decision.limits
    assert (limit.name, limit.state, limit.max, limit.unit) == ("gusts", state, 40.0, "km/h")
    assert (limit.scope, limit.remedy) == ("open fields", "close it")


def test_a_limit_concerns_only_results_that_hold_all_of_its_options(weather):
    both = decide(weather, {"rain": "yes", "far": "no", "depth": 9, "wind": 0})
    assert {limit.name: limit.state for limit in both.limits} == {"gusts": "ok", "breeze": "violated"}
    assert decide(weather, {"far": "yes"}).limits == ()


def test_a_limit_does_not_concern_what_it_excepts(weather):
    facts = {"rain": "yes", "far": "no", "storm": "yes", "sheltered": "yes", "wind": 99}
    assert "gusts" not in [limit.name for limit in decide(weather, facts).limits]
