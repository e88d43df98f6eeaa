"""``/v1/decisions`` and ``/v1/search``: the rules and the guide, without any conversation."""

from __future__ import annotations

from fastapi import APIRouter

from assistant import DecisionResult
from ui.http_backend import Backend
from ui.http_problem import refusals
from ui.look_up import HitsTold, Known, Looked, decided, found


def lookup_routes(backend: Backend) -> APIRouter:
    """The routes that need no conversation."""
    router = APIRouter(prefix="/v1", tags=["rules and guide"])

    @router.post("/decisions", responses=refusals(), operation_id="decide")
    async def decide(known: Known) -> DecisionResult:
        """Decide from facts: the same facts give the same bytes."""
        return await backend.run(lambda: decided(backend.assistant.pack, known))

    @router.post("/search", responses=refusals(), operation_id="search")
    async def search(looked: Looked) -> HitsTold:
        """Find passages of the guide."""
        return await backend.run(lambda: found(backend.assistant, looked))

    return router
