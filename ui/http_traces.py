"""Traces of requests for OpenTelemetry: what was done and how long it took, and no word of what was said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Final

from ui.errors import ConfigurationError
from ui.settings import Settings

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span
    from starlette.types import Scope

    from assistant import Step

SERVICE: Final = "groundrule"


class Traces:
    """Makes the spans of requests and of the steps of their turns, and gives them to ``provider``."""

    def __init__(self, provider: TracerProvider) -> None:
        self._provider = provider
        self._tracer = provider.get_tracer(SERVICE)

    @contextmanager
    def request(self, scope: Scope) -> Iterator[Span]:
        """The span of one request, below that of the caller where the request names one."""
        from opentelemetry.propagate import extract
        from opentelemetry.trace import SpanKind
        from starlette.datastructures import Headers

        above = extract(dict(Headers(scope=scope)))
        # The words of an error may hold what was asked, so that none is recorded.
        with self._tracer.start_as_current_span(
            "request", above, SpanKind.SERVER, record_exception=False, set_status_on_exception=False
        ) as span:
            yield span

    def step(self, step: Step) -> AbstractContextManager[Span]:
        """The span of one step of a turn, below that of its request."""
        return self._tracer.start_as_current_span(step, record_exception=False, set_status_on_exception=False)

    def close(self) -> None:
        """Sends what was not sent yet."""
        self._provider.shutdown()


def open_traces() -> Traces | None:
    """Traces sent where OpenTelemetry's own variables say; ``None`` where they name no place.

    Raises :class:`ConfigurationError` when what sends them is not installed.
    """
    if not Settings.from_environment().traces:
        return None
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import SERVICE_NAME, Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        problem = "OTEL_EXPORTER_OTLP_ENDPOINT is set, and what sends traces is not installed."
        remedy = 'Install it: pip install "groundrule[traces]". Or unset the variable.'
        raise ConfigurationError(problem, remedy) from error
    resource = Resource.create()  # of what OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say
    if str(resource.attributes[SERVICE_NAME]).startswith("unknown_service"):
        resource = resource.merge(Resource({SERVICE_NAME: SERVICE}))
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return Traces(provider)
