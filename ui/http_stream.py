"""A reply to a chat as server-sent events: what is certain of it at once, and the rest once it is whole."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Final

from fastapi.responses import StreamingResponse
from starlette.background import BackgroundTask

from ui.http_chat_forms import Chunk, ChunkChoice, Completion, Delta, Head, Stands, Usage
from ui.http_problem import FAILED, RefusedError, openai_error

if TYPE_CHECKING:
    from ui.http_hear import Hearing

_PIECE: Final = re.compile(r"[^\n]*\n+|[^\n]+")


async def stream(head: Head, hearing: Hearing[Completion], *, include_usage: bool) -> StreamingResponse:
    """The response that tells what is heard of a reply, and then all that it has to say besides.

    Raises what the reply fails with as long as nothing of it was heard; later on the failure is the last
    event. Who goes away stops nothing: the reply is written to its end, as one that is not streamed.
    """
    await hearing.begin()
    return StreamingResponse(
        _events(head, hearing, include_usage=include_usage),
        media_type="text/event-stream",
        background=BackgroundTask(_end, hearing),
    )


async def _events(head: Head, hearing: Hearing[Completion], *, include_usage: bool) -> AsyncIterator[str]:
    """What is heard, the rest of the content line by line, its annotations with what stands behind it."""
    yield _event(head, Delta(role="assistant", content=""))
    heard = 0
    async for piece in hearing.pieces():
        heard += len(piece)
        yield _event(head, Delta(content=piece))
    failure = await hearing.failure()
    if failure is not None:
        told = failure if isinstance(failure, RefusedError) else RefusedError(500, FAILED)
        yield f"data: {openai_error(told).model_dump_json()}\n\n"
        return
    whole = hearing.result()
    said = whole.choices[0].message
    for piece in _PIECE.findall(said.content, heard):
        yield _event(head, Delta(content=piece))
    last = ChunkChoice(delta=Delta(annotations=said.annotations or None), finish_reason="stop")
    yield _event(head, last, groundrule=whole.groundrule)
    if include_usage:
        yield _event(head, None, usage=whole.usage)
    yield "data: [DONE]\n\n"


async def _end(hearing: Hearing[Completion]) -> None:
    """The request lasts as long as its work, and what nobody expected goes on to the log."""
    failure = await hearing.failure()
    if failure is not None and not isinstance(failure, RefusedError):
        raise failure


def _event(
    head: Head,
    told: Delta | ChunkChoice | None,
    *,
    usage: Usage | None = None,
    groundrule: Stands | None = None,
) -> str:
    choice = ChunkChoice(delta=told) if isinstance(told, Delta) else told
    chunk = Chunk(
        id=head.id,
        created=head.created,
        model=head.model,
        choices=[choice] if choice else [],
        system_fingerprint=head.system_fingerprint,
        usage=usage,
        groundrule=groundrule,
    )
    return f"data: {chunk.model_dump_json(by_alias=True)}\n\n"
