"""The door of Slack: a real server in a process of its own, a mock of Slack, and many people writing at once."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.bench_answers import shuffled
from tests.bench_processes import command
from tests.bench_rows import Row, percentile, single
from tests.slack_mock import SECRET, Sender, Slack, mocked, moment

PART = "Slack"
PEOPLE = 16
SECONDS = 20
WARM = 2  # seconds before measuring starts
BURST = 300


def measure() -> list[Row]:
    """Events answered a second, and how soon they are acknowledged: sustained, and in a burst."""
    with mocked() as slack, served(slack) as address:
        seconds, acknowledged = sustained(slack, address)
        waited = burst(slack, address)
    return [
        single(
            PART, f"events answered, {PEOPLE} people", "/s", len(acknowledged) / seconds, len(acknowledged)
        ),
        single(PART, "acknowledged, median", "ms", percentile(acknowledged, 0.5) * 1000, len(acknowledged)),
        single(
            PART, "acknowledged, 99 % within", "ms", percentile(acknowledged, 0.99) * 1000, len(acknowledged)
        ),
        single(PART, f"burst of {BURST}, 99 % within", "ms", percentile(waited, 0.99) * 1000, len(waited)),
    ]


@contextmanager
def served(slack: Slack) -> Iterator[str]:
    """The address of `groundrule slack serve` with a new store on disk."""
    with tempfile.TemporaryDirectory() as folder:
        own = {
            "GROUNDRULE_STORE": f"sqlite:///{folder}/kept.db",
            "GROUNDRULE_SLACK_SIGNING_SECRET": SECRET,
            "GROUNDRULE_SLACK_BOT_TOKEN": "xoxb-1",
            "GROUNDRULE_SLACK_API": f"{slack.address}/api",
        }
        process = subprocess.Popen(
            [*command(), "slack", "serve"],
            env=os.environ | own | {"PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=(Path(folder) / "log").open("w"),
            text=True,
        )
        try:
            assert process.stdout is not None
            yield next(found[0] for line in process.stdout if (found := re.search(r"http://[\w.:]+", line)))
        finally:
            process.kill()
            process.communicate()


def sustained(slack: Slack, address: str) -> tuple[float, list[float]]:
    """How long was measured, and how long each acknowledgement took; each person waits for the answer."""
    chats = itertools.cycle(shuffled())
    lock = threading.Lock()
    took: list[float] = []
    begin = time.perf_counter() + WARM
    end = begin + SECONDS

    def person() -> None:
        sender = Sender(address, slack, httpx.Client())
        while time.perf_counter() < end:
            with lock:
                chat = next(chats)
            root = moment()
            for number, text in enumerate(chat, 1):
                sent = time.perf_counter()
                if number == 1:
                    sender.mention(text, ts=root)
                else:
                    sender.message(text, thread=root)
                acknowledged = time.perf_counter() - sent
                _wait_for_answer(slack, root, number)
                if begin <= sent and time.perf_counter() < end:
                    with lock:
                        took.append(acknowledged)

    with ThreadPoolExecutor(PEOPLE) as pool:
        for done in [pool.submit(person) for _ in range(PEOPLE)]:
            done.result()
    return SECONDS, took


def burst(slack: Slack, address: str) -> list[float]:
    """How long each acknowledgement took when all come at once."""
    texts = [chat[0] for chat in shuffled()]
    sender = Sender(address, slack, httpx.Client())

    def send(place: int) -> float:
        sent = time.perf_counter()
        sender.mention(texts[place % len(texts)])
        return time.perf_counter() - sent

    with ThreadPoolExecutor(PEOPLE) as pool:
        return list(pool.map(send, range(BURST)))


def _wait_for_answer(slack: Slack, root: str, count: int) -> None:
    """Until the thread has `count` answers."""
    slack.wait(lambda: slack.answered[root] >= count)
