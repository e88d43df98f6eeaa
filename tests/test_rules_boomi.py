"""The bundled rules give what the guide says, for every complete case and for what is missing."""

import itertools
from pathlib import Path

import pytest

from corpus import cite, load_guides
from rules import Leaf, decide, flips, load_rules, why_not
from rules.load import nodes

ROOT = Path(__file__).parent.parent
RULES = load_rules(ROOT / "rules" / "boomi.yaml")
YES_NO = ("yes", "no")
BUDGETS = ("connector_based", "per_user", "enterprise_bundle")
VOLUNTEERED = ("trading_partners", "master_data", "api_management", "event_streams", "end_user_portal")
COMPLETE = [
    {"human_interaction": human, "data_transformation": data, "on_premise": premise, "budget_model": budget}
    for human, data, premise, budget in itertools.product(YES_NO, YES_NO, YES_NO, BUDGETS)
]
INTEGRATION, FLOW, BOTH = ("integration",), ("flow",), ("flow", "integration")


def result(**facts):
    decision = decide(RULES, facts)
    return decision.status, decision.options


def test_there_are_twenty_four_complete_cases_and_six_are_conflicts():
    statuses = [decide(RULES, facts).status for facts in COMPLETE]
    assert len(statuses) == 24
    assert statuses.count("conflict") == 6
    assert statuses.count("decided") == 18


@pytest.mark.parametrize("facts", [one for one in COMPLETE if one["human_interaction"] == "no"])
def test_without_people_it_is_integration_whatever_else(facts):
    decision = decide(RULES, facts)
    assert (decision.status, decision.options) == ("decided", INTEGRATION)
    self_hosted = "Integration on a self-hosted Atom or Molecule"
    assert decision.how == (self_hosted if facts["on_premise"] == "yes" else "")


def test_without_people_nothing_else_is_asked():
    decision = decide(RULES, {"human_interaction": "no"})
    assert (decision.status, decision.options) == ("decided", INTEGRATION)
    assert decision.next is None
    assert dict(decision.assumed) == {}


@pytest.mark.parametrize("premise", [{}, {"on_premise": "no"}, {"on_premise": "unknown"}])
def test_people_without_data_work_are_flow_and_with_it_both(premise):
    assert result(human_interaction="yes", data_transformation="no", **premise) == ("decided", FLOW)
    assert result(human_interaction="yes", data_transformation="yes", **premise) == ("decided", BOTH)
    both = decide(RULES, {"human_interaction": "yes", "data_transformation": "yes", **premise})
    assert "AtomSphere Service Connector" in both.how


def test_the_assumption_that_nothing_runs_on_own_servers_is_named_and_asked():
    decision = decide(RULES, {"human_interaction": "yes", "data_transformation": "yes"})
    assert dict(decision.assumed) == {"on_premise": "no"}
    assert decision.next is not None
    assert decision.next.fact == "on_premise"
    known = decide(RULES, {"human_interaction": "yes", "data_transformation": "yes", "on_premise": "no"})
    assert (dict(known.assumed), known.next) == ({}, None)


@pytest.mark.parametrize("data", [{}, {"data_transformation": "unknown"}])
def test_people_with_unknown_data_work_are_undecided(data):
    decision = decide(RULES, {"human_interaction": "yes", **data})
    assert (decision.status, decision.possible) == ("undecided", (FLOW, BOTH))
    asked = decision.next.fact if decision.next else None
    assert asked == (None if data else "data_transformation")


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"data_transformation": "yes"},
        {"data_transformation": "no"},
        {"on_premise": "yes"},
        {"on_premise": "no", "data_transformation": "yes"},
        {"budget_model": "per_user"},
        {"trading_partners": "yes"},
    ],
)
def test_without_word_about_people_they_are_asked_for_first(facts):
    decision = decide(RULES, facts)
    assert decision.status == "undecided"
    assert decision.next is not None
    assert decision.next.fact == "human_interaction"
    assert decision.next.source is not None


@pytest.mark.parametrize(
    "facts",
    [one for one in COMPLETE if one["human_interaction"] == "yes" and one["on_premise"] == "yes"]
    + [{"human_interaction": "yes", "on_premise": "yes"}],
)
def test_people_on_own_servers_are_a_conflict_with_both_sides_quoted(facts):
    decision = decide(RULES, facts)
    assert (decision.status, decision.options, decision.possible) == ("conflict", (), ())
    (conflict,) = decision.conflicts
    assert (conflict.name, conflict.over) == ("flow_on_premise", "flow")
    assert len(conflict.sides) == 2
    assert "on-premise" in conflict.sides[1].quote
    assert conflict.stands == (INTEGRATION if facts.get("data_transformation") == "yes" else ())
    assert conflict.exception == "unasked"
    assert "metadata only" in conflict.how
    assert decision.next is not None
    assert decision.next.fact == "splittable"


def test_the_hybrid_is_offered_and_decides_by_exception_or_is_refused():
    facts = {"human_interaction": "yes", "on_premise": "yes", "data_transformation": "no"}
    applies = decide(RULES, facts | {"splittable": "yes"})
    assert (applies.status, applies.options) == ("decided_by_exception", BOTH)
    assert "self-hosted Atom" in applies.how
    refused = decide(RULES, facts | {"splittable": "no"})
    assert (refused.status, refused.conflicts[0].exception, refused.next) == ("conflict", "refused", None)
    unknown = decide(RULES, facts | {"splittable": "unknown"})
    assert (unknown.status, unknown.conflicts[0].exception, unknown.next) == ("conflict", "unknown", None)


@pytest.mark.parametrize(
    ("budget", "prefer"), [("connector_based", INTEGRATION), ("per_user", FLOW), ("enterprise_bundle", BOTH)]
)
def test_a_budget_alone_is_undecided_with_a_leaning(budget, prefer):
    decision = decide(RULES, {"budget_model": budget})
    assert decision.status == "undecided"
    assert [tuple(sorted(leaning.prefer)) for leaning in decision.leanings] == [prefer]
    assert decision.leanings[0].source is not None


@pytest.mark.parametrize("facts", [one for one in COMPLETE if decide(RULES, one).status == "decided"])
def test_a_budget_never_changes_the_result_and_tells_its_tension_with_both_quotes(facts):
    decision = decide(RULES, facts)
    without = decide(RULES, {name: value for name, value in facts.items() if name != "budget_model"})
    assert decision.options == without.options
    preferred = {"connector_based": INTEGRATION, "per_user": FLOW, "enterprise_bundle": BOTH}
    beyond = set(decision.options) - set(preferred[facts["budget_model"]])
    assert bool(decision.tensions) == bool(beyond)
    for tension in decision.tensions:
        assert len(tension.sources) == 2


def test_a_per_user_budget_without_people_is_a_tension():
    decision = decide(RULES, {"human_interaction": "no", "budget_model": "per_user"})
    assert decision.options == INTEGRATION
    assert [source.cite for source in decision.tensions[0].sources] == [
        "boomi/decision-tree#budget-model",
        "boomi/decision-tree",
    ]


@pytest.mark.parametrize("name", VOLUNTEERED)
def test_naming_an_ability_settles_the_product_that_has_it(name):
    decision = decide(RULES, {name: "yes"})
    option = "flow" if name == "end_user_portal" else "integration"
    assert decision.required == (option,)
    (step,) = [step for step in decision.trace if step.fact == name]
    assert step.require == (option,)
    assert step.source is not None
    spoken = decide(RULES, {name: "yes", "human_interaction": "yes", "data_transformation": "no"})
    assert spoken.options == (FLOW if option == "flow" else BOTH)


def test_nobody_is_ever_asked_for_an_ability():
    for facts in [{}, *COMPLETE, {"human_interaction": "unknown"}]:
        question = decide(RULES, facts).next
        assert question is None or question.fact not in VOLUNTEERED


def test_a_portal_on_own_servers_is_a_conflict_too():
    alone = decide(RULES, {"end_user_portal": "yes", "on_premise": "yes", "human_interaction": "no"})
    assert [one.name for one in alone.conflicts] == ["portal_on_premise"]
    with_people = decide(RULES, {"end_user_portal": "yes", "on_premise": "yes", "human_interaction": "yes"})
    assert [one.name for one in with_people.conflicts] == ["flow_on_premise"]


BOTH_FACTS = {"human_interaction": "yes", "data_transformation": "yes", "on_premise": "no"}


@pytest.mark.parametrize(
    ("fact", "limit", "good", "bad"),
    [
        ("execution_seconds", "low_latency_timeout", 30, 30.5),
        ("document_mb", "cloud_document_size", 1, 2),
        ("api_requests_per_second", "platform_api_rate", 10, 11),
        ("connector_messages_per_year", "connector_capacity", 10_000_000, 10_000_001),
    ],
)
def test_limits_tell_number_scope_and_remedy_and_never_flip_the_result(fact, limit, good, bad):
    for value, state in ((good, "ok"), (bad, "violated"), (None, "check"), ("unknown", "check")):
        decision = decide(RULES, BOTH_FACTS | ({} if value is None else {fact: value}))
        assert (decision.status, decision.options) == ("decided", BOTH)
        found = next(one for one in decision.limits if one.name == limit)
        assert (found.state, found.max) == (state, float(good))
        assert found.scope
        assert found.remedy
        assert found.source is not None


def test_the_cloud_limits_do_not_hold_on_own_servers():
    decision = decide(RULES, {"human_interaction": "no", "on_premise": "yes", "document_mb": 50})
    assert "cloud_document_size" not in [one.name for one in decision.limits]


def test_flow_alone_has_no_limit_of_integration():
    assert decide(RULES, {"human_interaction": "yes", "data_transformation": "no"}).limits == ()


def test_what_would_change_it_and_why_not():
    found = {next(iter(flip.change.items())): flip for flip in flips(RULES, BOTH_FACTS)}
    assert found["human_interaction", "no"].options == INTEGRATION
    assert found["data_transformation", "no"].options == FLOW
    assert found["on_premise", "yes"].status == "conflict"
    blocked = why_not(RULES, {"human_interaction": "no"}, "flow")
    assert [step.node for step in blocked.blocked_by] == ["fit.no"]


def test_what_the_vendor_documents_against_the_guide_is_said():
    decision = decide(RULES, {"human_interaction": "yes", "on_premise": "yes"})
    assert [one.node for one in decision.disputed] == ["hosting.yes"]


def sources():
    for group in RULES.groups:
        for node in nodes(group.root):
            if isinstance(node, Leaf):
                yield node.id, node.source
    for conflict in RULES.conflicts:
        for way in conflict.ways:
            yield f"{conflict.name} {way.answer}", way.source
    for limit in RULES.limits:
        yield limit.name, limit.source
    for fact in RULES.facts.values():
        if fact.source:
            yield fact.name, fact.source


@pytest.mark.parametrize(
    ("name", "source"), list(sources()), ids=lambda one: one if isinstance(one, str) else ""
)
def test_every_leaf_way_out_and_limit_is_cited_with_words_that_stand_in_the_guide(name, source):
    assert source is not None, name
    assert cite(GUIDES, source.cite, source.quote).quote == source.quote


GUIDES = load_guides(ROOT / "corpus")
