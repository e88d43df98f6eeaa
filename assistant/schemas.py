"""The JSON Schemas that the product publishes, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from assistant.answer import Answer
from assistant.decisions import DecisionResult
from assistant.pack import PackFile

schemas: Mapping[str, Callable[[], dict[str, Any]]] = {
    "answer": lambda: Answer.model_json_schema(by_alias=True, mode="serialization"),
    "decision": lambda: DecisionResult.model_json_schema(by_alias=True, mode="serialization"),
    "pack": PackFile.model_json_schema,
}
