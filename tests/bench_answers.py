"""Answers of an assistant that is open already: how long each kind takes, and what memory serving needs."""

from __future__ import annotations

import random
import threading
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from tests.bench_rows import ROOT, Row, several, single

if TYPE_CHECKING:
    from assistant import Assistant, Step, Watch

ANSWERS = "Answers when warm"
MEMORY = "Resident memory"
COUNTED = 100
# None of these is in a suite: what a measured message needs must not lie in memory already.
FIRST = ("A clerk stamps each letter and it is filed.", "What is a connector, in a word?", "hello there")


def conversations(*names: str) -> list[list[str]]:
    """The messages of the bundled suites (all of them, or those named), one list a case."""
    from ruamel.yaml import YAML

    read = YAML(typ="safe", pure=True)
    found = []
    for path in sorted((ROOT / "evals" / "boomi").glob("*.yaml")):
        if names and path.stem not in names:
            continue
        for case in read.load(path)["cases"]:
            said = [turn["say"] for turn in case.get("turns", (case,)) if "say" in turn]
            if said:  # cases of the rules alone give facts and say nothing
                found.append(said)
    return found


def shuffled() -> list[list[str]]:
    """All conversations, in the same mixed order every time."""
    mixed = conversations()
    random.Random(1).shuffle(mixed)
    return mixed


def opened() -> Assistant:
    """The bundled pack, opened as the commands open it."""
    from ui.open_assistant import open_assistant

    return open_assistant(None)


def warm(assistant: Assistant) -> None:
    """Answer a few messages that are not measured."""
    for message in FIRST:
        assistant.reply(message)


def megabytes() -> float:
    """Resident memory of this process, in MiB."""
    import psutil

    return float(psutil.Process().memory_info().rss) / 2**20


def replies(assistant: Assistant, asked: Sequence[Sequence[str]]) -> Iterator[tuple[str, float]]:
    """For every message the kind of its reply and the milliseconds it took."""
    from assistant import MessageError

    for messages in asked:
        conversation = None
        for message in messages:
            began = time.perf_counter()
            try:
                turn = assistant.reply(message, conversation)
            except MessageError:
                yield "refused", 1000 * (time.perf_counter() - began)
                continue
            yield turn.answer.kind, 1000 * (time.perf_counter() - began)
            conversation = turn.conversation


def measure() -> list[Row]:
    """Every message of the suites once, in a process of its own that holds no page."""
    began = time.perf_counter()
    assistant = opened()
    rows = [single(ANSWERS, "Assistant.open, index ready", "s", time.perf_counter() - began)]
    memory = [single(MEMORY, "assistant alone, opened", "MiB", megabytes())]
    warm(assistant)
    times: dict[str, list[float]] = defaultdict(list)
    steps: dict[str, list[float]] = defaultdict(list)
    for number, (kind, took) in enumerate(replies(assistant.watched(timing(steps)), shuffled()), 1):
        times[kind].append(took)
        if number == COUNTED:
            memory.append(single(MEMORY, f"assistant alone, after {COUNTED} answers", "MiB", megabytes()))
    every = [took for each in times.values() for took in each]
    rows.append(several(ANSWERS, "every message of the suites", "ms", every, p95=True))
    ordered = sorted(times.items(), key=lambda item: -len(item[1]))
    rows += [several(ANSWERS, f"  {kind}", "ms", each, p95=True) for kind, each in ordered]
    rows += [several(ANSWERS, f"  step: {step}", "ms", each, p95=True) for step, each in steps.items()]
    return rows + memory


def timing(steps: dict[str, list[float]]) -> Watch:
    """Notes under its name the milliseconds that each step of a turn takes."""

    @contextmanager
    def watch(step: Step) -> Iterator[None]:
        began = time.perf_counter()
        yield
        steps[step].append(1000 * (time.perf_counter() - began))

    return watch


def measure_serving() -> list[Row]:
    """Memory of a process that serves the page as ``groundrule serve`` does, and answers."""
    assistant = opened()
    with page_of(assistant):
        before = megabytes()
        for _ in islice(replies(assistant, shuffled()), COUNTED):
            pass
        after = megabytes()
    return [
        single(MEMORY, "serving the page, page loaded", "MiB", before),
        single(MEMORY, f"serving the page, after {COUNTED} answers", "MiB", after),
    ]


@contextmanager
def page_of(assistant: Assistant) -> Iterator[None]:
    """The page behind a real server in this process, loaded once."""
    import uvicorn

    from ui.listen import listen, page_address
    from ui.page import web_app

    with listen("127.0.0.1", 0) as listening:
        server = uvicorn.Server(
            uvicorn.Config(web_app(assistant, "127.0.0.1"), log_level="critical", ws="none")
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            address = page_address("127.0.0.1", listening.getsockname()[1])
            with urllib.request.urlopen(address, timeout=60) as response:
                response.read()
            yield
        finally:
            server.should_exit = True
            thread.join()
