"""The values of gates: what a run must reach, and how it stood against each of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

By = Literal["value", "interval"]
"""Whether the measure's value itself is held against a bound, or the end of its interval that lies worse."""


@dataclass(frozen=True, slots=True)
class MeasureGate:
    """A bound of one measure, a share from 0 to 1: the ``least`` that it may be, or the ``most``."""

    measure: str
    least: float | None
    most: float | None
    by: By
    line: int


@dataclass(frozen=True, slots=True)
class Gates:
    """What a run must reach.

    ``must_pass``: every case that may never fail passes, each time that it was asked. ``all_run``: no case
    could not be run. ``no_regression``: of these measures none is significantly worse than in the run that it
    is compared with; ``None`` for all of them. ``file`` is where they stand.
    """

    must_pass: bool
    all_run: bool
    measures: tuple[MeasureGate, ...]
    no_regression: tuple[str, ...] | None
    file: str


@dataclass(frozen=True, slots=True)
class Held:
    """One gate, whether it ``held``, and what was asked and came. ``place`` is file and line."""

    name: str
    held: bool
    told: str
    place: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Every gate of a file, held or not."""

    gates: tuple[Held, ...]
    schema: str = field(default="groundrule.gates-verdict/1")

    @property
    def held(self) -> bool:
        """Whether every gate held."""
        return all(gate.held for gate in self.gates)
