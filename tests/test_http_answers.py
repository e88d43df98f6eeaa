"""The HTTP interface, asked over a real server by an ordinary client."""

import threading
from pathlib import Path

import httpx
import pytest

from assistant import Answer, DecisionResult, decide_facts
from ui.key_file import add_key

UNKNOWN = "AAAAAAAAAAAAAAAAAAAAAA"


def keyed(address, secret):
    return httpx.Client(base_url=address, headers={"authorization": f"Bearer {secret}"}, timeout=60)


@pytest.fixture
def client(http):
    with httpx.Client(base_url=http(), timeout=60) as opened:
        yield opened


def ask(client, message, conversation=None, key=None, **more):
    headers = {"idempotency-key": key} if key else {}
    body = {"message": message} | ({"conversation": conversation} if conversation else {}) | more
    return client.post("/v1/answers", json=body, headers=headers)


def test_a_conversation_goes_on_where_it_stands(client):
    first = ask(client, "I am about to go out.").json()
    second = ask(client, "yes", first["conversation"]).json()
    assert (first["turn"], second["turn"]) == (1, 2)
    answer = Answer.model_validate(second["answer"])
    assert answer.kind == "decided"
    assert answer.decision.options == ("umbrella",)
    told = client.get(f"/v1/conversations/{first['conversation']}").json()
    assert [turn["said"] for turn in told["turns"]] == ["I am about to go out.", "yes"]
    assert [turn["answer"] for turn in told["turns"]] == [first["answer"], second["answer"]]


def test_a_conversation_that_was_deleted_is_gone(client):
    conversation = ask(client, "It rains.").json()["conversation"]
    assert client.delete(f"/v1/conversations/{conversation}").status_code == 204
    assert client.get(f"/v1/conversations/{conversation}").status_code == 404
    assert client.delete(f"/v1/conversations/{conversation}").status_code == 404
    assert ask(client, "yes", conversation).status_code == 404


def test_a_message_sent_twice_with_one_key_is_answered_once(client):
    first = ask(client, "I am about to go out.", key="m-1").json()
    assert ask(client, "I am about to go out.", key="m-1").json() == first
    second = ask(client, "yes", first["conversation"], key="m-2").json()
    assert ask(client, "yes", first["conversation"], key="m-2").json() == second
    assert len(client.get(f"/v1/conversations/{first['conversation']}").json()["turns"]) == 2


def test_one_key_sent_at_once_by_many_begins_one_conversation(client):
    told = []
    threads = [
        threading.Thread(target=lambda: told.append(ask(client, "It rains.", key="once").json()))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 8
    assert all(one == told[0] for one in told)


def test_a_key_of_another_message_is_refused(client):
    first = ask(client, "I am about to go out.", key="m-1").json()
    assert ask(client, "It rains.", key="m-1").status_code == 409
    assert ask(client, "I am about to go out.", first["conversation"], key="m-2").status_code == 200
    other = ask(client, "I am about to go out.").json()["conversation"]
    assert ask(client, "I am about to go out.", other, key="m-2").status_code == 409
    assert len(client.get(f"/v1/conversations/{other}").json()["turns"]) == 1


def test_the_same_idempotency_key_of_two_owners_is_two_messages(http, tmp_path):
    address = http(need_key=True)
    told = []
    for name in ("ann", "ben"):
        with keyed(address, add_key(tmp_path / "keys.json", name)) as client:
            told.append(ask(client, "It rains.", key="same").json()["conversation"])
            assert client.get(f"/v1/conversations/{told[-1]}").status_code == 200
    assert told[0] != told[1]


def routes_with_a_conversation(client):
    """Every operation of the description that takes the id of a conversation, as a function of the id."""
    described = client.get("/openapi.json").json()
    schemas = described["components"]["schemas"]
    found = {}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            body = (
                operation.get("requestBody", {})
                .get("content", {})
                .get("application/json", {})
                .get("schema", {})
            )
            fields = schemas.get(body.get("$ref", "").rpartition("/")[2], {}).get("properties", {})
            if "{conversation}" in path:
                found[f"{method} {path}"] = lambda id_, m=method, p=path: client.request(
                    m, p.replace("{conversation}", id_)
                )
            elif "conversation" in fields:
                found[f"{method} {path}"] = lambda id_, m=method, p=path: client.request(
                    m, p, json={"message": "yes", "conversation": id_}
                )
    return found


def test_a_conversation_of_somebody_else_is_on_no_route_told_from_one_that_is_not_there(http, tmp_path):
    address = http(need_key=True)
    with keyed(address, add_key(tmp_path / "keys.json", "ann")) as ann:
        hers = ask(ann, "I am about to go out.").json()["conversation"]
        with keyed(address, add_key(tmp_path / "keys.json", "ben")) as ben:
            routes = routes_with_a_conversation(ben)
            assert set(routes) >= {
                "post /v1/answers",
                "get /v1/conversations/{conversation}",
                "delete /v1/conversations/{conversation}",
            }
            for name, call in routes.items():
                foreign, missing = call(hers), call(UNKNOWN)
                assert foreign.status_code == missing.status_code == 404, name
                told = [one.json() | {"request_id": ""} for one in (foreign, missing)]
                assert told[0] == told[1], name
        assert len(ann.get(f"/v1/conversations/{hers}").json()["turns"]) == 1


def test_a_message_without_words_is_refused_and_nothing_is_kept(client):
    conversation = ask(client, "It rains.").json()["conversation"]
    refused = ask(client, "?!", conversation)
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"
    assert "no words" in refused.json()["detail"]
    assert len(client.get(f"/v1/conversations/{conversation}").json()["turns"]) == 1


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/answers", b'{"message": "It rains \\ud800 today."}'),
        ("/v1/answers", b'{"message": "It rains.", "\\ud800": 1}'),
        ("/v1/decisions", b'{"facts": {"\\ud800": "\\ud800"}}'),
        ("/v1/decisions", b'{"facts": {"rain": "\\ud800"}}'),
        ("/v1/search", b'{"query": "boots", "heading": "\\ud800"}'),
    ],
)
def test_half_a_character_is_refused_and_is_no_failure(client, path, body):
    told = client.post(path, content=body, headers={"content-type": "application/json"})
    assert told.status_code == 422


def test_facts_decide_as_they_do_on_the_command_line(client, weather):
    told = client.post("/v1/decisions", json={"facts": {"rain": True, "depth": 30}})
    assert DecisionResult.model_validate_json(told.content) == decide_facts(
        weather.pack, {"rain": "yes", "depth": 30.0}
    )
    assert told.text == client.post("/v1/decisions", json={"facts": {"depth": "30", "rain": "yes"}}).text


def test_every_fact_that_is_wrong_is_named(client):
    told = client.post("/v1/decisions", json={"facts": {"rian": "yes", "wind": "gale", "depth": "deep"}})
    assert told.status_code == 422
    errors = {one["place"]: one["problem"] for one in told.json()["errors"]}
    assert set(errors) == {"rian", "wind", "depth"}
    assert "did you mean rain" in errors["rian"]


def test_search_gives_passages_with_their_places(client, weather):
    hits = client.post("/v1/search", json={"query": "how deep may puddles be", "top": 2}).json()["hits"]
    assert len(hits) == 2
    assert hits[0]["section"] == "weather#puddles"
    guide = (Path(weather.pack.root) / "corpus" / "weather.md").read_text(encoding="utf-8")
    assert guide[hits[0]["start"] : hits[0]["end"]] == hits[0]["text"]


def test_a_guide_that_is_not_there_is_named(client):
    told = client.post("/v1/search", json={"query": "boots", "guide": "wether"})
    assert told.status_code == 422
    assert "did you mean weather" in told.json()["detail"]


def test_the_server_tells_that_it_lives_and_that_it_can_answer(client):
    assert client.get("/livez").json() == client.get("/readyz").json() == {"status": "ok"}


def test_what_was_asked_is_counted_by_route_and_kind(client):
    ask(client, "I am about to go out.")
    client.get("/v1/conversations/" + UNKNOWN)
    told = client.get("/metrics").text
    assert 'groundrule_answers_total{kind="question"} 1.0' in told
    route = 'method="GET",route="/v1/conversations/{conversation}",status="404"'
    assert f"groundrule_http_requests_total{{{route}}} 1.0" in told
    assert UNKNOWN not in told
