"""A file of gates, read and checked as a whole."""

from __future__ import annotations

import math
from pathlib import Path
from typing import get_args

from ruamel.yaml.nodes import Node, ScalarNode

from evals.errors import GatesError
from evals.gates import By, Gates, MeasureGate
from evals.yaml_nodes import Reader, compose
from rules import Problem

FILE = "gates.yaml"
"""The name of a pack's own gates, directly in its folder `evals`."""
GATES_KEYS = ("must_pass", "all_run", "measures", "no_regression")
GATE_KEYS = ("measure", "least", "most", "by")


def read_gates(path: Path) -> Gates:
    """The gates in ``path``. Raises :class:`GatesError` with everything that is wrong with them."""
    gates, problems = check_gates(path)
    if gates is None or problems:
        raise GatesError(problems)
    return gates


def check_gates(path: Path) -> tuple[Gates | None, tuple[Problem, ...]]:
    """The gates in ``path`` as far as they can be read, and everything that is wrong with them."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reader = Reader(str(path), ())
        reader.wrong(
            "unreadable", None, f"the file cannot be read ({error})", "make it a readable UTF-8 file"
        )
        return None, tuple(reader.problems)
    reader = Reader(str(path), text.splitlines())
    root = compose(text, reader, "begin with `must_pass: yes`, then `measures:`")
    if root is None:
        return None, tuple(reader.problems)
    keys = reader.mapping(root, "a file of gates", GATES_KEYS)
    gates = Gates(
        must_pass="must_pass" in keys and reader.flag(keys["must_pass"], "`must_pass`"),
        all_run="all_run" in keys and reader.flag(keys["all_run"], "`all_run`"),
        measures=_measures(reader, keys["measures"]) if "measures" in keys else (),
        no_regression=_no_regression(reader, keys.get("no_regression")),
        file=str(path),
    )
    if gates == Gates(False, False, (), (), str(path)) and not reader.problems:
        reader.wrong("idle-gates", root, "the gates ask for nothing", "begin with `must_pass: yes`")
    return gates, tuple(reader.problems)


def _measures(reader: Reader, node: Node) -> tuple[MeasureGate, ...]:
    gates = [_measure(reader, item) for item in reader.items(node, "`measures`")]
    return tuple(gate for gate in gates if gate is not None)


def _measure(reader: Reader, node: Node) -> MeasureGate | None:
    keys = reader.mapping(node, "a gate", GATE_KEYS)
    if not keys:
        return None
    if "measure" not in keys:
        remedy = "write `measure:` with a name of the report, such as `decisions right`"
        reader.wrong("missing-key", node, "the gate names no measure", remedy)
    if ("least" in keys) == ("most" in keys):
        remedy = "write `least:` for what must not sink, `most:` for what must not rise"
        problem = "the gate has both bounds" if "least" in keys else "the gate has no bound"
        reader.wrong("contradiction" if "least" in keys else "missing-key", node, problem, remedy)
    by = reader.name(keys["by"], "`by`", get_args(By)) if "by" in keys else "value"
    return MeasureGate(
        measure=reader.text(keys["measure"], "`measure`") if "measure" in keys else "",
        least=_share(reader, keys["least"], "`least`") if "least" in keys else None,
        most=_share(reader, keys["most"], "`most`") if "most" in keys else None,
        by="interval" if by == "interval" else "value",
        line=node.start_mark.line + 1,
    )


def _share(reader: Reader, node: Node, what: str) -> float:
    """A share: a number from 0 to 1, or a percentage such as ``85 %``."""
    said = reader.text(node, what)
    number = said.removesuffix("%").strip()
    try:
        value = float(number) / (100 if said.endswith("%") else 1)
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1:
        if said:
            reader.wrong("wrong-type", node, f"{what} is `{said}`, which is no share", "write 85 % or 0.85")
        return 0.0
    return value


def _no_regression(reader: Reader, node: Node | None) -> tuple[str, ...] | None:
    """The measures named; none where it says no, and ``None``, for all of them, where it says yes."""
    if node is None:
        return ()
    if isinstance(node, ScalarNode):
        return None if reader.flag(node, "`no_regression`") else ()
    return reader.texts(node, "`no_regression`")
