"""A language model behind any OpenAI-compatible address: the one file that knows a model client."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from assistant.errors import LanguageModelError
from assistant.speak import LanguageModel, Prompt


def openai_model(url: str, name: str, key: str = "", seconds: float = 20.0) -> LanguageModel:
    """The model ``name`` at ``url`` (up to ``/v1``). Nothing is asked of it, and nothing loaded, before its
    first prompt.

    ``seconds`` bounds a whole reply. Failures of any kind come as :class:`LanguageModelError`.
    """

    @cache
    def client() -> Any:  # noqa: ANN401  # LlamaIndex ships no types
        # LlamaIndex and the client beneath it take seconds to import; only who has a model pays them.
        from llama_index.llms.openai_like import OpenAILike

        return OpenAILike(
            model=name,
            api_base=url,
            api_key=key or "none",
            is_chat_model=True,
            temperature=0.0,
            timeout=seconds,
            max_retries=0,  # a dead server would otherwise cost a dozen seconds before the fallback
        )

    def speak(prompt: Prompt) -> Iterator[str]:
        from httpx import HTTPError  # what breaks off in the middle of a reply comes as the client's own
        from llama_index.core.llms import ChatMessage
        from openai import OpenAIError

        messages = [ChatMessage(role="system", content=prompt.rules), ChatMessage(content=prompt.material)]
        options: dict[str, object] = {"max_tokens": prompt.most_tokens}
        if prompt.schema is not None:
            form = {"name": "reply", "schema": dict(prompt.schema), "strict": True}
            options["response_format"] = {"type": "json_schema", "json_schema": form}
        try:
            for piece in client().stream_chat(messages, **options):
                yield piece.delta or ""
        except (OpenAIError, HTTPError, ValueError, OSError) as error:
            raise LanguageModelError(name, f"cannot be asked ({_reason(error)})") from error

    return LanguageModel(name, speak, seconds)


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
