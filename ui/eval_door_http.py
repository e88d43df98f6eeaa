"""Conversations had over the HTTP interface."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ui.errors import UsageError
from ui.settings import Settings

if TYPE_CHECKING:
    import httpx

    from assistant import Pack
    from evals.doors import Heard, Play
    from evals.run import Reply

SECONDS = 600.0  # for one answer; the server's own bound comes first


@contextmanager
def http_door(address: str, pack: Pack) -> Iterator[Play]:
    """Has one conversation after the other with the server at ``address``, which must answer from ``pack``.

    The key in ``GROUNDRULE_API_KEY``, if there is one, is sent with every message.
    """
    import httpx

    key = Settings.from_environment().api_key
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    base = address.rstrip("/").removesuffix("/v1")
    try:
        client = httpx.Client(base_url=base, headers=headers, timeout=SECONDS)
    except httpx.InvalidURL as error:
        raise UsageError(f"{address!r} is no address ({error}).", "--url http://127.0.0.1:7860") from error
    with client:
        yield lambda talk: _talk(client, talk, pack)


def _talk(client: httpx.Client, talk: Sequence[str], pack: Pack) -> Heard:
    import httpx

    from evals.doors import Heard

    replies: list[Reply] = []
    conversation: str | None = None
    for number, said in enumerate(talk, 1):
        try:
            reply, conversation = _message(client, said, conversation, pack)
        except (httpx.HTTPError, _FailedError) as error:
            return Heard(tuple(replies), f"turn {number}: {error or type(error).__name__}")
        replies.append(reply)
    return Heard(tuple(replies))


class _FailedError(Exception):
    """An answer of the server that is none to the message."""


def _message(
    client: httpx.Client, said: str, conversation: str | None, pack: Pack
) -> tuple[Reply, str | None]:
    """The reply to one message, and the conversation that it now belongs to."""
    from pydantic import ValidationError

    from evals.doors import ms_since
    from evals.run import Reply
    from ui.http_answers import Answered

    told = {"message": said} | ({"conversation": conversation} if conversation else {})
    started = time.perf_counter()
    came = client.post("/v1/answers", json=told)
    ms = ms_since(started)
    if came.status_code == 422:
        return Reply(say=said, answer=None, refused=_detail(came), ms=ms), conversation
    if came.status_code != 200:
        raise _FailedError(f"HTTP {came.status_code}: {_detail(came)}")
    try:
        answered = Answered.model_validate_json(came.content)
    except ValidationError as error:
        raise _FailedError(
            f"the server's answer is none of groundrule's ({error.error_count()} faults)"
        ) from error
    if answered.answer.pack.sha256 != pack.sha256:
        own = answered.answer.pack
        raise _FailedError(
            f"the server answers from another pack: {own.id} {own.version} ({own.sha256[:12]})"
        )
    return Reply(say=said, answer=answered.answer, ms=ms), answered.conversation


def _detail(came: httpx.Response) -> str:
    try:
        told = came.json()
    except ValueError:
        return " ".join(came.text.split())[:200]
    return str(told.get("detail", told)) if isinstance(told, dict) else str(told)
