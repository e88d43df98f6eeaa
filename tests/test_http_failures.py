"""The HTTP interface when something behind it fails: told without a word of what was asked."""

import json
import sqlite3
from contextlib import ExitStack

import httpx
import pytest

from tests.http_server import logged, served

SECRET = "the puddles at Elm Street are deep"


class Failing:
    """An assistant whose answers fail in a way that nobody expected, with the message in the error."""

    def __init__(self, assistant):
        self._assistant = assistant

    def __getattr__(self, name):
        return getattr(self._assistant, name)

    def beside(self, model):
        return self

    def reply(self, message, conversation=None, hear=None):
        raise RuntimeError(message)


@pytest.fixture
def failing(weather, tmp_path, monkeypatch):
    """Starts such a server, in the test itself: what it logs goes where the test looks."""
    monkeypatch.setenv("GROUNDRULE_KEYS", str(tmp_path / "keys.json"))
    with ExitStack() as stack:
        store = f"sqlite:///{tmp_path / 'c.db'}"
        yield lambda: stack.enter_context(served(Failing(weather), store))


def test_what_nobody_expected_is_told_as_a_problem_and_logged_by_place(failing, capfd):
    address = failing()
    told = httpx.post(f"{address}/v1/answers", json={"message": SECRET}, timeout=60)
    assert told.status_code == 500
    assert told.headers["content-type"] == "application/problem+json"
    assert "Elm" not in told.text
    lines = logged(capfd, 2)
    failed, request = map(json.loads, lines.splitlines())
    assert failed["event"] == "failed"
    assert failed["error"] == "RuntimeError"
    assert any("test_http_failures.py" in place for place in failed["where"])
    assert failed["request_id"] == request["request_id"] == told.json()["request_id"]
    assert request["status"] == 500
    assert "Elm" not in lines
    assert httpx.get(f"{address}/livez", timeout=60).status_code == 200


def test_a_failure_on_openais_endpoints_has_openais_form(failing):
    chat = {"model": "weather", "messages": [{"role": "user", "content": SECRET}]}
    told = httpx.post(f"{failing()}/v1/chat/completions", json=chat, timeout=60)
    assert told.status_code == 500
    assert told.json()["error"]["type"] == "server_error"
    assert "Elm" not in told.text


def test_a_store_that_is_gone_is_told_by_readiness_and_nothing_is_kept(http, tmp_path):
    address = http()
    with sqlite3.connect(tmp_path / "conversations.db") as connection:
        connection.execute("ALTER TABLE turns RENAME TO elsewhere")
        connection.execute("ALTER TABLE conversations RENAME TO others")
    connection.close()
    for told in (
        httpx.get(f"{address}/readyz", timeout=60),
        httpx.post(f"{address}/v1/answers", json={"message": "It rains."}, timeout=60),
    ):
        assert told.status_code == 503
        assert told.headers["retry-after"]
        assert "sqlite" not in told.text
    assert httpx.get(f"{address}/livez", timeout=60).status_code == 200
    assert httpx.post(f"{address}/v1/search", json={"query": "boots"}, timeout=60).status_code == 200
