"""What the HTTP interface counts, for Prometheus."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4


class Measures:
    """Counters of one application. None has a label that a caller could fill with words of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "groundrule_http_requests",
            "Requests by route, method and status.",
            ("route", "method", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "groundrule_http_request_seconds",
            "Time from the first byte of a request to the last of its answer.",
            ("route",),
            registry=self._registry,
        )
        self._answers = Counter("groundrule_answers", "Answers by kind.", ("kind",), registry=self._registry)
        self.open = Gauge(
            "groundrule_http_requests_open", "Requests being answered now.", registry=self._registry
        )

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Counts one request that has ended."""
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def answer(self, kind: str) -> None:
        """Counts one answer."""
        self._answers.labels(kind).inc()

    def text(self) -> bytes:
        """All counts in Prometheus' text form."""
        return generate_latest(self._registry)
