"""One machine, its process killed a hundred times while it answers: nothing acknowledged may be lost."""

from __future__ import annotations

import tempfile

from tests.bench_rows import Row, single
from tests.kills import REAL, kill_often

PART = "Killed while answering"
KILLS = 100


def measure() -> list[Row]:
    """Real answers into a store on disk."""
    with tempfile.TemporaryDirectory() as folder:
        killed = kill_often(f"sqlite:///{folder}/kept.db", KILLS, REAL)
    told = {
        "kills": KILLS,
        "acknowledged turns": len(killed.acknowledged),
        "kept turns": len(killed.kept),
        "acknowledged and lost": len(killed.lost),
        "gaps": killed.gaps,
    }
    return [single(PART, what, "", value) for what, value in told.items()]
