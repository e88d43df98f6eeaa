"""The figures of sets of others as a table, beside what plain methods reach on them."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files

from evals.external import Absent, Figure

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Baseline:
    """What ``by`` reaches on the whole set."""

    by: str
    value: float


@cache
def baselines() -> Mapping[Key, tuple[Baseline, ...]]:
    """The known baselines by (set, task, measure), from ``external_baselines.toml``."""
    told = tomllib.loads((files("evals") / "external_baselines.toml").read_text(encoding="utf-8"))
    return {
        (row["set"], row["task"], row["measure"]): tuple(
            Baseline(one["name"], float(one["value"])) for one in row["by"]
        )
        for row in told["baselines"]
    }


def render_external(told: Sequence[Figure | Absent]) -> str:
    """A Markdown table of ``told``, and the tasks for which the product has no part."""
    lines = [
        "| set: task | part | measure | value [95 %] | of | pool | baselines |",
        "|---|---|---|---|---|---|---|",
        *(_row(one) for one in told if isinstance(one, Figure)),
    ]
    absent = [one for one in told if isinstance(one, Absent)]
    if absent:
        lines += ["", "Not run, since there is no such part:"]
        lines += [f"- {one.set}: {one.task}: {one.reason}" for one in absent]
    return "\n".join(lines) + "\n"


def _row(one: Figure) -> str:
    less = " (less is better)" if one.less_is_better else ""
    beside = ", ".join(f"{known.by} {known.value:.3f}" for known in _known(one))
    pool = str(one.pool) if one.pool else ""
    value = f"{one.value:.3f} [{one.low:.3f}, {one.high:.3f}]"
    cells = (f"{one.set}: {one.task}", one.part, one.measure + less, value, str(one.of), pool, beside)
    return f"| {' | '.join(cells)} |"


def _known(one: Figure) -> tuple[Baseline, ...]:
    return baselines().get((one.set, one.task, one.measure), ())


def external_json(told: Iterable[Figure | Absent]) -> str:
    """The same as one JSON object, for programs."""
    return (
        json.dumps({"schema": "groundrule.external/1", "told": list(_objects(told))}, ensure_ascii=False)
        + "\n"
    )


def _objects(told: Iterable[Figure | Absent]) -> Iterator[dict[str, object]]:
    for one in told:
        beside = [asdict(known) for known in _known(one)] if isinstance(one, Figure) else []
        yield asdict(one) | ({"baselines": beside} if isinstance(one, Figure) else {})
