"""What is sent to the door of Slack by others than Slack, or not as Slack sends it."""

import json
import random
import time
from copy import deepcopy

import httpx
import pytest

from tests.slack_mock import TEAM, door, mention, mocked, signature
from ui.slack_gate import MOST_BYTES

FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def thread(weather, tmp_path_factory):
    """The door, listening; nothing that is sent here may reach anybody."""
    with (
        mocked() as slack,
        door(weather, f"sqlite:///{tmp_path_factory.mktemp('gate') / 's.db'}", slack) as sender,
    ):
        yield sender
        assert not slack.posted


def envelope(**more):
    return {"type": "event_callback", "team_id": TEAM, "event_id": "Ev", "event": mention("x")} | more


@pytest.mark.parametrize("offset", [-301, -3600, 302, 3600])
def test_a_signature_of_another_time_is_refused(thread, offset):
    told = thread.raw(json.dumps(envelope()).encode(), "application/json", at=int(time.time()) + offset)
    assert told.status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-slack-signature": "v0=" + "0" * 64},
        {"x-slack-request-timestamp": "soon", "x-slack-signature": "v0=" + "0" * 64},
        {"x-slack-request-timestamp": "1e9", "x-slack-signature": "v0=" + "0" * 64},
        {"x-slack-request-timestamp": "٣", "x-slack-signature": "v0=" + "0" * 64},
        {"x-slack-request-timestamp": "9" * 400, "x-slack-signature": "v0=" + "0" * 64},
        {"x-slack-request-timestamp": "1", "x-slack-signature": "ü"},
    ],
)
def test_a_request_without_a_signature_of_slacks_is_refused(thread, headers):
    raw = {name: value.encode() for name, value in headers.items()}
    told = httpx.post(f"{thread.address}/slack/events", content=b"{}", headers=raw, timeout=60)
    assert told.status_code == 401


def test_a_signature_with_another_secret_or_over_other_words_is_refused(thread):
    body = json.dumps(envelope()).encode()
    assert thread.raw(body, "application/json", secret="another").status_code == 401
    told = httpx.post(
        f"{thread.address}/slack/events", content=body + b" ", headers=signature(body), timeout=60
    )
    assert told.status_code == 401


def test_what_is_too_large_is_refused_whether_it_says_so_or_not(thread):
    large = b"x" * (MOST_BYTES + 1)
    assert thread.raw(large, FORM).status_code == 413
    pieces = (large[at : at + 65_536] for at in range(0, len(large), 65_536))
    told = httpx.post(f"{thread.address}/slack/events", content=pieces, headers=signature(large), timeout=60)
    assert told.status_code == 413


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_another_method_is_refused(thread, method):
    assert httpx.request(method, f"{thread.address}/slack/events", timeout=60).status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe{",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b'{"a":' * 100_000,
        b'{"type": "event_callback", "event": ' + b'{"a":' * 80 + b"1" + b"}" * 81,
        b'{"n": ' + b"9" * 5000 + b"}",
        b'{"type": "event_callback", "event": {"type": "message", "text": "\\ud800"}}',
        b'{"type": "event_callback", "event": []}',
        b'{"type": "block_actions", "actions": []}',
        b'{"type": "block_actions", "actions": [1]}',
        b'{"type": "view_submission", "view": 3}',
    ],
)
def test_a_signed_body_that_is_no_payload_is_refused(thread, body):
    assert thread.raw(body, "application/json").status_code == 400


def test_no_malformed_request_makes_the_door_fail(thread):
    chance = random.Random(7)
    seen = set()
    for _ in range(500):
        told = thread.raw(*malformed(chance), at=chance.choice([None] * 9 + ["soon"]))
        seen.add(told.status_code)
        assert told.status_code in (200, 400, 401, 413), told.request.content
    assert {200, 400, 401} <= seen
    assert httpx.get(f"{thread.address}/livez", timeout=60).status_code == 200


def malformed(chance):
    """A body with its sort: a real one with a part of it spoilt, its bytes cut or turned, or none at all."""
    payload = chance.choice(REAL)()
    for _ in range(chance.randint(1, 3)):
        spoil(payload, chance)
    body, sort = json.dumps(payload).encode(), "application/json"
    if chance.random() < 0.4:
        body, sort = b"payload=" + body, FORM
    manner = chance.random()
    if manner < 0.2:
        body = body[: chance.randrange(len(body))]
    elif manner < 0.35:
        at = chance.randrange(len(body))
        body = body[:at] + bytes(chance.choices(range(256), k=3)) + body[at:]
    elif manner < 0.4:
        body = bytes(chance.choices(range(256), k=chance.randrange(200)))
    return body, chance.choice([sort, FORM, "application/json", "text/plain", ""])


ODD = (
    None,
    True,
    0,
    -1.5,
    "",
    "x",
    "\0",
    "\ud800",
    "x" * 3000,
    [],
    [[]],
    {},
    {"id": {}},
    {"type": []},
    "../../etc",
)


def spoil(payload, chance):
    """Replaces, removes or adds something, as deep as it comes."""
    held = payload
    while True:
        key = chance.choice(list(held) if isinstance(held, dict) else range(len(held)))
        inner = held[key]
        if isinstance(inner, (dict, list)) and inner and chance.random() < 0.75:
            held = inner
            continue
        break
    if isinstance(held, dict) and chance.random() < 0.2:
        del held[key]
        held[chance.choice(["team", "event", "user", "view", "authorizations"])] = deepcopy(
            chance.choice(ODD)
        )
    else:
        held[key] = deepcopy(chance.choice(ODD))
    if not payload:
        payload["type"] = "x"


def click():
    return {
        "type": "block_actions",
        "user": {"id": "U1", "team_id": TEAM},
        "team": {"id": TEAM},
        "trigger_id": "1.1.a",
        "container": {"type": "message", "message_ts": "1.1", "channel_id": "C1"},
        "actions": [
            {
                "type": "button",
                "action_id": "groundrule_why",
                "block_id": "b",
                "value": "{}",
                "action_ts": "1.1",
            }
        ],
    }


def form():
    state = {"values": {"rain": {"value": {"type": "static_select", "selected_option": {"value": "no"}}}}}
    view = {
        "id": "V1",
        "callback_id": "groundrule_facts_form",
        "private_metadata": "{}",
        "state": state,
        "type": "modal",
    }
    return {"type": "view_submission", "team": {"id": TEAM}, "user": {"id": "U1"}, "view": view}


def command():
    return {
        "command": "/groundrule",
        "text": "",
        "team_id": TEAM,
        "channel_id": "C1",
        "user_id": "U1",
        "trigger_id": "1.1.a",
        "response_url": "http://127.0.0.1:1/",
    }


def event():
    """A message in a thread that nobody takes part in."""
    told = mention("x", thread="1.1") | {"type": "message"}
    return envelope(event=told, authorizations=[{"team_id": TEAM, "user_id": "UBOT", "enterprise_id": None}])


REAL = (event, click, form, command)


def test_what_the_malformed_requests_are_made_from_is_accepted_whole(thread):
    assert [thread.json(real()).status_code for real in REAL] == [200] * 4
