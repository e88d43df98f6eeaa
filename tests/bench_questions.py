"""A folder of known questions, answered by ``groundrule batch`` and scored by the scorer that lies there.

The scorer is called as ``score.py input KIND FILE`` for the lines that batch reads, and as
``score.py KIND FILE ANSWERS`` for the figures, one line of JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench_processes import run
from tests.bench_rows import Row, single

PART = "Questions"
FILES = {
    "decisions": "decisions.jsonl",
    "dialogues": "dialogues.jsonl",
    "lookups": "lookups.jsonl",
    "silence": "unanswerable.jsonl",
}
SCORER = "score.py"
FINDINGS = 1  # the exit code of batch when it refused a message, which is an answer to some


def missing(folder: Path) -> list[str]:
    """The files that ``folder`` should hold and does not."""
    return [name for name in (SCORER, *FILES.values()) if not (folder / name).is_file()]


def measure(folder: Path) -> list[Row]:
    """The scorer's figures for each file, and how long its batch took."""
    rows = []
    with tempfile.TemporaryDirectory() as place:
        for kind, name in FILES.items():
            asked, answers = Path(place, f"{kind}.in.jsonl"), Path(place, f"{kind}.out.jsonl")
            lines = _score(folder, "input", kind, str(folder / name))
            asked.write_text(lines, encoding="utf-8")
            count = len(lines.splitlines())
            took = run(["batch", str(asked), "--out", str(answers)], accepted=(0, FINDINGS))
            figures = json.loads(_score(folder, kind, str(folder / name), str(answers)))
            rows += [_row(kind, what, value, count) for what, value in figures.items() if what != "n"]
            rows.append(single(PART, f"{kind}: groundrule batch", "s", took, count))
    return rows


def _row(kind: str, what: str, value: float, count: int) -> Row:
    share = isinstance(value, float) and 0 <= value <= 1
    return single(PART, f"{kind}: {what.replace('_', ' ')}", "share" if share else "", float(value), count)


def _score(folder: Path, *arguments: str) -> str:
    command = [sys.executable, str(folder / SCORER), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit(f"bench: {SCORER} {arguments[0]} failed\n{done.stderr.strip()}")
    return done.stdout
