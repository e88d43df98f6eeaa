"""YAML files of a pack as trees of texts with their places, every problem kept with its line."""

from __future__ import annotations

from pathlib import Path

from rules import Problem
from rules.yaml_tree import Mapping, Reader, read_tree


def read_yaml(path: Path) -> tuple[Mapping | None, Reader]:
    """The mapping that the file at ``path`` writes, or ``None`` with a problem in the reader."""
    reader = Reader(str(path), ())
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        remedy = "make it a readable file in UTF-8"
        problem = Problem("unreadable", reader.file, 0, 0, f"the file cannot be read ({error})", remedy)
        reader.problems.append(problem)
        return None, reader
    reader.lines = text.splitlines()
    return read_tree(text, reader), reader
