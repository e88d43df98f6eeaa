"""Asking a Chroma database one question in a process of its own: a damaged one can crash its process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from corpus.errors import IndexDamagedError

_PATIENCE = 120  # seconds
_PROBE = """
import sys
from corpus.probe_chroma import answer
answer(sys.argv[1], sys.argv[2], int(sys.argv[3]))
"""


def probe(folder: Path, name: str, rows: int) -> None:
    """Do nothing when the collection ``name`` in ``folder`` finds one of its own ``rows``.

    Raises :class:`IndexDamagedError` when it does not, or when it takes its process down.
    """
    command = [sys.executable, "-c", _PROBE, str(folder), name, str(rows)]
    roof = str(Path(__file__).resolve().parent.parent)
    try:
        told = subprocess.run(  # noqa: S603 - our own interpreter and our own words
            command, cwd=roof, capture_output=True, timeout=_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _damaged(folder, name, f"did not answer within {_PATIENCE} s") from error
    if told.returncode:
        said = told.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise _damaged(folder, name, said or f"took its process down (exit code {told.returncode})")


def answer(folder: str, name: str, rows: int) -> None:
    """Exit with an error unless the collection holds ``rows`` rows and finds the first by its own vector."""
    from corpus.index_chroma import open_collection

    collection = open_collection(Path(folder), name)
    if collection.count() != rows:
        raise SystemExit(f"holds {collection.count()} rows, not {rows}")
    first = collection.get(limit=1, include=["embeddings"])
    if first["embeddings"] is None or not len(first["embeddings"]):
        raise SystemExit("holds no vector")
    vector = [float(number) for number in first["embeddings"][0]]
    found = collection.query(query_embeddings=vector, n_results=1, include=["distances"])
    if not found["distances"] or found["distances"][0][0] > 0.01:
        raise SystemExit("does not find a row by its own vector")


def _damaged(folder: Path, name: str, problem: str) -> IndexDamagedError:
    remedy = "it is built again when it is opened for writing"
    return IndexDamagedError(folder, f"the collection {name} {problem}", remedy)
