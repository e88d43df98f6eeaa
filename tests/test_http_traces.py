"""Traces, as a collector of OpenTelemetry receives them."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from tests.http_server import served
from ui.http_traces import open_traces

ABOVE = "4bf92f3577b34da6a3ce929d0e0e4736"


@contextmanager
def collector():
    """The address of a server that takes traces, and the spans that it took, with their service."""
    spans = []

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self):
            sent = ExportTraceServiceRequest.FromString(self.rfile.read(int(self.headers["content-length"])))
            for group in sent.resource_spans:
                names = {one.key: one.value.string_value for one in group.resource.attributes}
                spans.extend(
                    (names["service.name"], span) for part in group.scope_spans for span in part.spans
                )
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Taking) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", spans
        finally:
            server.shutdown()
            thread.join()


def values(span):
    return {one.key: one.value.string_value or one.value.int_value for one in span.attributes}


def test_a_request_is_traced_with_the_steps_of_its_turn_and_without_a_word_of_it(
    weather, tmp_path, monkeypatch
):
    monkeypatch.setenv("GROUNDRULE_KEYS", str(tmp_path / "keys.json"))
    with collector() as (address, spans):
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", address)
        with served(weather, f"sqlite:///{tmp_path / 'c.db'}", open_traces()) as site:
            told = httpx.post(
                f"{site}/v1/answers",
                json={"message": "It rains on Elm Street."},
                headers={"traceparent": f"00-{ABOVE}-00f067aa0ba902b7-01"},
                timeout=60,
            )
            refused = httpx.post(f"{site}/v1/answers", json={"message": "Elm?!", "more": 1}, timeout=60)
    assert (told.status_code, refused.status_code) == (200, 422)
    assert {service for service, _ in spans} == {"groundrule"}
    ours = [span for _, span in spans if span.trace_id.hex() == ABOVE]
    (request,) = (span for span in ours if span.name == "POST /v1/answers")
    assert values(request) == {
        "http.request.method": "POST",
        "http.route": "/v1/answers",
        "http.response.status_code": 200,
        "groundrule.request_id": told.headers["x-request-id"],
    }
    steps = [span for span in ours if span is not request]
    assert [span.name for span in sorted(steps, key=lambda span: span.start_time_unix_nano)] == [
        "read facts",
        "decide",
        "find",
        "compose",
    ]
    assert {span.parent_span_id for span in steps} == {request.span_id}
    assert "Elm" not in str(spans)


def test_without_a_place_to_send_them_there_are_none(monkeypatch):
    monkeypatch.delenv("OTEL_EXPORTER_OTLP_ENDPOINT", raising=False)
    assert open_traces() is None


def test_a_collector_that_is_gone_hinders_no_answer(weather, tmp_path, monkeypatch):
    monkeypatch.setenv("GROUNDRULE_KEYS", str(tmp_path / "keys.json"))
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "1")
    with served(weather, f"sqlite:///{tmp_path / 'c.db'}", open_traces()) as site:
        told = httpx.post(f"{site}/v1/answers", json={"message": "It rains."}, timeout=60)
    assert told.status_code == 200
