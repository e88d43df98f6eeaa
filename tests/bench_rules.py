"""The rule engine beside zen-engine and beside nested ifs: same rules, same cases, one process on one core.

Seconds are those of the processor, of all threads of this process: on an idle machine the same as by the
clock, and on a busy one still those of the work measured.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rules import RuleSet, decide, load_rules
from tests.bench_processes import run
from tests.bench_rows import ROOT, Row, several, single
from tests.bench_tree import decide_plainly

RATES = "Rules: Boomi, every complete case, random numbers, one core"
RATIOS = "Rules: how many times as fast"
QUESTIONS = "Rules: Boomi, facts missing, random numbers, next question included, one core"
BATCH = "Rules: groundrule decide --batch as a process, flips and citations included"
ROUNDS = 5
REPEATS = 10  # of what is too quick to be measured in one go
SAMPLE = 6_000
BATCH_CASES = 100_000
YES_NO = ("yes", "no")
BUDGETS = ("connector_based", "per_user", "enterprise_bundle")
VOLUNTEERED = ("trading_partners", "master_data", "api_management", "event_streams", "end_user_portal")
ASKED = ("human_interaction", "data_transformation", "on_premise")

Facts = dict[str, str | float]

# A fact set measured as new was never decided before. What its facts other than numbers give was met before
# or not: deciding keeps what follows from them, and only an id and the numbers' limits are new.
NEW = "groundrule, full trace, new fact sets, states met before"
FIRST = "groundrule, full trace, new fact sets, states met first time"
SEEN = "groundrule, full trace, the same fact sets again"
ZEN_TRACED = "zen-engine, static loader, trace"
ZEN = "zen-engine, static loader, result alone"
PLAIN = "nested ifs in Python, trace"
COMPARED = ((NEW, ZEN_TRACED), (FIRST, ZEN_TRACED), (SEEN, ZEN_TRACED), (NEW, ZEN), (NEW, PLAIN))


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


def with_numbers(cases: Iterable[Facts], seed: int) -> list[Facts]:
    """The cases with a random run time and document size each, different ones for each ``seed``."""
    random_ = random.Random(seed)
    return [
        {**case, "execution_seconds": random_.uniform(0.1, 60), "document_mb": random_.uniform(0.01, 3)}
        for case in cases
    ]


def rate(work: Callable[[Any], object], cases: Sequence[object], repeats: int = 1) -> float:
    """Cases a second."""
    began = time.process_time()
    for _ in range(repeats):
        for case in cases:
            work(case)
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
    return rows + _missing(partial_cases()[:SAMPLE]) + _batch(partial_cases()[:BATCH_CASES])


def _short(what: str) -> str:
    for words in ("groundrule, full trace, ", ", static loader", " in Python"):
        what = what.replace(words, "")
    return what


def _rates(cases: list[Facts]) -> dict[str, list[float]]:
    told, fields = _zen(cases)
    _agree(cases, [told(one, {})["result"] for one in fields])
    rates: dict[str, list[float]] = {what: [] for what in (NEW, FIRST, SEEN, ZEN_TRACED, ZEN, PLAIN)}
    for number in range(ROUNDS):
        rules = bundled()

        def decided(facts: Facts, rules: RuleSet = rules) -> object:
            return decide(rules, facts)

        rates[FIRST].append(rate(decided, with_numbers(cases, 2 * number)))
        rates[NEW].append(rate(decided, with_numbers(cases, 2 * number + 1)))
        rate(decided, cases)
        rates[SEEN].append(rate(decided, cases, REPEATS))
        numbered = _zen(with_numbers(cases, 2 * number + 1))[1]
        rates[ZEN_TRACED].append(rate(lambda facts: told(facts, {"trace": True}), numbered))
        rates[ZEN].append(rate(lambda facts: told(facts, {}), numbered))
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
    """Partial facts, each set new: how long those took that end in a question, and the rate of all."""
    rules = bundled()
    rows = []
    for seed, states in enumerate(("states met first time", "states met before")):
        asking = []
        numbered = with_numbers(cases, seed)
        began = time.process_time()
        for facts in numbered:
            start = time.process_time()
            decision = decide(rules, facts)
            if decision.next is not None:
                asking.append(1000 * (time.process_time() - start))
        took = time.process_time() - began
        what = f"new fact sets, {states}"
        rows += [
            several(QUESTIONS, f"decision that asks, {what}", "ms", asking, p95=True),
            single(
                QUESTIONS, f"decisions, asking or not, {what}", "decisions/s", len(cases) / took, len(cases)
            ),
        ]
    return rows


def _batch(cases: list[Facts]) -> list[Row]:
    """A file of cases decided into a file, from start to exit of the process."""
    with TemporaryDirectory() as folder:
        given, out = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
        lines = (json.dumps({"id": n, "facts": facts}) for n, facts in enumerate(with_numbers(cases, 0)))
        given.write_text("\n".join(lines), encoding="utf-8")
        took = run(("decide", "--batch", str(given), "--out", str(out)))
    return [
        single(BATCH, "the whole batch", "s", took, len(cases)),
        single(BATCH, "decisions", "decisions/s", len(cases) / took, len(cases)),
    ]
