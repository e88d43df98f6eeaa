"""``python -m tests.bench`` (``make bench``): what groundrule costs on this machine, in one table.

Every part that holds an assistant or an engine runs in a process of its own, so that none warms another's
memory. Nothing is judged here: a figure depends on the machine, and on what else it does meanwhile.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from tests import (
    bench_answers,
    bench_attacks,
    bench_http,
    bench_kills,
    bench_page,
    bench_peers,
    bench_processes,
    bench_questions,
    bench_replicas,
    bench_rules,
    bench_search,
    bench_size,
    bench_slack,
)
from tests.bench_rows import Row, machine, render

PARTS: dict[str, Callable[[], list[Row]]] = {
    "processes": bench_processes.measure,
    "answers": bench_answers.measure,
    "memory": bench_answers.measure_serving,
    "http": bench_http.measure,
    "scaling": bench_http.measure_replicas,
    "kills": bench_kills.measure,
    "replicas": bench_replicas.measure,
    "slack": bench_slack.measure,
    "page": bench_page.measure,
    "rules": bench_rules.measure,
    "search": bench_search.measure,
}
NEED_INDEX = {"processes", "answers", "memory", "http", "slack", "page", "search"}


def main(arguments: Sequence[str]) -> int:
    """Measure what was asked for and print it."""
    asked = read_arguments(arguments)
    # Measured is the bundled pack, whatever the environment names.
    os.environ.pop("GROUNDRULE_PACK", None)
    about = machine()
    if asked.questions or asked.attacks or NEED_INDEX.intersection(asked.only):
        bench_processes.prepare()
    rows: list[Row] = []
    for name in asked.only:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        rows += apart(PARTS[name])
    if asked.questions:
        print(f"measuring questions in {asked.questions} …", file=sys.stderr, flush=True)
        rows += bench_questions.measure(asked.questions)
    if asked.attacks:
        print(f"measuring the strings in {asked.attacks} …", file=sys.stderr, flush=True)
        rows += bench_attacks.measure(asked.attacks)
    if asked.size:
        for sections in asked.sections:
            print(f"measuring {sections:,} sections of {asked.size} …", file=sys.stderr, flush=True)
            rows += apart(partial(bench_size.measure, asked.size, sections))
        print("measuring other libraries …", file=sys.stderr, flush=True)
        rows += apart(partial(bench_peers.measure, asked.size))
    if asked.soak:
        print(f"measuring {asked.soak} minutes of load …", file=sys.stderr, flush=True)
        rows += bench_http.measure_soak(asked.soak)
    if asked.json:
        print(json.dumps({"machine": about, "rows": [as_json(row) for row in rows]}, indent=1))
    else:
        print(render(about, rows))
    return 0


def read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """What the command line asks for. Leaves with exit code 2 where it makes no sense."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description="What groundrule costs on this machine, in one table."
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument(
        "--only", nargs="*", choices=PARTS, default=list(PARTS), metavar="PART", help=f"of {', '.join(PARTS)}"
    )
    parser.add_argument(
        "--questions",
        type=Path,
        metavar="FOLDER",
        help=f"also answer and score {', '.join(bench_questions.FILES.values())} with the score.py there",
    )
    parser.add_argument(
        "--attacks",
        type=Path,
        metavar="FOLDER",
        help="also throw the strings of the *.jsonl files there at it",
    )
    parser.add_argument(
        "--size", type=Path, metavar="FOLDER", help="also build and search libraries of the guides there"
    )
    parser.add_argument(
        "--soak", type=int, metavar="MINUTES", help="also ask a server so long, and watch its memory"
    )
    parser.add_argument(
        "--sections",
        type=int,
        nargs="+",
        default=list(bench_size.SECTIONS),
        metavar="COUNT",
        help="how large the libraries of --size are",
    )
    asked = parser.parse_args(arguments)
    if asked.size and not next(asked.size.rglob("*.md"), None):
        parser.error(f"{asked.size}: there are no *.md files")
    if asked.attacks and not list(asked.attacks.glob("*.jsonl")):
        parser.error(f"{asked.attacks}: there are no *.jsonl files")
    if asked.questions and (missing := bench_questions.missing(asked.questions)):
        parser.error(f"{asked.questions}: {', '.join(missing)} missing there")
    return asked


def as_json(row: Row) -> dict[str, object]:
    """The row as JSON values, with six digits that count."""
    values = asdict(row).items()
    return {name: float(f"{value:.6g}") if isinstance(value, float) else value for name, value in values}


def apart(measure: Callable[[], list[Row]]) -> list[Row]:
    """Run ``measure`` in a fresh process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measure).result()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
