"""``/v1/answers`` and ``/v1/conversations``: messages answered in conversations that are kept."""

from __future__ import annotations

from hashlib import sha256
from secrets import token_urlsafe
from typing import Annotated, Final

from fastapi import APIRouter, Header, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from assistant import Answer, Conversation, KeptTurn, MessageError, Turn, UnknownConversationError, converse
from ui.http_backend import Backend
from ui.http_measures import Measures
from ui.http_problem import RefusedError, refusals
from ui.json_lines import whole_characters

ID: Final = r"^[A-Za-z0-9_-]{1,64}$"
ConversationId = Annotated[str, Path(pattern=ID, description="As /v1/answers gave it.")]


class Asked(BaseModel):
    """A message, and the conversation that it goes on with; without one, a conversation begins."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    message: str = Field(min_length=1, max_length=20_000)
    conversation: str | None = Field(None, pattern=ID)


class Answered(BaseModel):
    """The answer, the number of its turn from 1, and the conversation to go on with."""

    conversation: str
    turn: int
    answer: Answer


class TurnTold(BaseModel):
    """One kept turn: ``how`` tells a message from a chosen answer and a changed fact; ``at`` is in UTC."""

    number: int
    at: str
    how: str
    said: str
    answer: Answer


class ConversationTold(BaseModel):
    """A kept conversation with its turns, oldest first."""

    conversation: str
    turns: list[TurnTold]


def answer_routes(backend: Backend, measures: Measures) -> APIRouter:
    """The routes of kept conversations. Each sees those of the asking owner alone."""
    router = APIRouter(prefix="/v1", tags=["conversations"])

    @router.post("/answers", responses=refusals(404, 409), operation_id="answer")
    async def answer(
        asked: Asked,
        request: Request,
        idempotency_key: Annotated[
            str | None,
            Header(
                pattern=r"^[\x21-\x7e]{1,255}$",
                description="Your own id of this message: sent again with the same id, it is answered once.",
            ),
        ] = None,
    ) -> Answered:
        """Answer a message."""
        owner: str = request.state.owner
        answered = await backend.run(lambda: _answer(backend, asked, owner, idempotency_key))
        measures.answer(answered.answer.kind)
        return answered

    @router.get("/conversations/{conversation}", responses=refusals(404), operation_id="show_conversation")
    async def show(conversation: ConversationId, request: Request) -> ConversationTold:
        """The turns of a conversation."""
        owner: str = request.state.owner
        turns = await backend.run(lambda: backend.store.turns(conversation, owner))
        return ConversationTold(conversation=conversation, turns=[_told(turn) for turn in turns])

    @router.delete(
        "/conversations/{conversation}",
        status_code=204,
        response_class=Response,
        responses=refusals(404),
        operation_id="forget_conversation",
    )
    async def forget(conversation: ConversationId, request: Request) -> Response:
        """Delete a conversation for good."""
        owner: str = request.state.owner
        await backend.run(lambda: backend.store.forget(conversation, owner))
        return Response(status_code=204)

    return router


def _answer(backend: Backend, asked: Asked, owner: str, key: str | None) -> Answered:
    """One turn of a kept conversation; a key that its owner sends again gives the same turn again."""
    said = whole_characters(asked.message)
    new = asked.conversation is None
    conversation = asked.conversation or _new_id(owner, key)
    taken = False

    def take(before: Conversation) -> Turn:
        nonlocal taken
        taken = True
        # Only the server names conversations: an id of somebody else must look like one of nobody.
        if before.turns == 0 and not new:
            raise UnknownConversationError(conversation)
        return backend.assistant.reply(said, before)

    if not new:
        _check_pack(backend, conversation, owner)
    try:
        kept = converse(
            backend.store,
            conversation,
            take,
            said=said,
            owner=owner,
            event=_event(owner, key) if key else None,
        )
    except MessageError as error:
        raise RefusedError(422, str(error)) from error
    if not taken:
        _check_same(backend, conversation, owner, kept, said)
    return Answered(conversation=conversation, turn=kept.number, answer=kept.answer)


def _check_pack(backend: Backend, conversation: str, owner: str) -> None:
    last = backend.store.last(conversation, owner)
    if last is None:
        raise UnknownConversationError(conversation)
    if last.answer.pack.id != backend.assistant.pack.id:
        raise RefusedError(
            409, f"This conversation is about the pack {last.answer.pack.id!r}. Begin another."
        )


def _check_same(backend: Backend, conversation: str, owner: str, kept: KeptTurn, said: str) -> None:
    """Raise :class:`RefusedError` when the key of the ``kept`` turn was given to another message before."""
    turns = backend.store.turns(conversation, owner)
    if kept.said != said or all(turn.event != kept.event for turn in turns):
        raise RefusedError(409, "This Idempotency-Key was given to another message before. Use a new one.")


def _new_id(owner: str, key: str | None) -> str:
    # A message that is sent again with its key must find the conversation that it began.
    return sha256(f"conversation\0{owner}\0{key}".encode()).hexdigest()[:32] if key else token_urlsafe(16)


def _event(owner: str, key: str) -> str:
    # The store knows an event once for all owners, so the owner is part of it.
    return "http:" + sha256(f"event\0{owner}\0{key}".encode()).hexdigest()


def _told(turn: KeptTurn) -> TurnTold:
    return TurnTold(number=turn.number, at=turn.at, how=turn.how, said=turn.said, answer=turn.answer)
