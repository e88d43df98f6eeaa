"""The log of the HTTP interface: a line of JSON for each request, on standard error."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TextIO, cast

import structlog

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger


def request_log(stream: TextIO | None = None) -> FilteringBoundLogger:
    """A log that writes to ``stream`` (default: standard error), for this application alone."""
    return cast(
        "FilteringBoundLogger",
        structlog.wrap_logger(
            structlog.WriteLogger(stream or sys.stderr),
            processors=[
                structlog.processors.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.JSONRenderer(),
            ],
            wrapper_class=structlog.make_filtering_bound_logger("info"),
        ),
    )
