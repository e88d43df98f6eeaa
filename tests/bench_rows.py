"""What the measuring parts give, and the one plain table that it is printed as."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from statistics import median
from typing import TypedDict

ROOT = Path(__file__).parent.parent
COLUMNS = ("n", "min", "median", "p95", "max", "unit")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: ``count`` measurements of ``what``, in ``unit``; what was not taken is None."""

    part: str
    what: str
    unit: str
    count: int
    low: float | None
    middle: float
    p95: float | None
    high: float | None


class Machine(TypedDict):
    """Where a run took place. ``load`` is the one-minute load average when it began."""

    processor: str
    cores: int
    system: str
    python: str
    load: float | None


def several(part: str, what: str, unit: str, values: Sequence[float], *, p95: bool = False) -> Row:
    """The row of several measurements of the same thing."""
    ninety_five = percentile(values, 0.95) if p95 else None
    return Row(part, what, unit, len(values), min(values), median(values), ninety_five, max(values))


def single(part: str, what: str, unit: str, value: float, count: int = 1) -> Row:
    """The row of a single figure; ``count`` is the number of things that it is about."""
    return Row(part, what, unit, count, None, value, None, None)


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that at least ``share`` of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def machine() -> Machine:
    """This machine, as far as the system tells it."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count() or 1,
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown"


def render(about: Machine, rows: Sequence[Row]) -> str:
    """The machine, then the table with a heading for each part."""
    cells = {row: _cells(row) for row in rows}
    wide = max([len(row.what) for row in rows] + [len(row.part) for row in rows], default=0) + 2
    widths = [
        max([len(head)] + [len(found[place]) for found in cells.values()])
        for place, head in enumerate(COLUMNS)
    ]
    lines = [_machine_line(about), "", _line("", COLUMNS, wide, widths)]
    part = ""
    for row in rows:
        if row.part != part:
            lines += ["", row.part]
            part = row.part
        lines.append(_line("  " + row.what, cells[row], wide, widths))
    return "\n".join(lines)


def _machine_line(about: Machine) -> str:
    words = f"{about['processor']}, {about['cores']} cores, {about['system']}, Python {about['python']}"
    load = about["load"]
    if load is None:
        return words
    words += f", load {load:.2f}"
    if load > 0.5 * about["cores"]:
        words += "\nOther work was running: times are longer and rates lower than on an idle machine."
    return words


def _cells(row: Row) -> tuple[str, ...]:
    figures = [_figure(value) for value in (row.low, row.middle, row.p95, row.high)]
    return (f"{row.count:,}", *figures, row.unit)


def _figure(value: float | None) -> str:
    """Three digits that count, or all of a large number's."""
    if value is None:
        return ""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.{1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3}f}"


def _line(first: str, cells: Sequence[str], wide: int, widths: Sequence[int]) -> str:
    *figures, unit = cells
    right = "".join(f"  {cell:>{width}}" for cell, width in zip(figures, widths, strict=False))
    return f"{first:<{wide}}{right}  {unit}".rstrip()
