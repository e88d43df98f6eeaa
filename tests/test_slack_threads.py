"""A thread in Slack, end to end: signed requests over HTTP on one side, a mock of Slack's Web API on the other."""

import json
from dataclasses import replace

import pytest

from assistant import ConversationStore
from tests.slack_mock import (
    ANA,
    BEN,
    BOT,
    BOT_ID,
    CHANNEL,
    DIRECT,
    TEAM,
    buttons,
    door,
    mocked,
    moment,
    words,
)
from ui.slack_errand import owner_of

WALK = "I go for a walk"
PUDDLES = "How deep may puddles be for boots?"


@pytest.fixture
def slack():
    with mocked() as mock:
        yield mock


@pytest.fixture
def store(tmp_path):
    return f"sqlite:///{tmp_path / 'slack.db'}"


@pytest.fixture
def thread(weather, store, slack):
    """The door, listening."""
    with door(weather, store, slack) as sender:
        yield sender


def kept(store, ts, channel=CHANNEL):
    """The turns that are kept of a thread."""
    opened = ConversationStore.open(store)
    try:
        conversation = f"slack:{TEAM}:{channel}:{ts}"
        if opened.last(conversation, owner_of(TEAM)) is None:
            return ()
        return opened.turns(conversation, owner_of(TEAM))
    finally:
        opened.close()


def decided(thread, slack, ts):
    """The message that recommends the umbrella, in the thread `ts`."""
    thread.mention(WALK, ts=ts)
    (question,) = slack.messages(1)
    thread.click(question, "Yes")
    return slack.messages(2)[1]


def settled(slack, thread):
    """Waits until everything sent so far was looked at: a later message has its answer."""
    before = len(slack.posted)
    thread.message("hello", channel=DIRECT)
    slack.messages(before + 1)


def test_a_mention_is_answered_in_its_thread(thread, slack):
    ts = moment()
    assert thread.mention(WALK, ts=ts).status_code == 200
    (message,) = slack.messages(1)
    assert (message["channel"], message["thread_ts"]) == (CHANNEL, ts)
    assert "*Does it rain?*" in words(message)
    assert [button["text"]["text"] for button in buttons(message)][:3] == ["Yes", "No", "I don't know"]
    assert message["unfurl_links"] is False
    assert message["unfurl_media"] is False


def test_a_direct_message_needs_no_mention(thread, slack):
    ts = moment()
    thread.message(PUDDLES, ts=ts, channel=DIRECT)
    (message,) = slack.messages(1)
    assert (message["channel"], message["thread_ts"]) == (DIRECT, ts)
    assert "20 cm" in words(message)


def test_a_follow_up_in_its_thread_needs_no_mention_and_a_strangers_thread_is_left_alone(
    thread, slack, store
):
    ts = moment()
    thread.mention(WALK, ts=ts)
    slack.messages(1)
    thread.message("it rains", thread=moment())
    thread.message("it rains")
    thread.message("yes, it rains", thread=ts, user=BEN)
    _, second = slack.messages(2)
    assert second["thread_ts"] == ts
    assert "*Use Take an umbrella.*" in words(second)
    settled(slack, thread)
    assert len(slack.posted) == 3
    assert [turn.said for turn in kept(store, ts)] == [WALK, "yes, it rains"]


def test_the_twin_of_a_mention_is_answered_once_whichever_comes_first(thread, slack):
    first, second = moment(), moment()
    thread.mention(WALK, ts=first)
    thread.message(f"<@{BOT}> {WALK}", ts=first)
    slack.messages(1)
    thread.message(f"<@{BOT}> it rains", ts=second, thread=first)
    thread.mention("it rains", ts=second, thread=first)
    slack.messages(2)
    settled(slack, thread)
    assert len(slack.posted) == 3


def test_bots_own_messages_edits_and_notices_are_ignored(thread, slack):
    ts = moment()
    thread.mention(WALK, ts=ts)
    slack.messages(1)
    thread.message("it rains", thread=ts, bot_id="BOTHER")
    thread.message("it rains", thread=ts, user=BOT)
    thread.message("it rains", thread=ts, bot_id=BOT_ID, user=BOT)
    thread.message("it rains", thread=ts, subtype="message_changed")
    thread.message("it rains", thread=ts, edited={"user": ANA, "ts": moment()})
    thread.mention("it rains", thread=ts, edited={"user": ANA, "ts": moment()})
    thread.message("has joined", thread=ts, subtype="channel_join")
    settled(slack, thread)
    assert len(slack.posted) == 2


def test_the_asker_answers_with_a_click_and_the_message_is_edited_in_place(thread, slack, store):
    ts = moment()
    thread.mention(WALK, ts=ts)
    (question,) = slack.messages(1)
    assert thread.click(question, "Yes").status_code == 200
    thread.click(question, "No")  # too late: the question is answered
    _, answer = slack.messages(2)
    assert "*Use Take an umbrella.*" in words(answer)
    (edited,) = slack.called("chat.update")
    assert (edited["channel"], edited["ts"]) == (CHANNEL, question["ts"])
    assert words(edited) == words(question)
    assert "Answered: *Yes*" in json.dumps(edited["blocks"])
    assert "Yes" not in [button["text"]["text"] for button in buttons(edited)]
    settled(slack, thread)
    assert [(turn.how, turn.said) for turn in kept(store, ts)] == [("message", WALK), ("choice", "Yes")]


def test_another_persons_click_changes_nothing_and_is_told_to_them_alone(thread, slack, store):
    ts = moment()
    thread.mention(WALK, ts=ts)
    (question,) = slack.messages(1)
    thread.click(question, "No", user=BEN)
    slack.wait(lambda: slack.responses)
    ((user, told),) = slack.responses
    assert user == BEN
    assert told["response_type"] == "ephemeral"
    assert told["replace_original"] is False
    assert "Only who asked" in told["text"]
    settled(slack, thread)
    assert len(kept(store, ts)) == 1


def test_a_click_on_a_question_that_was_passed_is_told_so(thread, slack, store):
    ts = moment()
    thread.mention(WALK, ts=ts)
    (question,) = slack.messages(1)
    thread.message("no, it is dry", thread=ts)
    slack.messages(2)
    thread.click(question, "Yes")
    (told,) = slack.called("chat.postEphemeral")
    assert (told["user"], told["thread_ts"]) == (ANA, ts)
    assert "has been passed" in told["text"]
    assert len(kept(store, ts)) == 2


def test_why_and_what_would_change_it_are_answered_to_who_asked_alone(thread, slack, store):
    ts = moment()
    answer = decided(thread, slack, ts)
    thread.click(answer, "Why")
    thread.click(answer, "What would change it", user=BEN)
    why, changes = sorted(slack.called("chat.postEphemeral", 2), key=lambda told: told["user"])
    assert (why["user"], changes["user"]) == (ANA, BEN)
    assert why["thread_ts"] == changes["thread_ts"] == ts
    assert "keeps the rain off" in words(why)
    assert "Wear a hat" in words(changes)
    assert len(slack.posted) == 2
    assert len(kept(store, ts)) == 2


def test_a_fact_changed_in_the_window_shows_before_and_after(thread, slack, store):
    ts = moment()
    answer = decided(thread, slack, ts)
    thread.click(answer, "Facts")
    (opened,) = slack.called("views.open")
    view = opened["view"]
    shown = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    assert shown["rain"]["initial_option"]["value"] == "yes"
    assert shown["depth"]["type"] == "number_input"
    rain = {"value": {"type": "static_select", "selected_option": {"value": "no", "text": {}}}}
    wind = {"value": {"type": "static_select", "selected_option": shown["wind"]["initial_option"]}}
    depth = {"value": {"type": "number_input", "value": None}}
    assert thread.submit(view, {"rain": rain, "wind": wind, "depth": depth}).status_code == 200
    *_, changed = slack.messages(3)
    told = json.dumps(changed["blocks"], ensure_ascii=False)
    assert "Does it rain: Yes → No" in told
    assert "Before: Take an umbrella → Now: Wear a hat" in told
    assert [turn.how for turn in kept(store, ts)] == ["message", "choice", "change"]


def test_only_the_asker_opens_the_facts(thread, slack):
    thread.mention(WALK)
    (question,) = slack.messages(1)
    thread.click(question, "Facts", user=BEN)
    slack.wait(lambda: slack.responses)
    assert slack.responses[0][0] == BEN
    assert not slack.of("views.open")


def test_the_command_is_answered_to_its_user_alone_and_edited_in_place(thread, slack):
    assert thread.command(WALK).status_code == 200
    slack.wait(lambda: slack.responses)
    ((user, question),) = slack.responses
    assert user == ANA
    assert question["response_type"] == "ephemeral"
    shown = question | {"ts": moment(), "channel": CHANNEL}
    thread.click(shown, "Yes", user=BEN)
    slack.wait(lambda: len(slack.responses) == 2)
    assert slack.responses[1][0] == BEN
    thread.click(shown, "Yes")
    slack.wait(lambda: len(slack.responses) == 3)
    user, answer = slack.responses[2]
    assert (user, answer["replace_original"]) == (ANA, True)
    assert "*Use Take an umbrella.*" in words(answer)
    assert not slack.posted


def test_the_command_alone_tells_how_it_is_used(thread, weather, slack):
    told = thread.command("  ").json()
    assert told["response_type"] == "ephemeral"
    assert weather.pack.greeting.split(".")[0] in told["text"]


def test_a_mention_without_words_is_greeted(thread, slack, weather):
    thread.mention("")
    (message,) = slack.messages(1)
    assert weather.pack.greeting.split(".")[0] in words(message)


def test_app_home_shows_the_pack_and_the_persons_own_threads(thread, slack, weather):
    ts = moment()
    thread.mention(WALK, ts=ts)
    thread.mention(PUDDLES, user=BEN)
    slack.messages(2)
    thread.event(
        {"type": "app_home_opened", "user": ANA, "channel": DIRECT, "tab": "messages", "event_ts": "1.1"}
    )
    thread.event(
        {"type": "app_home_opened", "user": ANA, "channel": DIRECT, "tab": "home", "event_ts": "1.2"}
    )
    (published,) = slack.called("views.publish")
    assert published["user_id"] == ANA
    shown = json.dumps(published["view"], ensure_ascii=False)
    assert weather.pack.title in shown
    assert WALK in shown
    assert f"https://example.slack.com/{ts}" in shown
    assert PUDDLES not in shown


def test_right_and_wrong_are_kept_with_the_reason_beside_the_turn(thread, slack, store):
    ts = moment()
    thread.mention(PUDDLES, ts=ts)
    (answer,) = slack.messages(1)
    (element,) = answer["blocks"][-1]["elements"]
    right, wrong = element["positive_button"]["value"], element["negative_button"]["value"]
    assert thread.act(answer, element["action_id"], right, user=BEN).status_code == 200
    thread.act(answer, element["action_id"], wrong)
    (opened,) = slack.called("views.open")
    chosen = {"verdict": {"type": "radio_buttons", "selected_option": {"value": "missing"}}}
    note = {"note": {"type": "plain_text_input", "value": "It is 30 cm."}}
    thread.submit(opened["view"], {"verdict": chosen, "note": note})
    opened = ConversationStore.open(store)
    given = {one.giver: (one.number, one.verdict, one.note) for one in opened.feedback("weather")}
    opened.close()
    assert given == {
        f"slack:{TEAM}:{BEN}": (1, "right", ""),
        f"slack:{TEAM}:{ANA}": (1, "missing", "It is 30 cm."),
    }


def test_a_message_that_cannot_be_answered_is_told_why(thread, slack):
    thread.mention("x" * 60_000)
    (message,) = slack.messages(1)
    assert "60,000 characters" in words(message)
    assert not buttons(message)


def test_what_stands_in_slacks_own_markup_is_read_as_it_was_shown(thread, slack, store):
    ts = moment()
    thread.mention(
        "is <https://a.example/?a=1&amp;b=2|the page> right, <@UBEN> &amp; <#C2|general> &lt;b&gt;?", ts=ts
    )
    slack.messages(1)
    (turn,) = kept(store, ts)
    assert turn.said == "is the page right, @somebody & #general <b>?"


def test_an_event_that_nobody_listens_for_is_acknowledged(thread):
    assert thread.event({"type": "reaction_added", "user": ANA, "event_ts": "1.1"}).status_code == 200


def test_the_address_is_verified_with_slacks_challenge(thread):
    told = thread.json({"type": "url_verification", "challenge": "c", "token": "z"})
    assert (told.status_code, told.json()) == (200, {"challenge": "c"})


class WithExamples:
    """The assistant of a pack that has examples."""

    def __init__(self, assistant):
        self._assistant = assistant
        self.pack = replace(assistant.pack, examples=(WALK, PUDDLES))

    def __getattr__(self, name):
        return getattr(self._assistant, name)


def test_an_example_in_app_home_opens_a_thread_in_direct_messages(weather, store, slack):
    with door(WithExamples(weather), store, slack) as thread:
        home = {"type": "app_home_opened", "user": ANA, "channel": DIRECT, "tab": "home", "event_ts": "1.2"}
        thread.event(home)
        (published,) = slack.called("views.publish")
        offered = [block["accessory"] for block in published["view"]["blocks"] if "accessory" in block]
        assert len(offered) == 2
        shown = {"ts": moment(), "channel": DIRECT}
        thread.act(shown, offered[1]["action_id"], offered[1]["value"])
        root, answer = slack.messages(2)
    assert words(root) == f"> {PUDDLES}"
    assert (answer["channel"], answer["thread_ts"]) == (DIRECT, root["ts"])
    assert "20 cm" in words(answer)
    assert [turn.said for turn in kept(store, root["ts"], DIRECT)] == [PUDDLES]
