"""The HTTP interface as one application: its routes, its refusals and its description."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from assistant import CorpusError, StoreError, UnknownConversationError
from ui.http_answers import answer_routes
from ui.http_chat import chat_routes
from ui.http_health import health_routes
from ui.http_lookups import lookup_routes
from ui.http_measures import Measures
from ui.http_problem import FAILED, PROBLEM_TYPE, RefusedError, Wrong, refusal

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger

    from ui.http_backend import Backend


def http_app(backend: Backend, log: FilteringBoundLogger, measures: Measures) -> FastAPI:
    """The routes alone: they stand behind :class:`ui.http_gate.Gate`, which says who asks."""
    app = FastAPI(
        title=backend.assistant.pack.title,
        version="1",
        description="Recommendations computed by rule, answers cited to the guide's exact words.",
        docs_url=None,
        redoc_url=None,
    )
    app.include_router(answer_routes(backend, measures))
    app.include_router(lookup_routes(backend))
    app.include_router(chat_routes(backend, measures))
    app.include_router(health_routes(backend, measures))
    _tell_refusals(app, log)
    _describe(app)
    return app


def _tell_refusals(app: FastAPI, log: FilteringBoundLogger) -> None:
    def told(request: Request, error: RefusedError) -> Response:
        return refusal(error, request.url.path, request.state.request_id)

    @app.exception_handler(RefusedError)
    async def refused(request: Request, error: RefusedError) -> Response:
        return told(request, error)

    @app.exception_handler(RequestValidationError)
    async def misread(request: Request, error: RequestValidationError) -> Response:
        # Places and problems, and never the input: it is the caller's.
        wrong = [Wrong(place=".".join(map(str, one["loc"])), problem=one["msg"]) for one in error.errors()]
        return told(
            request, RefusedError(422, "The request is not in the form that is read here.", errors=wrong)
        )

    @app.exception_handler(HTTPException)
    async def not_here(request: Request, error: HTTPException) -> Response:
        response = told(request, RefusedError(error.status_code, str(error.detail)))
        response.headers.update(error.headers or {})
        return response

    @app.exception_handler(UnknownConversationError)
    async def unknown(request: Request, _error: UnknownConversationError) -> Response:
        return told(request, RefusedError(404, "There is no such conversation."))

    @app.exception_handler(StoreError)
    async def no_store(request: Request, error: StoreError) -> Response:
        log.error("store", request_id=request.state.request_id, problem=error.problem)
        detail = "The store of conversations cannot be used now. Nothing was kept; try again."
        return told(request, RefusedError(503, detail, after=5))

    @app.exception_handler(CorpusError)
    async def no_vectors(request: Request, error: CorpusError) -> Response:
        log.error("guide", request_id=request.state.request_id, problem=str(error))
        detail = "The guide cannot be searched now. Nothing was kept; try again."
        return told(request, RefusedError(503, detail, after=5))

    @app.exception_handler(Exception)
    async def failed(request: Request, error: Exception) -> Response:
        # Where, and never the error's words: they may hold what was asked.
        where = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
        log.error("failed", request_id=request.state.request_id, error=type(error).__name__, where=where[-8:])
        return told(request, RefusedError(500, FAILED))


def _describe(app: FastAPI) -> None:
    """The description says ``application/problem+json`` where problems are, and how a key is sent."""
    plain = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema:
            return app.openapi_schema
        schema = plain()
        for methods in schema["paths"].values():
            for operation in methods.values():
                for response in operation["responses"].values():
                    _as_problem(response)
        schema["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
        schema["security"] = [{"key": []}, {}]
        return schema

    app.openapi = described  # type: ignore[method-assign]  # the way that FastAPI's own documentation gives


def _as_problem(response: dict[str, Any]) -> None:
    content = response.get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    if schema.get("$ref", "").endswith("/ProblemDetails"):
        content[PROBLEM_TYPE] = content.pop("application/json")
