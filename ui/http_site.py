"""Page and HTTP interface behind one address: each request goes to the one that its path belongs to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_PREFIXES: Final = ("/v1/",)
_PATHS: Final = frozenset({"/livez", "/readyz", "/metrics", "/openapi.json", "/v1", "/mcp"})


class Site:
    """ASGI application of two. ``interface`` is gated and ``page`` guarded already.

    ``living`` are the applications inside them that are told when the server starts and stops.
    """

    def __init__(self, interface: ASGIApp, page: ASGIApp | None, living: tuple[Starlette, ...]) -> None:
        self._interface = interface
        self._page = page
        self._life = Starlette(lifespan=_together(living))
        self._looking: set[asyncio.Task[object]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes one request on."""
        if scope["type"] == "lifespan":
            await self._life(scope, receive, send)
        elif self._page is None or belongs_to_interface(scope.get("path", "")):
            await self._interface(scope, receive, send)
        elif (task := asyncio.current_task()) is not None:
            self._looking.add(task)
            try:
                await self._page(scope, receive, send)
            finally:
                self._looking.discard(task)

    def leave_page(self) -> None:
        """Ends the requests of the page that are still open."""
        for task in self._looking:
            task.cancel()


def belongs_to_interface(path: str) -> bool:
    """Whether ``path`` is one of the HTTP interface; all others are the page's."""
    return path in _PATHS or path.startswith(_PREFIXES)


def _together(living: tuple[Starlette, ...]) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def life(_app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for app in living:
                await stack.enter_async_context(app.router.lifespan_context(app))
            yield

    return life
