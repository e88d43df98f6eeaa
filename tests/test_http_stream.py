"""What a language model says is streamed sentence by sentence, to the official client of OpenAI's interface."""

import re
import threading
from contextlib import ExitStack

import httpx
import pytest
from openai import APIError, APIStatusError, OpenAI

from assistant import LanguageModel, obedient_model, openai_model
from tests.http_server import logged, served
from tests.model_server import slow_model

DETAIL = "How deep may the water be?"
BOTH = "I am about to go out. How deep may the water be for boots?"
LONG = 600  # seconds; no test takes them
# A busy machine may need longer than the first of these to the first sentence of an answer.
LIMITS = (1, 5, 25, 125)


@pytest.fixture(scope="module")
def model():
    with slow_model() as opened:
        yield opened


@pytest.fixture(scope="module")
def site(weather, tmp_path_factory):
    """Starts servers whose adviser has a language model; gives their addresses."""
    folder = tmp_path_factory.mktemp("stream")
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        patch.setenv("GROUNDRULE_KEYS", str(folder / "keys.json"))
        store = f"sqlite:///{folder / 'c.db'}"
        yield lambda model, seconds=LONG: stack.enter_context(
            served(weather.beside(model), store, seconds=seconds)
        )


@pytest.fixture(scope="module")
def client(site):
    """Asks a server beside a language model: for a whole reply, or for the chunks of a stream."""
    with ExitStack() as stack:

        def connect(model, seconds=LONG):
            address = f"{site(model, seconds)}/v1"
            opened = stack.enter_context(OpenAI(base_url=address, api_key="any", max_retries=0))

            def ask(message, **more):
                said = [{"role": "user", "content": message}]
                return opened.chat.completions.create(model="weather", messages=said, **more)

            return ask

        yield connect


@pytest.fixture(scope="module")
def ask(client, model):
    """Asks the server beside the slow model."""
    return client(slow(model))


def slow(model, seconds=LONG):
    return openai_model(model.address, "slow", seconds=seconds)


def told(chunk):
    return (chunk.choices[0].delta.content or "") if chunk.choices else ""


def heard(chunks, count=1):
    """The next ``count`` deltas that say something."""
    said = []
    while len(said) < count:
        said += filter(None, [told(next(chunks))])
    return said


def whole(chunks):
    """All that the rest of a stream says, its annotations, and what stands behind it."""
    said, annotations, stands = "", [], None
    for chunk in chunks:
        said += told(chunk)
        stands = getattr(chunk, "groundrule", None) or stands
        annotations += getattr(chunk.choices[0].delta, "annotations", None) or ()
    return said, annotations, stands


def test_each_verified_sentence_is_heard_before_the_model_has_said_the_next(ask, model):
    reply = model.reply("{1} [1]. Boots are made of gold [1]. And")
    chunks = iter(ask(DETAIL, stream=True))
    assert heard(chunks) == ["Boots are tight up to 20 cm of water. [1]"]
    reply.say(" now: boots are tight up to 20 cm [1]. So")
    assert heard(chunks) == [" And now: boots are tight up to 20 cm. [1]"]
    reply.end()
    rest, *_ = whole(chunks)
    assert rest.startswith("\n\nSources\n\n[1] ")
    assert "gold" not in rest


SCRIPTS = {
    "one sentence": ["{1} [1]."],
    "sentences in small pieces": ["{1}", " [1", "]. Boots", " are tight up to 20 cm [1]", ". Buy gold [1]."],
    "nothing that the guide says": ["Buy gold [1]. It costs 99 dollars [1]."],
    "silence": ["SILENCE"],
    "nothing": [],
    "markers alone": ["[1] [2]. [3]"],
    "line ends": ["{1} [1].\n\n", "Boots are tight\nup to 20 cm [1].\n"],
}
ENDS = {"an end": "end", "a connection that breaks": "break_off", "garbage": "garble"}


@pytest.mark.parametrize("message", [DETAIL, BOTH])
@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("script", SCRIPTS)
def test_the_deltas_together_are_the_whole_reply(ask, model, script, end, message):
    for _ in range(2):
        getattr(model.reply(*SCRIPTS[script]), ENDS[end])()
    plain = ask(message)
    content, annotations, stands = whole(ask(message, stream=True))
    assert content == plain.choices[0].message.content
    assert [one["url_citation"] for one in annotations] == [
        one.url_citation.model_dump() for one in plain.choices[0].message.annotations
    ]
    assert stands == plain.groundrule
    assert ("The language model slow" in content) == (end != "an end")


def test_a_decision_is_heard_before_the_model_has_said_anything(ask, model, weather):
    reply = model.reply()
    chunks = iter(ask(BOTH, stream=True))
    decision = "".join(heard(chunks, 2))
    assert weather.reply(BOTH).answer.text.startswith(decision)
    assert "**Does it rain?**" in decision
    reply.say("{1} [1].")
    reply.end()
    rest, *_ = whole(chunks)
    assert rest.startswith("Boots are tight up to 20 cm of water. [2]\n\nSources\n\n")


def test_a_model_that_stalls_after_a_sentence_is_named_and_what_stood_stays(client):
    content = ""
    for seconds in LIMITS:
        if "broke off" not in content:
            with slow_model() as model:
                ask = client(slow(model, seconds))
                model.reply("{1} [1]. And")
                content, *_ = whole(ask(DETAIL, stream=True))
    assert content.startswith("Boots are tight up to 20 cm of water. [1]\n\n*The language model slow ")
    assert "its answer broke off.*\n\nSources" in content


def test_a_model_that_obeys_an_attack_is_not_heard(client, weather):
    content, *_ = whole(client(obedient_model("Use the hat."))(BOTH, stream=True))
    assert content.startswith(weather.reply(BOTH).answer.text)


def test_without_a_model_a_stream_begins_once_the_answer_is_whole(client, weather):
    chunks = [told(chunk) for chunk in client(None)(BOTH, stream=True)]
    text = weather.reply(BOTH).answer.text
    assert [piece for piece in chunks if piece][: text.count("\n\n")] == [
        f"{part}\n\n" for part in text.split("\n\n")[:-1]
    ]


def test_an_answer_that_takes_too_long_before_anything_is_heard_is_refused_as_ever(client):
    with slow_model() as model:
        model.reply()
        with pytest.raises(APIStatusError, match="longer than 1 s") as raised:
            client(slow(model), seconds=1)(DETAIL, stream=True)
    assert raised.value.status_code == 503
    assert raised.value.response.headers["retry-after"]


def test_an_answer_that_takes_too_long_later_says_so_in_the_stream(client):
    said = []

    def listen(seconds):
        with slow_model() as model:
            model.reply("{1} [1]. And")
            for chunk in client(slow(model), seconds)(DETAIL, stream=True):
                said.extend(filter(None, [told(chunk)]))

    for seconds in LIMITS:
        if not said:
            with pytest.raises(APIError, match=f"longer than {seconds} s") as raised:
                listen(seconds)
    assert said == ["Boots are tight up to 20 cm of water. [1]"]
    assert not isinstance(raised.value, APIStatusError)
    assert raised.value.type == "server_error"


def test_a_failure_that_nobody_expected_says_so_in_the_stream_and_is_logged(site, capfd):
    def breaks(prompt):
        yield "Boots are tight up to 20 cm of water [1]. And"
        raise RuntimeError("the puddles at Elm Street")

    address = site(LanguageModel("broken", breaks))
    with OpenAI(base_url=f"{address}/v1", api_key="any", max_retries=0) as client:
        said = [{"role": "user", "content": DETAIL}]
        chunks = client.chat.completions.create(model="weather", messages=said, stream=True)
        with pytest.raises(APIError, match="Something failed that should not"):
            whole(chunks)
    lines = logged(capfd, 2)
    assert '"failed"' in lines
    assert '"RuntimeError"' in lines
    assert "Elm" not in lines


def test_a_client_that_goes_away_leaves_the_answer_to_be_written_to_its_end(site, model):
    address = site(slow(model))
    asked = {"model": "weather", "stream": True, "messages": [{"role": "user", "content": DETAIL}]}
    reply = model.reply("{1} [1]. And")
    with httpx.stream("POST", f"{address}/v1/chat/completions", json=asked, timeout=LONG) as response:
        assert any("20 cm" in line for line in response.iter_lines())
    assert measured(address, 'groundrule_answers_total{kind="guide"}') == 0
    assert measured(address, "groundrule_http_requests_open") == 2  # it, and the one that measures
    reply.end()
    wait_for_all(address)
    assert measured(address, 'groundrule_answers_total{kind="guide"}') == 1


def wait_for_all(address):
    """Returns once no request is being answered but the one that measures."""
    while measured(address, "groundrule_http_requests_open") > 1:
        threading.Event().wait(0.05)


def measured(address, name):
    found = re.search(rf"^{re.escape(name)} (\S+)$", httpx.get(f"{address}/metrics", timeout=LONG).text, re.M)
    return float(found[1]) if found else 0


def test_streams_that_nobody_hears_count_among_those_that_are_answered(site, model, monkeypatch):
    monkeypatch.setattr("ui.http_backend.MOST_WAITING", 2)
    address = site(slow(model))
    asked = {"model": "weather", "stream": True, "messages": [{"role": "user", "content": DETAIL}]}
    replies = [model.reply("{1} [1]. And") for _ in range(2)]
    for _ in replies:
        with httpx.stream("POST", f"{address}/v1/chat/completions", json=asked, timeout=LONG) as response:
            assert any("20 cm" in line for line in response.iter_lines())
    refused = httpx.post(f"{address}/v1/chat/completions", json=asked, timeout=LONG)
    assert refused.status_code == 503
    assert "Too many requests" in refused.json()["error"]["message"]
    for reply in replies:
        reply.end()
    wait_for_all(address)
    model.reply("{1} [1].").end()
    assert httpx.post(f"{address}/v1/chat/completions", json=asked, timeout=LONG).status_code == 200
