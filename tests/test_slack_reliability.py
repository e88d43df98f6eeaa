"""Slack delivers twice, late and in any order, is away and comes back; processes die. Each message has one answer."""

import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from itertools import pairwise

import pytest

from assistant import ConversationStore, Task
from tests.conftest import ROOT
from tests.slack_mock import (
    ANA,
    CHANNEL,
    DIRECT,
    SECRET,
    TEAM,
    Sender,
    door,
    mocked,
    moment,
    settings,
    words,
)
from ui.slack_errand import owner_of
from ui.slack_serve import open_door, serve_socket

WALK = "I go for a walk"
PUDDLES = "How deep may puddles be for boots?"


@pytest.fixture
def slack():
    with mocked() as mock:
        yield mock


@pytest.fixture
def store(tmp_path):
    return f"sqlite:///{tmp_path / 'slack.db'}"


def said(store, ts):
    """What was said in a thread, as it is kept."""
    opened = ConversationStore.open(store)
    turns = opened.turns(f"slack:{TEAM}:{CHANNEL}:{ts}", owner_of(TEAM))
    opened.close()
    return [turn.said for turn in turns]


def settled(slack, thread):
    """Waits until everything sent so far was looked at: a later message has its answer."""
    before = len(slack.posted)
    thread.message(PUDDLES, channel=DIRECT)
    slack.messages(before + 1)


class Waiting:
    """The assistant, which answers only once it is let."""

    def __init__(self, assistant):
        self._assistant = assistant
        self.let = threading.Event()

    def __getattr__(self, name):
        return getattr(self._assistant, name)

    def reply(self, message, conversation=None):
        assert self.let.wait(60)
        return self._assistant.reply(message, conversation)


def test_a_message_is_acknowledged_while_its_answer_is_still_computed(weather, store, slack):
    waiting = Waiting(weather)
    with door(waiting, store, slack) as thread:
        assert thread.mention(WALK).status_code == 200
        assert not slack.posted
        waiting.let.set()
        slack.messages(1)


def test_an_event_that_is_delivered_three_times_is_answered_once(weather, store, slack):
    ts = moment()
    with door(weather, store, slack) as thread:
        deliveries = [
            threading.Thread(target=thread.mention, args=(WALK,), kwargs={"ts": ts, "event_id": "Ev0"})
            for _ in range(3)
        ]
        for one in deliveries:
            one.start()
        for one in deliveries:
            one.join()
        slack.messages(1)
        assert thread.mention(WALK, ts=ts, event_id="Ev0").status_code == 200
        settled(slack, thread)
    assert [message["thread_ts"] == ts for message in slack.posted] == [True, False]
    assert said(store, ts) == [WALK]


def test_two_replicas_that_each_hear_of_an_event_answer_it_once(weather, store, slack):
    ts = moment()
    with door(weather, store, slack) as one, door(weather, store, slack) as other:
        one.mention(WALK, ts=ts, event_id="Ev1")
        other.mention(WALK, ts=ts, event_id="Ev1")
        slack.messages(1)
        settled(slack, other)
        settled(slack, one)
    assert [message["thread_ts"] == ts for message in slack.posted].count(True) == 1


def test_a_lost_first_delivery_is_made_good_by_the_retry(weather, store, slack):
    ts = moment()
    with door(weather, store, slack) as thread:
        retry = {"x_slack_retry_num": "1", "x_slack_retry_reason": "http_timeout"}
        event = {"type": "app_mention", "channel": CHANNEL, "user": ANA, "ts": ts, "text": f"<@UBOT> {WALK}"}
        assert thread.event(event, "Ev2", **retry).status_code == 200
        slack.messages(1)
    assert said(store, ts) == [WALK]


def test_turns_follow_the_order_of_their_time_and_not_of_their_arrival(weather, store, slack):
    first, second, third = moment(), moment(), moment()
    with door(weather, store, slack) as thread:
        slack.down = True
        thread.mention(WALK, ts=first)
        slack.called("chat.postMessage (down)")
        thread.message(PUDDLES, ts=third, thread=first)
        thread.message("yes, it rains", ts=second, thread=first)
        slack.down = False
        slack.messages(3)
    assert said(store, first) == [WALK, "yes, it rains", PUDDLES]
    assert "*Does it rain?*" in words(slack.posted[0])
    assert "*Use Take an umbrella.*" in words(slack.posted[1])
    assert "20 cm of water" in words(slack.posted[2])


def test_a_follow_up_that_overtakes_the_mention_is_answered_after_it(weather, store, slack):
    earlier, first, second = moment(), moment(), moment()
    with door(weather, store, slack) as thread:
        thread.message("it rains", ts=second, thread=first)
        thread.message("somebody else's talk", ts=earlier, thread=first)
        settled(slack, thread)
        thread.mention(WALK, ts=first)
        slack.messages(3)
        settled(slack, thread)
    assert [message["thread_ts"] == first for message in slack.posted] == [False, True, True, False]
    assert said(store, first) == [WALK, "it rains"]


def test_what_was_accepted_and_not_done_is_done_by_the_next_process(weather, store, slack):
    ts = moment()
    opened = ConversationStore.open(store)
    spot = f'{{"team":"{TEAM}","channel":"{CHANNEL}","thread":"{ts}"}}'
    body = f'{{"kind":"said","spot":{spot},"user":"{ANA}","text":"{WALK}"}}'
    identity = f"slack:{TEAM}:{CHANNEL}:{ts}"
    assert opened.inbox.add(Task(identity, identity, ts, f"slack:{TEAM}:{ANA}", body))
    opened.close()
    with door(weather, store, slack):
        (message,) = slack.messages(1)
    assert message["thread_ts"] == ts


def test_slack_may_be_away_and_come_back(weather, store, slack):
    slack.down = True
    ts = moment()
    with door(weather, store, slack) as thread:
        assert thread.mention(WALK, ts=ts).status_code == 200
        slack.called("conversations.replies (down)", 3)
        assert not slack.posted
        slack.down = False
        slack.messages(1)
        settled(slack, thread)
    assert len(slack.posted) == 2


def test_a_rate_limit_is_waited_for_as_long_as_slack_says(weather, store, slack):
    slack.limited = 3
    with door(weather, store, slack) as thread:
        thread.mention(WALK)
        slack.messages(1)
    times = [at for at, method, _ in slack.calls if method.startswith("chat.postMessage")]
    assert len(times) == 4
    assert all(later - earlier >= 1 for earlier, later in pairwise(times))


def test_a_post_whose_answer_was_lost_is_looked_for_before_it_is_posted_again(weather, store, slack):
    slack.lost = 1
    ts = moment()
    with door(weather, store, slack) as thread:
        thread.mention(WALK, ts=ts)
        slack.called("conversations.replies")
        settled(slack, thread)
    assert [message["thread_ts"] == ts for message in slack.posted] == [True, False]


def test_what_slack_refuses_for_good_does_not_hold_up_the_rest_of_the_thread(weather, store, slack):
    ts = moment()
    with door(weather, store, slack) as thread:
        slack.refusal = "is_archived"
        thread.mention(WALK, ts=ts)
        slack.called("chat.postMessage")
        slack.refusal = ""
        thread.message("yes, it rains", thread=ts)
        (message,) = slack.messages(1)
    assert "*Use Take an umbrella.*" in words(message)


def test_a_process_that_is_killed_while_it_posts_leaves_one_message(store, slack, cache, command_environment):
    ts = moment()
    environment = command_environment | {
        "GROUNDRULE_STORE": store,
        "GROUNDRULE_SLACK_SIGNING_SECRET": SECRET,
        "GROUNDRULE_SLACK_BOT_TOKEN": "xoxb-1",
        "GROUNDRULE_SLACK_API": f"{slack.address}/api",
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-m", "ui", "slack", "serve", "--pack", str(ROOT / "tests" / "weather_pack")]
    slack.held = True
    with serving(command, environment) as (process, address):
        assert Sender(address, slack).mention(WALK, ts=ts).status_code == 200
        slack.messages(1)  # it is there, and the process does not know so yet
        os.kill(process.pid, signal.SIGKILL)
    slack.held = False
    with serving(command, environment) as (process, address):
        slack.called("conversations.replies")
        assert Sender(address, slack).mention(WALK, ts=ts).status_code == 200
        settled(slack, Sender(address, slack))
        process.terminate()
    assert [message["thread_ts"] == ts for message in slack.posted].count(True) == 1
    assert said(store, ts) == [WALK]


@contextmanager
def serving(command, environment):
    """A process that serves, and its address."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        told = next(line for line in process.stdout if "http" in line)
        yield process, told.split()[4].removesuffix("/slack/events")
    finally:
        process.communicate(timeout=60)


def test_over_a_socket_the_same_is_answered_and_acknowledged(weather, store, slack):
    ts = moment()
    event = {"type": "app_mention", "channel": CHANNEL, "user": ANA, "ts": ts, "text": f"<@UBOT> {WALK}"}
    payload = {"type": "event_callback", "team_id": TEAM, "event_id": "Ev9", "event": event}
    envelope = {"type": "events_api", "accepts_response_payload": False, "payload": payload}
    slack.inbound = [envelope | {"envelope_id": "E1"}, envelope | {"envelope_id": "E2", "retry_attempt": 1}]
    opened = ConversationStore.open(store)
    until, told = threading.Event(), []
    served = threading.Thread(
        target=serve_socket,
        args=(open_door(weather, opened, settings(slack), socket=True), told.append, until),
    )
    served.start()
    try:
        (message,) = slack.messages(1)
        slack.wait(lambda: len(slack.acknowledged) == 2)
    finally:
        until.set()
        served.join()
        opened.close()
    assert message["thread_ts"] == ts
    assert told == ["Slack"]
    assert said(store, ts) == [WALK]
