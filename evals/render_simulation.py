"""What simulated users came to, in words."""

from __future__ import annotations

from collections.abc import Iterator

from evals.simulate import Simulation

MOST_NAMED = 5


def render_simulation(told: Simulation) -> str:
    """A few lines for a terminal."""
    return "\n".join(_lines(told)) + "\n"


def _lines(told: Simulation) -> Iterator[str]:
    sets = "1 rule set" if told.rules == 1 else f"{told.rules} rule sets"
    yield f"Users who {told.users}: {told.cases} hidden cases of {sets}"
    if told.cases:
        yield f"  questions asked     {_number(told.asked)}, at most {told.most_asked}"
        yield f"  best way of asking  {_number(told.best)}, at most {told.most_best}"
        yield f"  asked beyond it     {_number(told.excess)}"
        yield f"  cases asked no more {_percent(told.no_more)}"
        yield f"  decided as if all had been told {_percent(told.right)}"
    if told.too_large:
        named = ", ".join(told.too_large[:MOST_NAMED])
        more = f" and {len(told.too_large) - MOST_NAMED} more" if len(told.too_large) > MOST_NAMED else ""
        yield f"  not in it, for want of questions or with too many cases to try: {named}{more}"


def _number(told: tuple[float, float, float]) -> str:
    mean, low, high = told
    return f"{mean:.2f} [{low:.2f}, {high:.2f}] a case"


def _percent(told: tuple[float, float, float]) -> str:
    share, low, high = told
    return f"{share:.1%} [{low:.1%}, {high:.1%}]"
