"""The door of Slack over HTTP: one address for events, clicks, forms and commands."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from anyio import CapacityLimiter, to_thread
from slack_bolt import App, BoltRequest
from slack_bolt.adapter.starlette.handler import to_starlette_response
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ui.slack_gate import MOST_BYTES, Refused, check_payload, check_signature
from ui.slack_manifest import PATH

if TYPE_CHECKING:
    from ui.slack_work import Work

THREADS: Final = 16
METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# What Bolt needs of the headers; others could steer it.
_PASSED: Final = (
    "content-type",
    "x-slack-request-timestamp",
    "x-slack-signature",
    "x-slack-retry-num",
    "x-slack-retry-reason",
)


def slack_site(app: App, signing_secret: str, work: Work, ready: Callable[[], bool]) -> Starlette:
    """The application that is served; ``work`` lives as long as it, ``ready`` says if the store answers."""
    verifier = SignatureVerifier(signing_secret)
    limiter: list[CapacityLimiter] = []

    async def events(request: Request) -> Response:
        try:
            bolt = await _read(request, verifier)
        except Refused as refused:
            return Response(status_code=refused.status)
        if not limiter:
            limiter.append(CapacityLimiter(THREADS))
        answer = await to_thread.run_sync(app.dispatch, bolt, limiter=limiter[0])
        if answer.status == 404:
            return Response()  # nothing that is listened for: Slack shall not send it again
        return to_starlette_response(answer)

    async def live(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def readiness(_request: Request) -> Response:
        answers = await to_thread.run_sync(ready)
        return PlainTextResponse("ok" if answers else "the store does not answer", 200 if answers else 503)

    @asynccontextmanager
    async def life(_app: Starlette) -> AsyncIterator[None]:
        work.start()
        yield
        await to_thread.run_sync(work.stop)

    routes = [
        Route(PATH, events, methods=list(METHODS)),
        Route("/livez", live),
        Route("/readyz", readiness),
    ]
    return Starlette(routes=routes, lifespan=life)


async def _read(request: Request, verifier: SignatureVerifier) -> BoltRequest:
    """The request for Bolt. Raises :class:`Refused` for one that Slack did not send."""
    if request.method != "POST":
        raise Refused(400)
    body = await _body(request)
    headers = {name: value for name, value in request.headers.items() if name in _PASSED}
    check_signature(headers, body, verifier)
    text = body.decode()
    check_payload(text, headers.get("content-type", ""))
    return BoltRequest(body=text, headers=dict(headers))


async def _body(request: Request) -> bytes:
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared[:12]) > MOST_BYTES:
        raise Refused(413)
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_BYTES:
                raise Refused(413)
    except ClientDisconnect as error:
        raise Refused(400) from error
    return bytes(body)
