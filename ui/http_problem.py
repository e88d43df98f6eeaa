"""What the HTTP interface refuses: problem details (RFC 9457), and OpenAI's own form on its endpoints."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, Field

from ui.json_lines import whole_characters

if TYPE_CHECKING:
    from starlette.responses import Response

OPENAI_PATHS: Final = ("/v1/chat/completions", "/v1/models")
PROBLEM_TYPE: Final = "application/problem+json"
FAILED: Final = "Something failed that should not; the log of the server names it by the request id."
_OPENAI_TYPES: Final = {
    401: ("authentication_error", "invalid_api_key"),
    404: ("invalid_request_error", "not_found"),
    429: ("rate_limit_error", "rate_limit_exceeded"),
}


class Wrong(BaseModel):
    """One thing that is wrong with a request, and where in it."""

    place: str
    problem: str


class ProblemDetails(BaseModel):
    """Why a request was refused, as RFC 9457 says it; ``errors`` holds each thing that is wrong."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    request_id: str
    errors: list[Wrong] = Field(default_factory=list)


class OpenAIProblem(BaseModel):
    """Why a request was refused, as clients of OpenAI's interface read it."""

    message: str
    type: str
    param: str | None
    code: str | None


class OpenAIError(BaseModel):
    """The body around :class:`OpenAIProblem`."""

    error: OpenAIProblem


class RefusedError(Exception):
    """A request that is not answered: the HTTP ``status``, and in ``detail`` why and what to do instead.

    ``after`` are the seconds after which it may be tried again.
    """

    def __init__(
        self, status: int, detail: str, *, errors: Sequence[Wrong] = (), after: int | None = None
    ) -> None:
        self.status = status
        # Both may quote the caller, who can send what no answer can hold.
        self.detail = whole_characters(detail)
        self.errors = tuple(
            Wrong(place=whole_characters(one.place), problem=whole_characters(one.problem)) for one in errors
        )
        self.after = after
        super().__init__(detail)


def refusal(error: RefusedError, path: str, request_id: str) -> Response:
    """The response that tells ``error`` to the caller of ``path``."""
    from starlette.responses import Response

    headers: dict[str, str] = {}
    if error.after is not None:
        headers["retry-after"] = str(error.after)
    if error.status == 401:
        headers["www-authenticate"] = "Bearer"
    if path.startswith(OPENAI_PATHS):
        return Response(openai_error(error).model_dump_json(), error.status, headers, "application/json")
    return Response(_details(error, request_id).model_dump_json(), error.status, headers, PROBLEM_TYPE)


def refusals(*more: int, form: type[BaseModel] = ProblemDetails) -> dict[int | str, dict[str, Any]]:
    """The documentation of what any route may refuse with, and of ``more`` statuses, for FastAPI."""
    statuses = sorted({400, 401, 403, 408, 413, 421, 422, 429, 500, 503, *more})
    return {status: {"model": form, "description": HTTPStatus(status).phrase} for status in statuses}


def _details(error: RefusedError, request_id: str) -> ProblemDetails:
    return ProblemDetails(
        title=HTTPStatus(error.status).phrase,
        status=error.status,
        detail=error.detail,
        request_id=request_id,
        errors=list(error.errors),
    )


def openai_error(error: RefusedError) -> OpenAIError:
    """``error`` in OpenAI's form."""
    fallback = ("server_error" if error.status >= 500 else "invalid_request_error", None)
    kind, code = _OPENAI_TYPES.get(error.status, fallback)
    places = "; ".join(f"{one.place}: {one.problem}" for one in error.errors)
    message = f"{error.detail} ({places})" if places else error.detail
    param = error.errors[0].place if error.errors else None
    return OpenAIError(error=OpenAIProblem(message=message, type=kind, param=param, code=code))
