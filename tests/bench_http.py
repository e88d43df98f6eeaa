"""Answers over HTTP: real servers in processes of their own, asked by many clients at once."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from tests.bench_answers import shuffled
from tests.bench_processes import command
from tests.bench_rows import Row, percentile, single

PART = "Over HTTP"
CLIENTS = 16
SECONDS = 20
WARM = 2  # seconds before measuring starts

Ask = Callable[[httpx.Client, list[str]], Iterator[None]]


def measure() -> list[Row]:
    """Rate and times of kept conversations, and of the same chats over OpenAI's interface."""
    with served() as server:
        rows = _rows("answers", load([server.address], _kept))
        return rows + _rows("chat completions", load([server.address], _chats))


def measure_replicas() -> list[Row]:
    """Rate and times of kept conversations with one and with two replicas over one PostgreSQL."""
    from tests.postgres import Postgres

    rows = []
    postgres = Postgres()
    try:
        for count in (1, 2):
            store = postgres.database()
            with ExitStack() as opened:
                servers = [opened.enter_context(served(store)) for _ in range(count)]
                what = f"answers, replicas over PostgreSQL: {count}"
                rows += _rows(what, load([server.address for server in servers], _kept))
    finally:
        postgres.stop()
    return rows


def measure_soak(minutes: int) -> list[Row]:
    """Memory of a server that is asked without a pause for ``minutes``."""
    part = f"{minutes} minutes of load"
    with served() as server:
        process = psutil.Process(server.pid)
        memory: list[float] = []
        answers = 0
        for _ in range(minutes):
            answers += len(load([server.address], _kept, clients=4, seconds=60)[1])
            memory.append(process.memory_info().rss / 2**20)
    places = {"the first minute": 0, "half of them": minutes // 2, "the last": minutes - 1}
    rows = [single(part, f"memory after {when}", "MiB", memory[place]) for when, place in places.items()]
    return [*rows, single(part, "answers", "", answers)]


def _rows(what: str, measured: tuple[float, list[float]]) -> list[Row]:
    seconds, took = measured
    return [
        single(PART, f"{what}, {CLIENTS} clients", "/s", len(took) / seconds, len(took)),
        single(PART, f"{what}, median", "ms", percentile(took, 0.5) * 1000, len(took)),
        single(PART, f"{what}, 99 % within", "ms", percentile(took, 0.99) * 1000, len(took)),
    ]


@dataclass(frozen=True, slots=True)
class Server:
    """A server in a process of its own."""

    address: str
    pid: int


@contextmanager
def served(store: str | None = None) -> Iterator[Server]:
    """`groundrule serve --api-only` with its conversations in ``store``, by default a new one on disk."""
    with tempfile.TemporaryDirectory() as folder:
        own = {
            "GROUNDRULE_STORE": store or f"sqlite:///{folder}/kept.db",
            "GROUNDRULE_KEYS": f"{folder}/keys.json",
        }
        process = subprocess.Popen(
            [*command(), "serve", "--api-only", "--rate", "1000000/minute"],
            env=os.environ | own | {"PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=(Path(folder) / "log").open("w"),
            text=True,
        )
        try:
            assert process.stdout is not None
            told = (re.search(r"http://[\w.:]+", line) for line in process.stdout)
            yield Server(next(found[0] for found in told if found), process.pid)
        finally:
            process.kill()
            process.communicate()


def load(
    addresses: Sequence[str], ask: Ask, clients: int = CLIENTS, seconds: float = SECONDS
) -> tuple[float, list[float]]:
    """How long was measured, and what each answer took, in seconds; clients are spread over ``addresses``."""
    chats = itertools.cycle(shuffled())
    lock = threading.Lock()
    took: list[float] = []
    begin = time.perf_counter() + WARM
    end = begin + seconds

    def client(address: str) -> None:
        with httpx.Client(base_url=address, timeout=60) as opened:
            while time.perf_counter() < end:
                with lock:
                    chat = next(chats)
                last = time.perf_counter()
                for _ in ask(opened, chat):
                    now = time.perf_counter()
                    if begin <= last and now < end:
                        took.append(now - last)
                    last = now

    threads = [
        threading.Thread(target=client, args=(addresses[number % len(addresses)],))
        for number in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seconds, took


def _kept(client: httpx.Client, chat: list[str]) -> Iterator[None]:
    body: dict[str, str] = {}
    for message in chat:
        told = client.post("/v1/answers", json=body | {"message": message})
        if told.status_code == 200:
            body["conversation"] = told.json()["conversation"]
        yield


def _chats(client: httpx.Client, chat: list[str]) -> Iterator[None]:
    for count in range(1, len(chat) + 1):
        messages = [{"role": "user", "content": message} for message in chat[:count]]
        client.post("/v1/chat/completions", json={"model": "boomi", "messages": messages})
        yield
