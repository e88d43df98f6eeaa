"""Whether the server lives, whether it can answer, and what it has counted."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel

from assistant import StoreError
from ui.http_backend import Backend
from ui.http_measures import CONTENT_TYPE, Measures
from ui.http_problem import RefusedError, refusals


class Health(BaseModel):
    """``status`` is "ok"; what is not ok is a problem with another HTTP status."""

    status: str = "ok"


def health_routes(backend: Backend, measures: Measures) -> APIRouter:
    """The routes that a balancer and a collector of measures ask."""
    router = APIRouter(tags=["health"])

    @router.get("/livez", responses=refusals(), operation_id="livez")
    async def livez() -> Health:
        """Whether the process answers at all."""
        return Health()

    @router.get("/readyz", responses=refusals(), operation_id="readyz")
    async def readyz() -> Health:
        """Whether it can answer messages: the pack is open and the store can be read."""
        try:
            await backend.run(lambda: backend.store.last("readyz"))
        except StoreError as error:
            raise RefusedError(503, "The store of conversations cannot be read.", after=5) from error
        return Health()

    @router.get("/metrics", responses=refusals(), response_class=Response, operation_id="metrics")
    async def metrics() -> Response:
        """Counts in Prometheus' text form."""
        return Response(measures.text(), media_type=CONTENT_TYPE)

    return router
