"""`groundrule serve`: page and HTTP interface behind one address."""

import signal
from pathlib import Path

import httpx

WEATHER = Path(__file__).parent / "weather_pack"


def test_the_interface_alone_answers_without_loading_the_page(serve):
    process, address = serve("--api-only")
    told = httpx.post(f"{address}/v1/answers", json={"message": "I am about to go out."}, timeout=60).json()
    assert told["answer"]["kind"] == "question"
    assert httpx.get(f"{address}/", timeout=60).status_code == 404
    loaded = Path(f"/proc/{process.pid}/maps").read_text(encoding="utf-8")
    assert "pydantic_core" in loaded
    assert "/pandas/" not in loaded  # which Gradio loads
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=60)


def test_a_conversation_goes_on_after_a_restart(serve):
    process, address = serve("--api-only")
    first = httpx.post(f"{address}/v1/answers", json={"message": "I am about to go out."}, timeout=60).json()
    process.kill()
    process.wait()
    _, address = serve("--api-only")
    body = {"message": "yes", "conversation": first["conversation"]}
    second = httpx.post(f"{address}/v1/answers", json=body, timeout=60).json()
    assert second["turn"] == 2
    assert second["answer"]["decision"]["options"] == ["umbrella"]


def test_beyond_this_machine_a_key_is_needed(serve):
    _, address = serve("--api-only", "--host", "0.0.0.0")
    assert httpx.post(f"{address}/v1/answers", json={"message": "It rains."}, timeout=60).status_code == 401


def test_behind_a_proxy_a_key_can_be_asked_for(serve):
    _, address = serve("--api-only", "--require-key")
    assert httpx.get(f"{address}/v1/models", timeout=60).status_code == 401


def test_a_rate_that_is_none_is_refused_before_anything_starts(groundrule):
    told = groundrule("serve", "--api-only", "--rate", "often", "--pack", WEATHER)
    assert told.code == 2
    assert "--rate 600/minute" in told.err


def test_page_and_interface_stand_behind_one_address_and_gradios_own_doors_stay_closed(serve):
    _, address = serve()
    page = httpx.get(f"{address}/", timeout=60)
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "What to take along" in page.text
    told = httpx.post(f"{address}/v1/answers", json={"message": "I am about to go out."}, timeout=60).json()
    assert told["answer"]["kind"] == "question"
    paths = httpx.get(f"{address}/openapi.json", timeout=60).json()["paths"]
    assert "/v1/answers" in paths
    assert not [path for path in paths if "gradio" in path]
    for closed in ("/config", "/gradio_api/info", "/gradio_api/upload", "/docs", "/login", "/v2/answers"):
        assert httpx.get(f"{address}{closed}", timeout=60).status_code == 404, closed
