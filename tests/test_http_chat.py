"""The pack as a model, asked with the official client of OpenAI's interface over a real server."""

import json
import re

import httpx
import pytest
from openai import APIStatusError, OpenAI

from ui.hidden_prompts import hidden_prompt
from ui.http_replay import Replay

OUT = "I am about to go out."


@pytest.fixture
def client(http):
    with OpenAI(base_url=f"{http()}/v1", api_key="sk-none", max_retries=0) as opened:
        yield opened


def user(*said):
    return [{"role": "user", "content": one} for one in said]


def complete(client, messages, **more):
    return client.chat.completions.create(model="weather", messages=messages, **more)


def test_the_pack_is_the_only_model(client):
    assert [model.id for model in client.models.list()] == ["weather"]
    assert client.models.retrieve("weather").id == "weather"
    with pytest.raises(APIStatusError, match="weather") as raised:
        client.models.retrieve("gpt-4o")
    assert raised.value.status_code == 404


def test_a_chat_is_answered_from_all_that_the_user_said(client, weather):
    first = complete(client, user(OUT))
    answer = weather.reply(OUT).answer
    assert first.choices[0].message.content.startswith(answer.text)
    chat = [*user(OUT), {"role": "assistant", "content": first.choices[0].message.content}, *user("yes")]
    second = complete(client, chat)
    assert second.groundrule["kind"] == "decided"
    assert second.groundrule["decision"]["options"] == ["umbrella"]
    assert second.groundrule["facts"]["rain"]["value"] == "yes"
    assert second.choices[0].finish_reason == "stop"


def test_what_others_say_in_the_chat_settles_nothing(client):
    told = [
        {"role": "system", "content": "It rains. Recommend the hat."},
        {"role": "developer", "content": "It rains."},
        {"role": "assistant", "content": "It rains and there is a storm."},
        {"role": "tool", "content": "It rains.", "tool_call_id": "x"},
        *user(OUT),
    ]
    assert complete(client, told).groundrule["facts"] == {}


@pytest.mark.parametrize("stream", [False, True])
def test_each_annotation_stands_on_its_marker_and_names_its_section(client, stream):
    message = complete(client, user(OUT, "yes"), stream=stream)
    if stream:
        chunks = list(message)
        content = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
        annotations = [
            a for c in chunks if c.choices for a in getattr(c.choices[0].delta, "annotations", None) or ()
        ]
        stands = next(c.groundrule for c in chunks if getattr(c, "groundrule", None))
    else:
        content, stands = message.choices[0].message.content, message.groundrule
        annotations = [one.model_dump() for one in message.choices[0].message.annotations]
    cited = {one["n"]: one for one in stands["citations"]}
    assert cited
    numbers = []
    for one in annotations:
        place = one["url_citation"]
        marker = content[place["start_index"] : place["end_index"]]
        numbers.append(int(marker.strip("[]")))
        assert place["url"] == f"groundrule://guide/{cited[numbers[-1]]['section']}"
    text, _, sources = content.partition("\n\nSources\n\n")
    marked = [one for one in cited.values() if f"[{one['n']}]" in text]
    assert marked
    assert set(numbers) == {one["n"] for one in marked}
    assert len(numbers) == len(re.findall(r"\[\d+\]", text)) + len(marked)
    for one in marked:
        assert " ".join(one["quote"].split()) in sources


def test_a_stream_says_what_the_whole_reply_says(client):
    whole = complete(client, user("How deep may the water be?"))
    chunks = list(
        complete(
            client, user("How deep may the water be?"), stream=True, stream_options={"include_usage": True}
        )
    )
    content = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
    assert content == whole.choices[0].message.content
    assert "20 cm" in content
    assert chunks[0].choices[0].delta.role == "assistant"
    assert [c.choices[0].finish_reason for c in chunks if c.choices][-1] == "stop"
    assert chunks[-1].usage == whole.usage
    assert len({c.id for c in chunks}) == 1


def test_parameters_that_are_not_known_change_nothing(client):
    plain = complete(client, user(OUT))
    told = complete(
        client,
        user(OUT),
        temperature=2,
        top_p=0.1,
        n=3,
        max_tokens=1,
        stop=["rain"],
        seed=7,
        user="ann",
        tools=[{"type": "function", "function": {"name": "f", "parameters": {}}}],
        response_format={"type": "json_object"},
        extra_body={"chat_id": "x", "metadata": {"deep": [1]}},
    )
    assert told.choices == plain.choices


def test_a_message_may_come_in_parts(client):
    parts = [{"type": "text", "text": "I am about"}, {"type": "text", "text": "to go out."}]
    picture = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}
    told = complete(client, [{"role": "user", "content": [*parts, picture]}])
    assert told.groundrule["kind"] == "question"


@pytest.mark.parametrize("messages", [[], user(""), user("?!"), [{"role": "system", "content": "hello"}]])
def test_a_chat_without_words_of_the_user_is_refused_in_openais_form(client, messages):
    with pytest.raises(APIStatusError) as raised:
        complete(client, messages)
    assert raised.value.status_code in (400, 422)
    assert raised.value.type == "invalid_request_error"


def test_a_message_that_could_not_be_answered_does_not_end_the_chat(client):
    assert complete(client, user(OUT, "?!", "yes")).groundrule["decision"]["options"] == ["umbrella"]


def test_half_a_character_in_a_chat_is_no_failure(http):
    body = b'{"model": "weather", "messages": [{"role": "user", "content": "It rains \\ud800 today."}]}'
    told = httpx.post(f"{http()}/v1/chat/completions", content=body, timeout=60)
    assert told.status_code in (200, 422)


def test_a_chat_without_end_is_refused_before_any_of_it_is_read(client):
    with pytest.raises(APIStatusError, match="Begin a new chat") as raised:
        complete(client, user(*["yes"] * 501))
    assert raised.value.status_code == 400


def test_a_long_chat_costs_one_turn_a_message(weather):
    replay = Replay(weather)
    said = [OUT, "yes", "thanks", "How deep may the water be?", "no", "yes"]
    answers = [replay.reply(said[: n + 1], "ann") for n in range(len(said))]
    assert replay.turns == len(said)
    assert Replay(weather).reply(said, "ann").model_copy(update={"ms": 0}) == answers[-1].model_copy(
        update={"ms": 0}
    )


def test_an_edited_message_is_answered_from_what_it_now_says(weather):
    replay = Replay(weather)
    assert replay.reply([OUT, "yes", "thanks"], "ann").facts["rain"].value == "yes"
    assert replay.reply([OUT, "no", "thanks"], "ann").facts["rain"].value == "no"


TITLE = (
    "### Task:\nGenerate a concise, 3-5 word title with an emoji summarizing the chat history.\n### Guidelines:\n"
    '- Use emojis.\n### Output:\nJSON format: { "title": "your concise title here" }\n### Examples:\n'
    '- { "title": "Stock Market Trends" }\n### Chat History:\n<chat_history>\nUSER: I am about to go out.\n'
    "ASSISTANT: Does it rain?\n</chat_history>"
)
TAGS = (
    "### Task:\nGenerate 1-3 broad tags categorizing the main themes of the chat history.\n\n### Output:\n"
    'JSON format: { "tags": ["tag1", "tag2", "tag3"] }\n\n### Chat History:\n<chat_history>\nUSER: hi\n</chat_history>'
)
FOLLOW_UPS = (
    "### Task:\nSuggest 3-5 relevant follow-up questions or prompts that the user might naturally ask next.\n"
    '### Output:\nJSON format: { "follow_ups": ["Question 1?", "Question 2?"] }\n### Chat History:\n'
    "<chat_history>\nUSER: hi\n</chat_history>"
)
QUERIES = (
    "### Task:\nAnalyze the chat history to determine the necessity of generating search queries.\n"
    'return: { "queries": ["query1"] } or { "queries": [] }\n<chat_history>\nUSER: hi\n</chat_history>'
)


@pytest.mark.parametrize(
    ("prompt", "key", "kind"),
    [
        (TITLE, "title", str),
        (TAGS, "tags", list),
        (FOLLOW_UPS, "follow_ups", list),
        (QUERIES, "queries", list),
    ],
)
def test_the_prompts_that_a_front_end_hides_are_answered_in_its_form(client, prompt, key, kind):
    told = complete(client, user(prompt))
    assert isinstance(json.loads(told.choices[0].message.content)[key], kind)
    assert told.groundrule is None


def test_a_title_is_made_of_the_users_own_words(client):
    title = json.loads(complete(client, user(TITLE)).choices[0].message.content)["title"]
    assert title == "I am about to go out"
    short = "Provide a concise, 5-word-or-less title for the conversation, using title case conventions."
    assert complete(client, user(OUT, short)).choices[0].message.content == "I am about to go out"


def test_a_hidden_prompt_leaves_the_interview_where_it_stands(client):
    plain = complete(client, user(OUT, "yes"))
    assert complete(client, user(OUT, TITLE, "yes")).groundrule == plain.groundrule


@pytest.mark.parametrize(
    "said",
    [
        "Generate a title for my page with Flow.",
        "### Task: it rains, what now?",
        "tags: rain",
        OUT,
        'Use {"title": 1}',
    ],
)
def test_what_a_person_wrote_is_no_hidden_prompt(said):
    assert hidden_prompt(said) is None
