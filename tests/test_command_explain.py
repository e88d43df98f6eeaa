"""``groundrule explain``: why, why not, what if and what would change it, for given facts."""

import json

import jsonschema

BOTH = ("human_interaction=yes", "data_transformation=yes")


def test_without_asking_anything_the_rules_passed_are_told_with_their_words(groundrule):
    told = groundrule("explain", *BOTH)
    assert told.code == 0
    assert "fit.yes.yes: human_interaction = yes, data_transformation = yes → needs" in told.out
    assert "Sources" in told.out
    assert told.out == groundrule("explain", *BOTH, "--why").out


def test_why_not_tells_what_blocks_an_option_and_what_would_lead_to_it(groundrule):
    told = groundrule("explain", "human_interaction=no", "--why-not", "flow")
    assert told.code == 0
    assert "fit.no: human_interaction = no" in told.out
    assert "it would be recommended with end_user_portal = yes" in told.out


def test_why_not_of_what_is_recommended_says_so(groundrule):
    told = groundrule("explain", "human_interaction=no", "--why-not", "integration")
    assert "it is recommended" in told.out


def test_a_mistyped_option_is_offered_the_right_one(groundrule):
    told = groundrule("explain", "--why-not", "integratoin")
    assert told.code == 2
    assert "did you mean integration?" in told.err


def test_what_if_shows_before_and_after(groundrule):
    told = groundrule("explain", *BOTH, "--what-if", "human_interaction=no")
    assert "Boomi Flow + Boomi Integration (AtomSphere) → Boomi Integration (AtomSphere)" in told.out
    told = groundrule("explain", *BOTH, "execution_seconds=45", "--what-if", "execution_seconds=5")
    assert "limit low_latency_timeout: broken → kept" in told.out


def test_several_suppositions_hold_together(groundrule):
    told = groundrule(
        "explain", *BOTH, "--json", "--what-if", "on_premise=yes", "--what-if", "splittable=yes"
    )
    shown = json.loads(told.out)["what_if"]
    assert shown["change"] == {"on_premise": "yes", "splittable": "yes"}
    assert (shown["changed"], shown["after"]["status"]) == (True, "decided_by_exception")


def test_what_changes_names_flips_ranges_and_what_cannot_matter(groundrule):
    told = groundrule("explain", "human_interaction=no", "document_mb=3", "--what-changes")
    assert "human_interaction = yes → undecided" in told.out
    assert (
        "document_mb (MB): <= 1 → cloud_document_size kept; > 1 (now) → cloud_document_size broken"
        in told.out
    )
    assert "Cannot change what is recommended" in told.out


def test_the_json_is_valid_against_the_published_schema_and_holds_only_what_was_asked(groundrule):
    schema = json.loads(groundrule("schema", "explanation").out)
    every = groundrule(
        "explain",
        *BOTH,
        "--why",
        "--why-not",
        "flow",
        "--what-if",
        "on_premise=yes",
        "--what-changes",
        "--json",
    )
    shown = json.loads(every.out)
    jsonschema.validate(shown, schema)
    assert shown["what_changes"]["numbers"][0]["ranges"][1]["limits"] == {"low_latency_timeout": "violated"}
    assert "budget_model" in shown["what_changes"]["cannot_matter"]
    shown = json.loads(groundrule("explain", *BOTH, "--what-changes", "--json").out)
    jsonschema.validate(shown, schema)
    assert (shown["why"], shown["why_not"], shown["what_if"]) == (None, [], None)


def test_a_mistyped_supposition_is_refused_like_a_fact(groundrule):
    told = groundrule("explain", "--what-if", "on_premis=yes")
    assert told.code == 2
    assert "did you mean on_premise?" in told.err


def test_an_explanation_by_the_rules_of_a_day_names_the_day(groundrule):
    told = json.loads(groundrule("explain", "--json", "--as-of", "2026-03-31", "human_interaction=no").out)
    assert told["as_of"] == "2026-03-31"
    assert groundrule("explain", "--as-of", "31.3.2026").code == 2


def test_the_sources_of_an_explanation_are_numbered_from_one(groundrule):
    told = groundrule("explain", "--why-not", "flow", "human_interaction=no").out
    assert "\n[1] " in told
