"""Search in the bundled guide, from the words of a question to the passages nearest to it."""

from __future__ import annotations

import time

from tests.bench_answers import conversations, opened
from tests.bench_rows import Row, several

PART = "Search when warm"


def measure() -> list[Row]:
    """The first messages of the suites about details, each searched for once."""
    assistant = opened()
    for query in ("a word about connectors", "who may open the console", "longest wait"):
        assistant.search(query)
    times = []
    for query, *_ in conversations("lookups", "unanswerable"):
        began = time.perf_counter()
        assistant.search(query)
        times.append(1000 * (time.perf_counter() - began))
    return [several(PART, "ten nearest passages", "ms", times, p95=True)]
