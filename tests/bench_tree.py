"""The Boomi rules as a programmer would write them without an engine: nested ifs, for complete cases alone.

They tell status, options and the nodes passed; no citation, no limit, no next question, nothing about facts
that are missing. This is the least that any decision can cost in Python.
"""

from __future__ import annotations

from collections.abc import Mapping

Facts = Mapping[str, str]
Step = tuple[str, str, str]
Result = tuple[str, tuple[str, ...], tuple[Step, ...]]

ABILITIES = (
    ("partners", "trading_partners"),
    ("golden_records", "master_data"),
    ("apis", "api_management"),
    ("streams", "event_streams"),
)


def decide_plainly(facts: Facts) -> Result:
    """Status, options and trace of a case in which every fact is known."""
    trace: list[Step] = []
    required: set[str] = set()
    human = facts["human_interaction"]
    if human == "no":
        trace.append(("fit.no", "human_interaction", "no"))
        required.add("integration")
    else:
        trace.append(("fit.yes", "human_interaction", "yes"))
        required.add("flow")
        if facts["data_transformation"] == "yes":
            trace.append(("fit.yes.yes", "data_transformation", "yes"))
            required.add("integration")
        else:
            trace.append(("fit.yes.no", "data_transformation", "no"))
    premise = facts["on_premise"]
    trace.append((f"hosting.{premise}", "on_premise", premise))
    for group, fact in ABILITIES:
        if facts[fact] == "yes":
            trace.append((f"{group}.yes", fact, "yes"))
            required.add("integration")
    if facts["end_user_portal"] == "yes":
        trace.append(("portal.yes", "end_user_portal", "yes"))
        required.add("flow")
    budget = facts["budget_model"]
    trace.append((f"cost.{budget}", "budget_model", budget))
    if premise == "no" or "flow" not in required:
        return "decided", tuple(sorted(required)), tuple(trace)
    if facts.get("splittable") == "yes":
        return "decided_by_exception", ("flow", "integration"), tuple(trace)
    return "conflict", (), tuple(trace)
