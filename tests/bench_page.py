"""The web page: how long until it can be used, what it costs to send, and many people at once."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
from playwright.sync_api import expect, sync_playwright

from tests.bench_answers import shuffled
from tests.bench_processes import command
from tests.bench_rows import Row, percentile, single
from tests.conftest import CHROMIUM, FLAGS

PART = "The page"
USERS = 50
EVERY = 5  # seconds between two messages of one user
MESSAGES = 4  # of each user


def measure() -> list[Row]:
    """Start, first answer and bytes in a real browser; then users over the page's own way to its server."""
    started = time.perf_counter()
    with served() as (address, process):
        serving = time.perf_counter() - started
        rows = [single(PART, "start to address", "s", serving, 1), *_in_browser(address)]
        took, failed = _many(address)
        rows += [
            single(
                PART,
                f"{USERS} users, a message each {EVERY} s, 95 % within",
                "ms",
                percentile(took, 0.95) * 1000,
                len(took),
            ),
            single(PART, f"{USERS} users, failed", "", float(failed), len(took) + failed),
            single(PART, "memory", "MB", process.memory_info().rss / 1e6, 1),
        ]
    return rows


@contextmanager
def served() -> Iterator[tuple[str, psutil.Process]]:
    """The address of `groundrule serve` with a new store on disk, and its process."""
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [*command(), "serve"],
            env=os.environ | {"GROUNDRULE_STORE": f"sqlite:///{folder}/kept.db", "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=(Path(folder) / "log").open("w"),
            text=True,
        )
        try:
            assert process.stdout is not None
            at = next(found[0] for line in process.stdout if (found := re.search(r"http://[\w.:]+", line)))
            yield at, psutil.Process(process.pid)
        finally:
            process.kill()
            process.wait()


def _in_browser(address: str) -> list[Row]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", CHROMIUM), args=FLAGS)
        page = browser.new_page()
        sent: list[int] = []
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.loadingFinished", lambda told: sent.append(int(told["encodedDataLength"])))
        started = time.perf_counter()
        page.goto(address)
        expect(page.locator(".example").first).to_be_visible(timeout=60_000)
        usable, first = time.perf_counter() - started, sum(sent)
        started = time.perf_counter()
        page.locator(".example").first.click()
        expect(page.locator(".answer")).to_have_count(1, timeout=60_000)
        answered = time.perf_counter() - started
        documents = [httpx.get(address + path, timeout=60) for path in ("/explore", "/checklist")]
        browser.close()
    return [
        single(PART, "opened to usable", "s", usable, 1),
        single(PART, "first answer", "s", answered, 1),
        single(PART, "bytes of the first visit", "kB", first / 1000, 1),
        *(single(PART, f"bytes of {told.url.path}", "kB", len(told.content) / 1000, 1) for told in documents),
    ]


def _many(address: str) -> tuple[list[float], int]:
    """What each answer took, over the events that the page sends, and how many failed."""
    config = httpx.get(address, timeout=60).text
    ids = {
        name: int(found[1])
        for name in ("sent",)
        if (found := re.search(r'"id":(\d+),"targets":\[\[\d+,"submit"\]\]', config))
    }
    took: list[float] = []
    failures: list[str] = []
    messages = shuffled()

    def person(number: int) -> None:
        with httpx.Client(base_url=address, timeout=60) as client:
            client.get("/")
            time.sleep(EVERY * number / USERS)
            for turn in range(MESSAGES):
                started = time.perf_counter()
                said = messages[(number * MESSAGES + turn) % len(messages)]
                if _ask(client, ids["sent"], said, f"bench{number}"):
                    took.append(time.perf_counter() - started)
                else:
                    failures.append(said)
                time.sleep(max(0.0, EVERY - (time.perf_counter() - started)))

    people = [threading.Thread(target=person, args=(number,)) for number in range(USERS)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    return took, len(failures)


def _ask(client: httpx.Client, event: int, said: str, session: str) -> bool:
    """One message over Gradio's queue, as its client sends it."""
    body = {
        "data": [said, None],
        "fn_index": event,
        "session_hash": session,
        "event_data": None,
        "trigger_id": None,
    }
    if client.post("/gradio_api/queue/join", json=body).status_code != 200:
        return False
    with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as stream:
        for line in stream.iter_lines():
            if '"process_completed"' in line:
                return '"success":true' in line.replace(" ", "") and "answer" in line
    return False
