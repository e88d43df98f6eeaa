"""Whole processes, from start to exit, as a person at a terminal waits for them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench_rows import Row, several

PART = "Whole processes"
RUNS = 5
NEED = "A manager approves each order in a form, then it goes to SAP."
COMMANDS = {
    "groundrule --help": ("--help",),
    "groundrule decide, two facts": ("decide", "human_interaction=yes", "data_transformation=yes"),
    "groundrule ask, index ready": ("ask", NEED),
}


def command() -> list[str]:
    """The installed command, or the module behind it where only the packages are there."""
    script = Path(sys.executable).with_name("groundrule")
    return [str(script)] if script.exists() else [sys.executable, "-m", "ui"]


def run(arguments: Sequence[str], accepted: Sequence[int] = (0,)) -> float:
    """Seconds that the command took. Leaves with its own words when it ended otherwise than ``accepted``."""
    # As installed: a process that may not keep compiled modules compiles them all again at each start.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    done = subprocess.run(
        [*command(), *arguments], stdin=subprocess.DEVNULL, capture_output=True, check=False, env=kept
    )
    took = time.perf_counter() - began
    if done.returncode not in accepted:
        told = done.stderr.decode(errors="replace").strip()
        sys.exit(f"bench: groundrule {arguments[0]} ended with exit code {done.returncode}\n{told}")
    return took


def prepare() -> None:
    """Bring the index of the bundled guide up to date, with its progress shown; this is not measured."""
    done = subprocess.run([*command(), "index"], stdout=sys.stderr, check=False)
    if done.returncode:
        sys.exit(f"bench: groundrule index ended with exit code {done.returncode}")


def measure() -> list[Row]:
    """Each command several times over."""
    return [
        several(PART, what, "s", [run(arguments) for _ in range(RUNS)])
        for what, arguments in COMMANDS.items()
    ]
