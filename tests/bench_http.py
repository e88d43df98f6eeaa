"""Answers over HTTP: a real server in a process of its own, asked by many clients at once."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

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
    rows = []
    with served() as address:
        for what, ask in (("answers", _kept), ("chat completions", _chats)):
            seconds, took = load(address, ask)
            rows += [
                single(PART, f"{what}, {CLIENTS} clients", "/s", len(took) / seconds, len(took)),
                single(PART, f"{what}, median", "ms", percentile(took, 0.5) * 1000, len(took)),
                single(PART, f"{what}, 99 % within", "ms", percentile(took, 0.99) * 1000, len(took)),
            ]
    return rows


@contextmanager
def served() -> Iterator[str]:
    """The address of `groundrule serve --api-only` with a new store on disk."""
    with tempfile.TemporaryDirectory() as folder:
        own = {"GROUNDRULE_STORE": f"sqlite:///{folder}/kept.db", "GROUNDRULE_KEYS": f"{folder}/keys.json"}
        process = subprocess.Popen(
            [*command(), "serve", "--api-only", "--rate", "1000000/minute"],
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


def load(address: str, ask: Ask) -> tuple[float, list[float]]:
    """How long was measured, and what each answer took, in seconds."""
    chats = itertools.cycle(shuffled())
    lock = threading.Lock()
    took: list[float] = []
    begin = time.perf_counter() + WARM
    end = begin + SECONDS

    def client() -> None:
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

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return SECONDS, took


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
