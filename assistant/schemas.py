"""The JSON Schemas that the product publishes, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from assistant.answer import Answer
from assistant.decisions import DecisionResult
from assistant.drift import DriftReport, LockReport
from assistant.explanations import ExplanationResult
from assistant.pack_file import PackFile
from assistant.versions import ComparisonResult

schemas: Mapping[str, Callable[[], dict[str, Any]]] = {
    "answer": lambda: Answer.model_json_schema(by_alias=True, mode="serialization"),
    "comparison": lambda: ComparisonResult.model_json_schema(by_alias=True, mode="serialization"),
    "decision": lambda: DecisionResult.model_json_schema(by_alias=True, mode="serialization"),
    "drift": lambda: DriftReport.model_json_schema(by_alias=True, mode="serialization"),
    "explanation": lambda: ExplanationResult.model_json_schema(by_alias=True, mode="serialization"),
    "lock": lambda: LockReport.model_json_schema(by_alias=True, mode="serialization"),
    "pack": PackFile.model_json_schema,
}
