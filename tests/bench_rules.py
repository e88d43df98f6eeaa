"""The rule engine beside zen-engine and beside nested ifs: same rules, same cases, one process on one core.

Seconds are those of the processor, of all threads of this process: on an idle machine the same as by the
clock, and on a busy one still those of the work measured.
"""

from __future__ import annotations

import itertools
import os
import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from rules import RuleSet, decide, load_rules
from tests.bench_rows import ROOT, Row, several, single
from tests.bench_tree import decide_plainly

RATES = "Rules: Boomi, every complete case, one core"
RATIOS = "Rules: how many times as fast"
QUESTIONS = "Rules: Boomi, facts missing, one core"
ROUNDS = 5
REPEATS = 10  # of what is too quick to be measured in one go
SAMPLE = 6_000
YES_NO = ("yes", "no")
BUDGETS = ("connector_based", "per_user", "enterprise_bundle")
VOLUNTEERED = ("trading_partners", "master_data", "api_management", "event_streams", "end_user_portal")
ASKED = ("human_interaction", "data_transformation", "on_premise")

Facts = dict[str, str]

NEW = "groundrule, full trace, new facts"
SEEN = "groundrule, full trace, facts seen before"
ZEN_TRACED = "zen-engine, static loader, trace"
ZEN = "zen-engine, static loader, result alone"
PLAIN = "nested ifs in Python, trace"
COMPARED = ((NEW, ZEN_TRACED), (SEEN, ZEN_TRACED), (NEW, ZEN), (NEW, PLAIN), (SEEN, PLAIN))


def bundled() -> RuleSet:
    """The Boomi rules with an engine that has decided nothing but the empty case."""
    rules = load_rules(ROOT / "rules" / "boomi.yaml")
    decide(rules, {})
    return rules


def _mixed(domains: dict[str, tuple[str, ...]], absent: str) -> list[Facts]:
    """Every combination once, in the same mixed order every time; a fact whose value is ``absent`` is left out."""
    cases = [
        {name: value for name, value in zip(domains, values, strict=True) if value != absent}
        for values in itertools.product(*domains.values())
    ]
    random.Random(1).shuffle(cases)
    return cases


def complete_cases() -> list[Facts]:
    """Every case in which each fact is known; about the exception nobody may have been asked."""
    return _mixed(
        {
            **dict.fromkeys(ASKED, YES_NO),
            "budget_model": BUDGETS,
            "splittable": (*YES_NO, "unasked"),
            **dict.fromkeys(VOLUNTEERED, YES_NO),
        },
        "unasked",
    )


def partial_cases() -> list[Facts]:
    """Cases in which facts are known, unasked or unknown."""
    return _mixed(
        {
            **dict.fromkeys(ASKED, (*YES_NO, "unknown", "unasked")),
            "budget_model": (*BUDGETS, "unknown", "unasked"),
            "splittable": (*YES_NO, "unknown", "unasked"),
            **dict.fromkeys(VOLUNTEERED, (*YES_NO, "unasked")),
        },
        "unasked",
    )


def rate(run: Callable[[Any], object], cases: Sequence[object], repeats: int = 1) -> float:
    """Cases a second."""
    began = time.process_time()
    for _ in range(repeats):
        for case in cases:
            run(case)
    return repeats * len(cases) / (time.process_time() - began)


def measure() -> list[Row]:
    """All engines in turn, round after round, so that what disturbs one disturbs the others as well."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    rates = _rates(complete_cases())
    rows = [several(RATES, what, "decisions/s", values) for what, values in rates.items()]
    for mine, theirs in COMPARED:
        times = [fast / slow for fast, slow in zip(rates[mine], rates[theirs], strict=True)]
        rows.append(several(RATIOS, f"{_short(mine)} : {_short(theirs)}", "times", times))
    return rows + _missing(partial_cases()[:SAMPLE])


def _short(what: str) -> str:
    return (
        what.replace("groundrule, full trace, ", "").replace(", static loader", "").replace(" in Python", "")
    )


def _rates(cases: list[Facts]) -> dict[str, list[float]]:
    told, fields = _zen(cases)
    _agree(cases, [told(one, {})["result"] for one in fields])
    rates: dict[str, list[float]] = {what: [] for what in (NEW, SEEN, ZEN_TRACED, ZEN, PLAIN)}
    for _ in range(ROUNDS):
        rules = bundled()
        rates[NEW].append(rate(lambda facts, rules=rules: decide(rules, facts), cases))
        rates[SEEN].append(rate(lambda facts, rules=rules: decide(rules, facts), cases, REPEATS))
        rates[ZEN_TRACED].append(rate(lambda facts: told(facts, {"trace": True}), fields))
        rates[ZEN].append(rate(lambda facts: told(facts, {}), fields))
        rates[PLAIN].append(rate(decide_plainly, cases, REPEATS))
    return rates


def _zen(cases: Iterable[Facts]) -> tuple[Callable[[Facts, dict[str, bool]], Any], list[Facts]]:
    """How zen-engine is asked, and the cases in its words: unasked is there a value like any other."""
    import zen

    from rules.jdm import field_names, to_jdm

    rules = bundled()
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"boomi": to_jdm(rules)}}})
    names = field_names(rules)
    fields = [
        {names[name]: value for name, value in {"splittable": "unasked", **case}.items()} for case in cases
    ]
    return lambda facts, options: engine.evaluate("boomi", facts, options), fields


def _agree(cases: Iterable[Facts], told: Iterable[dict[str, Any]]) -> None:
    """Speeds are compared only of engines that decide the same. Leaves with the first case that differs."""
    rules = bundled()
    for facts, theirs in zip(cases, told, strict=True):
        mine = decide(rules, facts)
        same = (mine.status, mine.options)
        if decide_plainly(facts)[:2] != same:
            sys.exit(f"bench: tests/bench_tree.py no longer says what the rules say: {facts} is {same}")
        if (theirs["status"], tuple(theirs["options"])) != same:
            sys.exit(f"bench: zen-engine decides otherwise: {facts} is {same}, there {theirs}")


def _missing(cases: list[Facts]) -> list[Row]:
    """Partial facts, each set new: the rate, and how long the ones took that end in a question."""
    rules = bundled()
    asking = []
    began = time.process_time()
    for facts in cases:
        start = time.process_time()
        decision = decide(rules, facts)
        if decision.next is not None:
            asking.append(1000 * (time.process_time() - start))
    took = time.process_time() - began
    seen = rate(lambda facts: decide(rules, facts), cases)
    return [
        several(QUESTIONS, "decision with next question, new facts", "ms", asking, p95=True),
        single(
            QUESTIONS, "decisions, asking or not, new facts", "decisions/s", len(cases) / took, len(cases)
        ),
        single(QUESTIONS, "decisions, asking or not, facts seen before", "decisions/s", seen, len(cases)),
    ]
