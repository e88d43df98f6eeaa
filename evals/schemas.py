"""The JSON Schemas that the product publishes, by name: of what it prints, and of the files of a pack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib.resources import files
from json import dumps
from typing import Any

from pydantic import TypeAdapter

from assistant.schemas import schemas as assistant_schemas
from evals.check_report import CheckReport
from evals.compare_runs import Comparison
from evals.coverage_report import CoverageReport
from evals.report import Report

_PRINTED: Mapping[str, Callable[[], dict[str, Any]]] = {
    **assistant_schemas,
    "check": partial(CheckReport.model_json_schema, by_alias=True, mode="serialization"),
    "report": lambda: TypeAdapter(Report).json_schema(by_alias=True, mode="serialization"),
    "difference": lambda: TypeAdapter(Comparison).json_schema(by_alias=True, mode="serialization"),
    "coverage": partial(CoverageReport.model_json_schema, by_alias=True, mode="serialization"),
}
# Those of files are files themselves, so that an editor can be pointed to them.
_FILES: Mapping[str, tuple[str, str]] = {
    "rules": ("rules", "rules.schema.json"),
    "messages": ("assistant", "messages.schema.json"),
    "cues": ("assistant", "cues.schema.json"),
    "questions": ("corpus", "questions.schema.json"),
    "suite": ("evals", "suite.schema.json"),
    "gates": ("evals", "gates.schema.json"),
}
schemas: tuple[str, ...] = (*_PRINTED, *_FILES)
"""The names there are."""


def schema_text(name: str) -> str:
    """The schema ``name`` as JSON, without the last line end. Raises ``KeyError`` for a name there is not."""
    if name in _FILES:
        package, file = _FILES[name]
        return files(package).joinpath(file).read_text(encoding="utf-8").removesuffix("\n")
    return dumps(_PRINTED[name](), indent=2, ensure_ascii=False)
