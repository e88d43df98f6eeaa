import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from ui.errors import UsageError
from ui.listen import listen, page_address
from ui.page_guard import MOST_BYTES, PageGuard, page_hosts
from ui.page_index import dress
from ui.page_words import ENGLISH


def client(host="127.0.0.1", base="http://127.0.0.1:7860"):
    guarded = PageGuard(PlainTextResponse("in"), page_hosts(host), own=("/page/page.css",))
    return TestClient(guarded, base_url=base)


@pytest.mark.parametrize("base", ["http://127.0.0.1:7860", "http://localhost:1", "http://[::1]:7860"])
def test_the_machine_itself_is_answered(base):
    assert client(base=base).get("/").text == "in"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:7860", "127.0.0.1.evil.example", "10.0.0.1", "", "[", "a@b"]
)
def test_a_foreign_host_is_refused(host):
    assert client().get("/", headers={"host": host}).status_code == 421


def test_a_server_beyond_this_machine_answers_to_addresses_and_to_no_stranger_name():
    for host, status in {"10.0.0.1:7860": 200, "[fe80::1]": 200, "evil.example": 421}.items():
        assert client("0.0.0.0").get("/", headers={"host": host}).status_code == status


def test_another_page_may_not_call():
    assert client().get("/", headers={"origin": "http://evil.example"}).status_code == 403
    assert client().get("/", headers={"origin": "null"}).status_code == 403
    assert client().get("/", headers={"origin": "http://127.0.0.1:7860"}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/proxy=http://evil.example",
        "/gradio_api/info",
        "/gradio_api/call/sent",
        "/gradio_api/run/predict",
        "/gradio_api/component_server",
        "/gradio_api/vibe-edit",
        "/config",
        "/docs",
        "/openapi.json",
        "/monitoring",
        "/login",
        "/static/../../x",
    ],
)
def test_what_the_page_does_not_need_is_not_there(path):
    assert client().get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/page/page.css",
        "/theme.css",
        "/assets/index-1.js",
        "/gradio_api/queue/data",
        "/gradio_api/app_id",
    ],
)
def test_what_the_page_needs_is_there(path):
    assert client().get(path).status_code == 200


def test_a_body_without_end_is_refused():
    assert client().post("/gradio_api/queue/join", content=b"x" * 10).status_code == 200
    assert client().post("/gradio_api/queue/join", content=b"x" * (MOST_BYTES + 1)).status_code == 413
    assert client().post("/gradio_api/queue/join", content=iter([b"x"])).status_code == 413


@pytest.mark.parametrize("path", ["/", "/theme.css", "/nothing"])
def test_every_answer_carries_the_rules_of_the_house(path):
    headers = client().get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "connect-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_no_two_pages_share_a_nonce():
    first, second = (client().get("/").headers["content-security-policy"] for _ in range(2))
    assert "nonce-" in first
    assert first != second


def test_the_document_is_dressed_as_this_product():
    document = (
        '<html\n lang="xx"\n style="x"><head><meta property="og:url" content="https://gradio.app/" />'
        '<link rel="manifest" href="/manifest.json" /><script>1</script></head>'
        '<script type="module"></script>'
    )
    dressed = dress(document, "Train <or> bus", "n0nce", ENGLISH)
    assert 'lang="en"' in dressed
    assert "<title>Train &lt;or&gt; bus</title>" in dressed
    assert "gradio.app" not in dressed
    assert "manifest" not in dressed
    assert dressed.count("<script") == dressed.count('<script nonce="n0nce"') == 3


def test_a_port_that_is_taken_is_named_with_a_remedy():
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError) as raised:
            listen("127.0.0.1", port)
        assert f"127.0.0.1:{port}" in raised.value.problem
        assert "--port" in raised.value.remedy
        with listen("127.0.0.1", 0) as next_free:
            assert next_free.getsockname()[1] != port


def test_a_host_that_is_not_this_machine_is_refused():
    with pytest.raises(UsageError, match=r"192\.0\.2\.1"):
        listen("192.0.2.1", 0)


def test_the_address_that_is_printed_opens_in_a_browser():
    assert page_address("0.0.0.0", 1) == "http://127.0.0.1:1"
    assert page_address("::1", 1) == "http://[::1]:1"
    assert page_address("localhost", 1) == "http://localhost:1"
