"""A server that runs out of room, is asked too much, or is told to stop: nothing acknowledged is lost."""

import resource
import signal
import sqlite3
import threading
from collections import Counter
from contextlib import closing

import httpx
import pytest

from assistant import ConversationStore

SAID = "I am about to go out."


def ask(address, **more):
    return httpx.post(f"{address}/v1/answers", json={"message": SAID} | more, timeout=60)


def whole(store):
    """What is kept in the file of ``store``, which must be sound."""
    with closing(sqlite3.connect(store)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with closing(ConversationStore.open(f"sqlite:///{store}")) as kept:
        return {one.id: one.turns for one in kept.owned("local")}


def test_a_disk_that_is_full_is_told_nothing_is_torn_and_it_goes_on_once_there_is_room(serve, tmp_path):
    process, address = serve("--api-only")
    conversation = ask(address).json()["conversation"]
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
    acknowledged = 1
    while (told := ask(address, conversation=conversation)).status_code == 200:
        acknowledged += 1
        assert told.json()["turn"] == acknowledged
    assert told.status_code == 503
    assert told.headers["retry-after"]
    assert told.headers["content-type"] == "application/problem+json"
    assert "Nothing was kept" in told.json()["detail"]
    shown = httpx.get(f"{address}/v1/conversations/{conversation}", timeout=60).json()["turns"]
    assert [turn["number"] for turn in shown] == list(range(1, acknowledged + 1))
    limit = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, limit)
    assert ask(address, conversation=conversation).json()["turn"] == acknowledged + 1
    assert whole(tmp_path / "c.db") == {conversation: acknowledged + 1}


@pytest.mark.parametrize("page", [("--api-only",), ()])
def test_a_server_that_is_told_to_stop_answers_what_it_accepted(serve, tmp_path, page):
    process, address = serve(*page)
    told, refused = [], []
    enough, stopping = threading.Event(), threading.Event()

    def client():
        while not stopping.is_set():  # once it is gone, the port may be another server's
            try:
                answered = ask(address)
            except httpx.TransportError:
                return
            if answered.status_code != 200:
                refused.append((answered.status_code, answered.text))
                return
            told.append(answered.json()["conversation"])
            if len(told) >= 12:
                enough.set()

    clients = [threading.Thread(target=client) for _ in range(6)]
    for one in clients:
        one.start()
    with httpx.stream("GET", f"{address}/gradio_api/heartbeat/abc", timeout=60):  # as an open page does
        enough.wait()
        process.send_signal(signal.SIGTERM)
        stopping.set()
        for one in clients:
            one.join()
    process.wait(timeout=60)
    assert not refused, refused
    assert whole(tmp_path / "c.db") == dict.fromkeys(told, 1)


def test_a_server_that_is_asked_too_much_refuses_some_and_answers_all_once_they_ask_again(serve, tmp_path):
    _, address = serve("--api-only", "--rate", "20/second")
    statuses, kept = Counter(), []

    def client(number):
        while True:
            told = httpx.post(
                f"{address}/v1/answers",
                json={"message": SAID},
                headers={"idempotency-key": f"m-{number}"},
                timeout=60,
            )
            statuses[told.status_code] += 1
            if told.status_code == 200:
                kept.append(told.json()["conversation"])
                return
            assert int(told.headers["retry-after"]) >= 1
            threading.Event().wait(1)

    clients = [threading.Thread(target=client, args=(number,)) for number in range(60)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    assert statuses[200] == 60
    assert statuses[429] > 0
    assert set(statuses) == {200, 429}
    assert len(whole(tmp_path / "c.db")) == len(set(kept)) == 60
