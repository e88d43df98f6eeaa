"""Watching a turn from outside: which steps it takes, and how long each lasts."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Literal

Step = Literal["read facts", "decide", "find", "compose"]

Watch = Callable[[Step], AbstractContextManager[object]]
"""Called at the start of each step of a turn; what it gives is entered and left around the step.

It learns nothing of what was said.
"""


def unwatched(step: Step) -> AbstractContextManager[object]:  # noqa: ARG001
    """Watches nothing."""
    return nullcontext()
