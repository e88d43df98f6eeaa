"""What clients of OpenAI's chat completions send and read; what they send besides is left alone."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Literal
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field

from assistant import Answer, CitedWords, DecisionShown, Pack, StandingFact
from assistant.answer import Kind, PackName


class _Received(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True)


class Part(_Received):
    """One part of a message; only those with ``text`` are read."""

    type: str = "text"
    text: str | None = None


class ChatMessage(_Received):
    """One message of the chat so far."""

    role: str
    content: str | list[Part] | None = None

    @property
    def words(self) -> str:
        """What it says."""
        if isinstance(self.content, str):
            return self.content
        return "\n".join(part.text for part in self.content or () if part.text)


class StreamOptions(_Received):
    """How the stream ends."""

    include_usage: bool | None = False


class ChatAsked(_Received):
    """A chat to go on with. ``model`` is the pack's id."""

    model: str
    messages: list[ChatMessage] = Field(min_length=1)
    stream: bool | None = False
    stream_options: StreamOptions | None = None


class UrlCitation(BaseModel):
    """Where a marker stands in the content, in characters, and the section of the guide that it names."""

    start_index: int
    end_index: int
    title: str
    url: str


class Annotation(BaseModel):
    """A citation of the content, in OpenAI's form."""

    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitation


class Stands(BaseModel):
    """What stands behind the content: the parts of the answer that OpenAI's form has no place for."""

    kind: Kind
    facts: dict[str, StandingFact]
    decision: DecisionShown | None
    citations: tuple[CitedWords, ...]
    pack: PackName

    @classmethod
    def of(cls, answer: Answer) -> Stands:
        """What stands behind ``answer``."""
        return cls(
            kind=answer.kind,
            facts=answer.facts,
            decision=answer.decision,
            citations=answer.citations,
            pack=answer.pack,
        )


class Said(BaseModel):
    """The message of a completion."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: list[Annotation] = Field(default_factory=list)


class Choice(BaseModel):
    """The only choice: the same chat has the same answer."""

    index: int = 0
    message: Said
    finish_reason: Literal["stop"] = "stop"
    logprobs: None = None


class Usage(BaseModel):
    """Words where OpenAI counts tokens; nothing is charged by them."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


@dataclass(frozen=True, slots=True)
class Head:
    """What a reply is known by, before there is any of it."""

    id: str
    created: int
    model: str
    system_fingerprint: str

    @classmethod
    def of(cls, pack: Pack) -> Head:
        """The head of a new reply from ``pack``."""
        return cls(f"chatcmpl-{uuid4().hex}", int(time.time()), pack.id, f"fp_{pack.sha256[:12]}")


class Completion(BaseModel):
    """A whole reply. ``groundrule`` is ``None`` for a front end's own prompts: nothing stands behind them."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[Choice]
    usage: Usage
    system_fingerprint: str
    groundrule: Stands | None


def _is_none(value: object) -> bool:
    # A stream tells what is new and leaves the rest out.
    return value is None


class Delta(BaseModel):
    """What a chunk adds to the message."""

    role: Literal["assistant"] | None = Field(None, exclude_if=_is_none)
    content: str | None = Field(None, exclude_if=_is_none)
    annotations: list[Annotation] | None = Field(None, exclude_if=_is_none)


class ChunkChoice(BaseModel):
    """What a chunk adds to the only choice."""

    index: int = 0
    delta: Delta
    finish_reason: Literal["stop"] | None = None


class Chunk(BaseModel):
    """A part of a streamed reply; ``groundrule`` comes with the one that ends the message."""

    id: str
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    created: int
    model: str
    choices: list[ChunkChoice]
    system_fingerprint: str
    usage: Usage | None = Field(None, exclude_if=_is_none)
    groundrule: Stands | None = Field(None, exclude_if=_is_none)


class Model(BaseModel):
    """The pack, as a model."""

    id: str
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = "groundrule"


class Models(BaseModel):
    """Every model: this server has one."""

    object: Literal["list"] = "list"
    data: list[Model]
