"""``/v1/chat/completions`` and ``/v1/models``: the pack as a model of any client of OpenAI's interface.

Nothing is kept between requests: a chat arrives whole, and the answer to its last message is what the same
messages would get in any other door.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response

from assistant import Hear, MessageError
from assistant.aloud import unheard
from ui.hidden_prompts import answer_hidden, hidden_prompt
from ui.http_chat_forms import (
    Annotation,
    ChatAsked,
    Choice,
    Completion,
    Head,
    Model,
    Models,
    Said,
    Stands,
    Usage,
)
from ui.http_chat_words import chat_words
from ui.http_hear import Hearing
from ui.http_problem import OpenAIError, RefusedError, Wrong, refusals
from ui.http_replay import MOST_SAID, Replay
from ui.http_stream import stream
from ui.json_lines import whole_characters

if TYPE_CHECKING:
    from assistant import Answer
    from ui.http_backend import Backend
    from ui.http_measures import Measures


@dataclass(frozen=True, slots=True)
class _Reply:
    """What is said, and what stands behind it: nothing behind the answer to a front end's own prompt."""

    content: str
    annotations: list[Annotation]
    stands: Stands | None


def chat_routes(backend: Backend, measures: Measures) -> APIRouter:
    """The routes of OpenAI's interface."""
    router = APIRouter(prefix="/v1", tags=["OpenAI-compatible"])
    replay = Replay(backend.assistant)
    pack = backend.assistant.pack

    @router.get("/models", responses=refusals(form=OpenAIError), operation_id="list_models")
    async def models() -> Models:
        """The pack, as the only model."""
        return Models(data=[Model(id=pack.id)])

    @router.get("/models/{model}", responses=refusals(404, form=OpenAIError), operation_id="show_model")
    async def model(model: str) -> Model:
        """The pack, if that is the model's name."""
        _check_model(model, pack.id)
        return Model(id=pack.id)

    @router.post(
        "/chat/completions",
        response_model=Completion,
        responses=refusals(404, form=OpenAIError)
        | {200: {"content": {"text/event-stream": {}}, "description": "The reply, whole or streamed"}},
        operation_id="complete_chat",
    )
    async def complete(asked: ChatAsked, request: Request) -> Completion | Response:
        """Answer the last message of a chat."""
        _check_model(asked.model, pack.id)
        said = _said(asked)
        owner: str = request.state.owner
        head = Head.of(pack)

        async def answered(hear: Hear) -> Completion:
            reply = _hidden(said, pack.examples)
            if reply is None:
                reply = await backend.run(lambda: _reply(replay, said, owner, hear))
            if reply.stands is not None:
                measures.answer(reply.stands.kind)
            return _completion(asked, reply, head)

        if not asked.stream:
            return await answered(unheard)
        usage = asked.stream_options is not None and bool(asked.stream_options.include_usage)
        return await stream(head, Hearing(answered), include_usage=usage)

    return router


def _check_model(model: str, pack: str) -> None:
    if model != pack:
        wrong = Wrong(place="model", problem=f"the only one here is {pack!r}")
        raise RefusedError(404, f"There is no model {whole_characters(model)!r}.", errors=[wrong])


def _said(asked: ChatAsked) -> list[str]:
    """The user's messages. Raises :class:`RefusedError` when there are none, or too many."""
    said = [whole_characters(one.words) for one in asked.messages if one.role == "user" and one.words.strip()]
    if not said:
        wrong = Wrong(place="messages", problem="no message of the user holds any words")
        raise RefusedError(400, "There is nothing to answer.", errors=[wrong])
    if len(said) > MOST_SAID:
        raise RefusedError(400, f"At most {MOST_SAID} messages of the user are read. Begin a new chat.")
    return said


def _hidden(said: Sequence[str], examples: Sequence[str]) -> _Reply | None:
    kind = hidden_prompt(said[-1])
    if kind is None:
        return None
    people = [one for one in said if hidden_prompt(one) is None]
    return _Reply(answer_hidden(kind, said[-1], people, examples), [], None)


def _reply(replay: Replay, said: Sequence[str], owner: str, hear: Hear) -> _Reply:
    try:
        answer: Answer = replay.reply([one for one in said if hidden_prompt(one) is None], owner, hear)
    except MessageError as error:
        raise RefusedError(
            400, str(error), errors=[Wrong(place="messages", problem=error.problem)]
        ) from error
    content, annotations = chat_words(answer)
    return _Reply(content, annotations, Stands.of(answer))


def _completion(asked: ChatAsked, reply: _Reply, head: Head) -> Completion:
    prompt = sum(len(one.words.split()) for one in asked.messages)
    told = len(reply.content.split())
    return Completion(
        id=head.id,
        created=head.created,
        model=head.model,
        choices=[Choice(message=Said(content=reply.content, annotations=reply.annotations))],
        usage=Usage(prompt_tokens=prompt, completion_tokens=told, total_tokens=prompt + told),
        system_fingerprint=head.system_fingerprint,
        groundrule=reply.stands,
    )
