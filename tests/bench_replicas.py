"""Replicas over one PostgreSQL, killed and crashed while events come up to four times: nothing may be lost."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench_rows import Row, single
from tests.replicas import PACK, Plan, carry_out, differences, running, talks

PART = "Replicas over PostgreSQL"
CONVERSATIONS = 2_000
SHOWN = 5


def measure() -> list[Row]:
    """The long form of what the tests do shortly. Small answers, for what is measured lies around them."""
    from assistant import Assistant
    from tests.postgres import Postgres

    plan = Plan(talks(CONVERSATIONS), replicas=4, kills=50, crashes=5)
    assistant = Assistant.open(PACK)  # with its index, for which replicas would wait for one another
    postgres = Postgres()
    try:
        store = postgres.database()
        with (
            tempfile.TemporaryDirectory() as folder,
            running(plan.replicas, PACK, store, Path(folder)) as replicas,
        ):
            outcome = carry_out(plan, postgres, replicas)
        wrong = differences(plan, outcome, store, assistant)
    finally:
        postgres.stop()
    for one in wrong[:SHOWN]:
        print(one, file=sys.stderr)
    told = {
        "events": plan.events,
        "deliveries": outcome.deliveries,
        "replicas killed": outcome.kills,
        "database crashes": outcome.crashes,
        "answered events": len(outcome.answers),
        "lost, doubled, out of order or unlike one process": len(wrong),
    }
    rate = plan.events / outcome.seconds
    return [single(PART, what, "", value) for what, value in told.items()] + [
        single(PART, "events answered, accidents included", "/s", rate, plan.events)
    ]
