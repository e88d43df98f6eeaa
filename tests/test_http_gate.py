"""Who may ask the HTTP interface, how often, how much, and what is told about it."""

import json
import socket
import threading

import anyio
import httpx
import pytest
from openai import APIStatusError, OpenAI

from tests.http_server import logged
from ui.http_backend import Workers
from ui.http_gate import MOST_BYTES
from ui.http_problem import RefusedError
from ui.key_file import add_key, revoke_key

PATHS = ("/v1/answers", "/v1/models", "/metrics", "/openapi.json", "/v1/conversations/x")


def get(address, path, **headers):
    return httpx.get(
        f"{address}{path}", headers={k.replace("_", "-"): v for k, v in headers.items()}, timeout=60
    )


@pytest.mark.parametrize("path", PATHS)
def test_without_a_key_nothing_is_told_where_keys_are_needed(http, path):
    address = http(need_key=True)
    for headers in ({}, {"authorization": "Bearer gr_guessed"}, {"authorization": "Basic YTpi"}):
        refused = get(address, path, **headers)
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"] == "Bearer"


def test_a_balancer_may_ask_for_health_without_a_key(http):
    address = http(need_key=True)
    assert get(address, "/livez").status_code == get(address, "/readyz").status_code == 200


def test_a_key_opens_at_once_and_revoked_closes_at_once(http, tmp_path):
    address = http(need_key=True)
    secret = add_key(tmp_path / "keys.json", "ann")
    assert get(address, "/v1/models", authorization=f"Bearer {secret}").status_code == 200
    revoke_key(tmp_path / "keys.json", "ann")
    assert get(address, "/v1/models", authorization=f"Bearer {secret}").status_code == 401


def test_on_loopback_any_key_of_a_client_is_let_pass_but_a_wrong_one_of_ours(http):
    address = http()
    assert get(address, "/v1/models", authorization="Bearer sk-none").status_code == 200
    assert get(address, "/v1/models", authorization="Bearer gr_mistyped").status_code == 401


def test_keys_that_cannot_be_read_close_the_door(http, tmp_path):
    address = http(need_key=True)
    secret = add_key(tmp_path / "keys.json", "ann")
    (tmp_path / "keys.json").write_text("{", encoding="utf-8")
    assert get(address, "/v1/models", authorization=f"Bearer {secret}").status_code == 503


def test_foreign_names_and_pages_are_refused(http):
    address = http(names=("adviser.example",))
    assert get(address, "/v1/models", host="evil.example").status_code == 421
    assert get(address, "/v1/models", host="Adviser.example").status_code == 200
    assert get(address, "/v1/models", origin="http://evil.example").status_code == 403
    assert get(address, "/v1/models", origin="null").status_code == 403
    assert get(address, "/v1/models", origin=address).status_code == 200


def test_a_body_that_is_too_large_is_refused_whether_it_says_its_length_or_not(http):
    address = http()
    large = b"x" * (MOST_BYTES + 1)
    for content in (large, iter([large[: MOST_BYTES // 2]] * 3)):
        try:
            status = httpx.post(f"{address}/v1/answers", content=content, timeout=60).status_code
        except httpx.WriteError:  # the server closed before all was sent
            continue
        assert status == 413


def test_a_length_that_is_none_is_refused(http):
    host, port = http().removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        head = f"POST /v1/answers HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: 9999999\r\n\r\n"
        connection.sendall(head.encode())
        assert b" 413 " in connection.recv(4096).split(b"\r\n")[0]


def test_more_than_the_rate_is_refused_with_the_time_to_wait_and_others_go_on(http, tmp_path):
    address = http(need_key=True, rate="3/minute")
    ann, ben = (add_key(tmp_path / "keys.json", name) for name in ("ann", "ben"))
    told = [get(address, "/v1/conversations/x", authorization=f"Bearer {ann}") for _ in range(4)]
    assert [one.status_code for one in told] == [404, 404, 404, 429]
    assert 1 <= int(told[-1].headers["retry-after"]) <= 60
    assert get(address, "/v1/conversations/x", authorization=f"Bearer {ben}").status_code == 404
    assert get(address, "/livez").status_code == 200


def test_keys_cannot_be_guessed_at_speed(http):
    address = http(need_key=True, rate="2/minute")
    told = [get(address, "/v1/models", authorization=f"Bearer gr_{n}").status_code for n in range(3)]
    assert told == [401, 401, 429]


@pytest.mark.parametrize("path", ["/nothing", "/v1/nothing", "/v1/conversations/x", "/v1/answers"])
def test_every_refusal_is_a_problem_with_the_id_of_its_request(http, path):
    told = get(http(), path, x_request_id="mine-1")
    assert told.status_code in (404, 405)
    assert told.headers["content-type"] == "application/problem+json"
    assert told.json()["status"] == told.status_code
    assert told.json()["request_id"] == told.headers["x-request-id"] == "mine-1"


def test_a_request_id_that_is_none_gets_a_new_one(http):
    address = http()
    told = {get(address, "/livez", x_request_id=bad).headers["x-request-id"] for bad in ("a b", "x" * 65, "")}
    assert len(told) == 3
    assert all(one.isalnum() for one in told)


def test_refusals_on_openais_endpoints_have_openais_form(http):
    client = OpenAI(base_url=f"{http(need_key=True)}/v1", api_key="gr_wrong", max_retries=0)
    with pytest.raises(APIStatusError) as raised:
        client.models.list()
    assert raised.value.status_code == 401
    assert raised.value.code == "invalid_api_key"


def test_the_log_tells_of_a_request_and_nothing_of_what_was_said(http, capfd):
    address = http()
    secret = "the puddles at Elm Street are 30 cm deep"
    httpx.post(f"{address}/v1/answers", json={"message": secret}, headers={"x-request-id": "r-1"}, timeout=60)
    chat = {"model": "weather", "messages": [{"role": "user", "content": secret}]}
    httpx.post(f"{address}/v1/chat/completions", json=chat, timeout=60)
    httpx.post(f"{address}/v1/answers", json={"message": 1, secret: secret}, timeout=60)
    httpx.get(f"{address}/v1/search", params={"q": secret}, timeout=60)
    told = logged(capfd, 4)
    lines = [json.loads(line) for line in told.splitlines()]
    assert [(one["route"], one["status"]) for one in lines] == [
        ("/v1/answers", 200),
        ("/v1/chat/completions", 200),
        ("/v1/answers", 422),
        ("/v1/search", 405),
    ]
    assert lines[0]["request_id"] == "r-1"
    assert "Elm" not in told


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"message": ' + b"9" * 5000 + b"}",
        b'{"message": NaN}',
    ],
)
def test_a_body_that_is_no_request_is_refused_and_is_no_failure(http, body):
    told = httpx.post(
        f"{http()}/v1/answers", content=body, headers={"content-type": "application/json"}, timeout=60
    )
    assert told.status_code in (400, 422)
    assert told.headers["content-type"] == "application/problem+json"


def test_a_refusal_never_repeats_what_was_sent(http):
    told = httpx.post(f"{http()}/v1/decisions", json={"facts": {"rain": {"secret words": 1}}}, timeout=60)
    assert told.status_code == 422
    assert "secret words" not in told.text


def test_an_answer_that_takes_too_long_is_told_to_be():
    release = threading.Event()

    async def run():
        with pytest.raises(RefusedError) as raised:
            await Workers(0.05).run(release.wait)
        release.set()
        return raised.value

    refused = anyio.run(run)
    assert refused.status == 503
    assert refused.after


def test_what_is_too_much_at_once_is_refused_and_the_rest_is_answered():
    release = threading.Event()
    refused = []

    async def one(workers):
        try:
            await workers.run(release.wait)
        except RefusedError as error:
            refused.append(error.status)
            release.set()

    async def run():
        workers = Workers(60)
        async with anyio.create_task_group() as group:
            for _ in range(129):
                group.start_soon(one, workers)

    anyio.run(run)
    assert refused == [503]
