"""`groundrule slack` as a command: the manifest, a thread played in the terminal, and what is missing to serve."""

import json

import pytest

from assistant import MessageError
from tests.conftest import ROOT
from ui.errors import UsageError
from ui.slack_played import asked_over_slack
from ui.slack_simulate import read_script

WEATHER = ROOT / "tests" / "weather_pack"


def test_the_manifest_has_what_the_door_needs_and_no_more(groundrule):
    told = groundrule("slack", "manifest", "--url", "https://adviser.example/", "--pack", WEATHER)
    assert told.code == 0, told.err
    manifest = json.loads(told.out)
    address = "https://adviser.example/slack/events"
    settings, features = manifest["settings"], manifest["features"]
    assert settings["interactivity"] == {"is_enabled": True, "request_url": address}
    assert settings["event_subscriptions"]["request_url"] == address
    assert settings["socket_mode_enabled"] is False
    assert features["slash_commands"][0]["url"] == address
    assert features["app_home"]["home_tab_enabled"]
    assert not features["app_home"]["messages_tab_read_only_enabled"]
    assert set(features["agent_view"]) == {"agent_description", "suggested_prompts"}
    needed = {
        "app_mention": "app_mentions:read",
        "message.channels": "channels:history",
        "message.im": "im:history",
    }
    needed |= {"message.groups": "groups:history", "message.mpim": "mpim:history"}
    scopes = set(manifest["oauth_config"]["scopes"]["bot"])
    assert set(settings["event_subscriptions"]["bot_events"]) == {*needed, "app_home_opened"}
    assert scopes == {*needed.values(), "assistant:write", "chat:write", "commands"}


def test_the_manifest_keeps_slacks_limits_for_the_bundled_pack(groundrule):
    manifest = json.loads(groundrule("slack", "manifest").out)
    assert manifest["settings"]["socket_mode_enabled"] is True
    assert "request_url" not in json.dumps(manifest)
    assert "url" not in manifest["features"]["slash_commands"][0]
    assert len(manifest["display_information"]["name"]) <= 35
    assert len(manifest["display_information"]["description"]) <= 140
    assert len(manifest["features"]["agent_view"]["agent_description"]) <= 300
    assert 0 < len(manifest["features"]["agent_view"]["suggested_prompts"]) <= 4


def test_a_manifest_for_an_address_that_slack_cannot_reach_is_refused(groundrule):
    told = groundrule("slack", "manifest", "--url", "http://127.0.0.1:7860")
    assert told.code == 2
    assert "https://" in told.err


@pytest.mark.parametrize(
    ("arguments", "environment", "words"),
    [
        ([], {}, "GROUNDRULE_SLACK_BOT_TOKEN is not set"),
        ([], {"GROUNDRULE_SLACK_BOT_TOKEN": "xapp-1"}, "must begin with xoxb-"),
        ([], {"GROUNDRULE_SLACK_BOT_TOKEN": "xoxb-1"}, "GROUNDRULE_SLACK_SIGNING_SECRET is not set"),
        (["--socket"], {"GROUNDRULE_SLACK_BOT_TOKEN": "xoxb-1"}, "GROUNDRULE_SLACK_APP_TOKEN is not set"),
    ],
)
def test_a_secret_that_is_missing_is_named_with_the_place_to_copy_it_from(
    groundrule, arguments, environment, words
):
    told = groundrule("slack", "serve", *arguments, env=environment)
    assert told.code == 3
    assert words in told.err
    assert "api.slack.com/apps" in told.err


@pytest.fixture
def script(tmp_path):
    def write(text, name="thread.yaml"):
        file = tmp_path / name
        file.write_text(text, "utf-8")
        return file

    return write


def test_a_thread_is_played_with_clicks_of_several_people(groundrule, script):
    file = script(
        "- {user: ana, says: I go for a walk}\n"
        "- {user: ben, clicks: yes}\n"
        "- {user: ana, clicks: yes}\n"
        "- {user: ana, clicks: why}\n"
        "- {user: ana, sets: {rain: no}}\n"
    )
    told = groundrule("slack", "simulate", file, "--pack", WEATHER)
    assert told.code == 0, told.err
    assert "groundrule, to ben alone\n  Only who asked can answer this." in told.out
    assert "groundrule (edited)" in told.out
    assert "[Yes]  [No]  [I don't know]" in told.out
    assert "groundrule, to ana alone\n  *Use Take an umbrella.* Because:" in told.out
    assert "Before: Take an umbrella → Now: Wear a hat" in told.out


def test_the_same_thread_from_lines_of_json_gives_the_answers_alone(groundrule, script):
    lines = ['{"user": "ana", "says": "I go for a walk"}', '{"user": "ana", "clicks": "yes"}']
    told = groundrule(
        "slack", "simulate", script("\n".join(lines), "thread.jsonl"), "--pack", WEATHER, "--json"
    )
    kinds = [json.loads(line)["kind"] for line in told.out.splitlines()]
    assert kinds == ["question", "decided"]


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("- {user: ana, says: hi}\n- {user: ana, shouts: hi}\n", ":2:", "shouts"),
        ("- {user: ana, says: hi}\n- {user: ana}\n", ":2:", "one of them alone"),
        ("user: ana\n", ":", "holds no list"),
        ("- {user: ana\n", ":", "is no YAML text"),
        ("- {user: ana, clicks: yes}\n", ":", "begins with something said"),
    ],
)
def test_a_script_that_cannot_be_played_is_refused_with_its_line(script, text, place, words):
    file = script(text)
    with pytest.raises(UsageError) as refused:
        read_script(file)
    assert f"{file}{place}" in refused.value.problem
    assert words in refused.value.problem
    assert "{user: ana, says:" in refused.value.remedy


def test_a_button_that_is_not_there_is_told_with_its_line(groundrule, script):
    file = script("- {user: ana, says: I go for a walk}\n- {user: ana, clicks: maybe}\n")
    told = groundrule("slack", "simulate", file, "--pack", WEATHER)
    assert told.code == 2
    assert "line 2: there is no button 'maybe'" in told.err


def test_the_door_for_suites_answers_as_the_assistant_does(weather):
    messages = ["I go for a <walk> & *more*", "yes, it rains", "why?", "what if it were dry?"]
    turn = None
    with asked_over_slack(weather) as ask:
        for message in messages:
            turn = weather.reply(message, turn.conversation if turn else None)
            answer = ask(message)
            assert answer.model_copy(update={"ms": 0}) == turn.answer.model_copy(update={"ms": 0})


def test_the_door_for_suites_goes_on_after_a_message_that_cannot_be_answered(weather):
    with asked_over_slack(weather) as ask:
        with pytest.raises(MessageError):
            ask("  ")
        assert ask("I go for a walk").kind == "question"
        with pytest.raises(MessageError):
            ask("x" * 60_000)
        assert ask("yes, it rains").facts["rain"].value == "yes"
