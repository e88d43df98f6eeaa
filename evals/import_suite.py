"""Suites made of the files of other tools: promptfoo's YAML, and questions as JSON lines."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

from ruamel.yaml import YAML

from corpus import write_aside
from evals.errors import OutsideError
from evals.import_promptfoo import import_promptfoo
from evals.import_questions import import_questions
from evals.imported import Imported, ImportedCase

ENDINGS = {".yaml": import_promptfoo, ".yml": import_promptfoo, ".jsonl": import_questions}


def import_suite(path: Path) -> Imported:
    """The cases in ``path``, by its ending, and by name and line what of it a suite cannot hold.

    Raises :class:`OutsideError` for a file that cannot be read, and for one of another kind.
    """
    reads = ENDINGS.get(path.suffix.casefold())
    if reads is None:
        raise OutsideError(str(path), "files of this kind cannot be imported", f"name {', '.join(ENDINGS)}")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
        raise OutsideError(str(path), f"the file cannot be read ({reason})", "make it readable") from error
    return reads(text, str(path))


def write_suite(imported: Imported, out: Path, source: str) -> None:
    """Write the suite named after ``out`` there, whole or not at all. Raises ``OSError``."""
    text = suite_text(imported, out.stem, source)

    def write(aside: Path) -> None:
        aside.write_text(text, encoding="utf-8")

    write_aside(out, write)


def suite_text(imported: Imported, name: str, source: str) -> str:
    """The suite ``name`` with the imported cases, as YAML; ``source`` is the file that they come from."""
    told = {
        "suite": name,
        "about": f"imported from {source}",
        "cases": [_case(one) for one in imported.cases],
    }
    writing = YAML(typ="safe", pure=True)
    writing.default_flow_style = False
    writing.sort_base_mapping_type_on_output = False  # type: ignore[assignment]  # its stub says None
    writing.allow_unicode, writing.width = True, 110
    text = StringIO()
    writing.dump(told, text)
    return text.getvalue()


def _case(one: ImportedCase) -> dict[str, object]:
    expect: dict[str, object] = {}
    if one.wanted.says:
        expect["says"] = [list(group) for group in one.wanted.says]
    for key, values in (("avoids", one.wanted.avoids), ("cites", one.wanted.cites)):
        if values:
            expect[key] = list(values)
    if one.wanted.silent is not None:
        expect["silent"] = one.wanted.silent
    return {"id": one.id, "say": one.say, "expect": expect, "why": one.why, "tags": list(one.tags)}
