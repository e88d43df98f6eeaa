"""The plots of a report as inline SVG: risk against coverage, times of turns, and the history of runs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from ui.html_tags import tag, text

if TYPE_CHECKING:
    from evals import Report
    from evals.report import RiskCoverage

WIDTH: Final = 640
HEIGHT: Final = 300
LEFT, RIGHT, TOP, BOTTOM = 56, 20, 16, 46
SHOWN: Final = (
    "decisions right",
    "decisions wrong",
    "lookups answered",
    "silence recall",
    "false silence",
)
"""The measures whose history is drawn, in the order of their lines' styles."""

Point = tuple[float, float]  # both from 0 to 1, the second upwards


def risk_plot(silence: RiskCoverage) -> str:
    """Were more questions answered, how many of them would the guide not hold."""
    points = [(point.coverage, point.risk) for point in silence.points]
    top = max(0.05, *(risk for _, risk in points))
    line = _line([(coverage, risk / top) for coverage, risk in points], "line a")
    at = _dot((silence.at.coverage, silence.at.risk / top))
    told = (
        f"Risk against coverage of {silence.of} questions. The pack answers {_percent(silence.at.coverage)}; "
        f"{_percent(silence.at.risk)} of these are not in the guide."
    )
    ticks = [(share, _percent(share)) for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
    heights = [(share, _percent(share * top)) for share in (0.0, 0.5, 1.0)]
    return _plot(told, ticks, heights, "share answered", line + at)


def time_plot(report: Report) -> str:
    """What share of turns was answered within what time; the times on a logarithmic scale."""
    times = [max(ms, 0.1) for ms in report.turns_ms]
    first = math.floor(math.log10(times[0]))
    last = max(first + 1, math.ceil(math.log10(times[-1])))

    def across(ms: float) -> float:
        return (math.log10(ms) - first) / (last - first)

    points = [(across(ms), number / len(times)) for number, ms in enumerate(times, 1)]
    told = f"Times of {len(times)} turns: half within {report.p50_ms:.0f} ms, "
    told += f"95 % within {report.p95_ms:.0f} ms."
    ticks = [(across(10.0**power), _time(10.0**power)) for power in range(first, last + 1)]
    heights = [(share, _percent(share)) for share in (0.0, 0.5, 0.95)]
    return _plot(told, ticks, heights, "time of a turn", _line(points, "line a"))


def history_plot(reports: Sequence[Report]) -> str:
    """The main measures of runs, the oldest first."""
    names = [name for name in SHOWN if any(_share(report, name) is not None for report in reports)]
    lines = []
    for number, name in enumerate(names):
        kind = "abcde"[number]
        points = [
            (place / (len(reports) - 1), share)
            for place, report in enumerate(reports)
            if (share := _share(report, name)) is not None
        ]
        dots = "".join(_dot(point, kind) for point in points)
        lines.append(_line(points, f"line {kind}") + dots)
    ticks = [(place / (len(reports) - 1), report.run.started[:10]) for place, report in enumerate(reports)]
    shown = [ticks[0], ticks[-1]] if len(ticks) > 5 else ticks
    heights = [(share, _percent(share)) for share in (0.0, 0.5, 1.0)]
    told = f"{len(reports)} runs, from {reports[0].run.started} to {reports[-1].run.started}."
    return _plot(told, shown, heights, "", "".join(lines)) + _legend(names)


def _share(report: Report, name: str) -> float | None:
    found = report.measured().get(name)
    return found.share if found is not None else None


def _legend(names: Sequence[str]) -> str:
    entries = (
        tag(
            "li",
            tag(
                "svg",
                f'<path class="line {kind}" d="M0 5H30"/>',
                class_="key",
                viewBox="0 0 30 10",
                aria_hidden="true",
            ),
            text(name),
        )
        for kind, name in zip("abcde", names, strict=False)
    )
    return tag("ul", *entries, class_="legend")


def _plot(
    told: str,
    ticks: Iterable[tuple[float, str]],
    heights: Iterable[tuple[float, str]],
    below: str,
    drawn: str,
) -> str:
    """A frame with its ticks around what is drawn; ``told`` says in words what it shows."""
    parts = []
    for share, words in heights:
        y = _y(share)
        parts.append(f'<path class="grid" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>')
        parts.append(_tick(LEFT - 8, y + 4, "end", words))
    for share, words in ticks:
        anchor = "start" if share == 0 else "end" if share == 1 else "middle"
        parts.append(_tick(_x(share), HEIGHT - BOTTOM + 18, anchor, words))
    if below:
        parts.append(_tick((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, "middle", below))
    inside = "".join(parts) + drawn
    drawing = tag("svg", inside, class_="plot", viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img", aria_label=told)
    return tag("figure", drawing, tag("figcaption", text(told), class_="hint"), class_="figure")


def _tick(x: float, y: float, anchor: str, words: str) -> str:
    return tag("text", text(words), class_="tick", x=f"{x:.1f}", y=f"{y:.1f}", text_anchor=anchor)


def _line(points: Sequence[Point], kind: str) -> str:
    if not points:
        return ""
    path = "L".join(f"{_x(x):.1f} {_y(y):.1f}" for x, y in points)
    return f'<path class="{kind}" d="M{path}"/>'


def _dot(point: Point, kind: str = "a") -> str:
    return f'<circle class="dot {kind}" cx="{_x(point[0]):.1f}" cy="{_y(point[1]):.1f}" r="4.5"/>'


def _x(share: float) -> float:
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _y(share: float) -> float:
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %".replace(".0 %", " %")


def _time(ms: float) -> str:
    return f"{ms / 1000:g} s" if ms >= 1000 else f"{ms:g} ms"
