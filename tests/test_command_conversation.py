import json

import pytest

NEED = "A manager signs off each request, then it lands in SAP where the fields are called differently."


@pytest.fixture
def kept(ready, tmp_path, groundrule):
    store = {"GROUNDRULE_STORE": f"sqlite:///{tmp_path / 'kept.db'}"}
    return lambda *arguments, **more: groundrule(*arguments, env=ready | store, **more)


def test_a_second_process_goes_on_with_a_kept_conversation(kept):
    kept("ask", "--conversation", "sap", NEED)
    told = kept("ask", "--json", "--conversation", "sap", "actually nobody has to sign any more")
    facts = json.loads(told.out)["facts"]
    assert facts["human_interaction"]["value"] == "no"
    assert facts["data_transformation"]["value"] == "yes"
    assert facts["data_transformation"]["turn"] == 1


def test_kept_conversations_are_listed_shown_and_forgotten(kept):
    kept("chat", "--conversation", "sap", stdin=f"{NEED}\n/set on_premise=no\n".encode())
    listed = json.loads(kept("conversation", "list", "--json").out)
    assert [(one["id"], one["turns"], one["pack"]) for one in listed] == [("sap", 2, "boomi")]
    shown = [json.loads(line) for line in kept("conversation", "show", "sap", "--json").out.splitlines()]
    assert [turn["said"] for turn in shown] == [NEED, "on_premise=no"]
    assert shown[1]["answer"]["facts"]["on_premise"]["value"] == "no"
    assert kept("conversation", "forget", "sap").code == 0
    assert json.loads(kept("conversation", "list", "--json").out) == []


def test_a_conversation_that_is_not_kept_is_named(kept):
    told = kept("conversation", "show", "nothing")
    assert told.code == 2
    assert "'nothing'" in told.err


def test_a_message_that_is_refused_is_not_kept(kept):
    assert kept("ask", "--conversation", "sap", "?!").code == 2
    assert json.loads(kept("conversation", "list", "--json").out) == []


def test_a_conversation_is_exported_as_a_decision_record(groundrule, tmp_path, ready):
    store = {"GROUNDRULE_STORE": f"sqlite:///{tmp_path / 'c.db'}"}
    pack = ("--pack", "tests/weather_pack")
    groundrule("ask", "--conversation", "walk", "I am <b>about</b> to go out.", *pack, env=store)
    groundrule("ask", "--conversation", "walk", "yes", *pack, env=store)
    told = groundrule("conversation", "export", "walk", *pack, env=store)
    assert told.code == 0
    assert "- Result: Take an umbrella" in told.out
    assert "> I am \\<b\\>about\\</b\\> to go out." in told.out
    assert "An umbrella keeps the rain off" in told.out
    out = tmp_path / "record.html"
    assert groundrule("conversation", "export", "walk", "--out", out, *pack, env=store).code == 0
    page = out.read_text()
    assert "I am &lt;b&gt;about&lt;/b&gt; to go out." in page
    assert "default-src &#x27;none&#x27;" in page
