"""Export of the embedding model to ONNX, once: the same weights, served without torch.

The reference is sentence-transformers; an export whose vectors differ from it is refused.
"""

from __future__ import annotations

import fcntl
import json
import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.cache import write_aside
from corpus.errors import ModelError
from corpus.model_files import (
    DIMENSIONS,
    MODEL_NAME,
    MODEL_SHA256,
    MOST_TOKENS,
    check_model,
    model_folder,
    read_note,
    sha256_of,
    stamp,
)
from corpus.progress import Progress, unseen

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

LEAST_COSINE = 0.9999
_FREE_BYTES = 200_000_000
_CHECKED = (
    "How long may a call take before it breaks?",
    "30 seconds",
    "Boomi Flow runs in the vendor's cloud only; nothing of it can be installed on servers of your own.",
    "Ünïcödé, 漢字 and emoji 🙂 " * 20,
)


def exported_model(cache: Path, progress: Progress = unseen) -> Path:
    """The ONNX file of the checked model in ``cache``, exported now when it is not there yet.

    Raises :class:`ModelError` when the installed model is not the published one, when the cache cannot be
    written, or when the export does not give the reference's vectors.
    """
    folder = model_folder()
    path = cache / "models" / f"{MODEL_NAME}-{MODEL_SHA256[:12]}.onnx"
    if _stands(path, folder):
        return path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.with_suffix(".lock").open("w") as lock:
            # A second process waits here for the first one's export instead of making its own.
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not _stands(path, folder):
                _export(folder, path, progress)
    except OSError as error:
        raise ModelError(
            f"{path.parent}: the prepared model cannot be written ({error.strerror or error}); free "
            f"{_FREE_BYTES // 1_000_000} MB there, or name another folder in GROUNDRULE_CACHE"
        ) from error
    return path


def _stands(path: Path, folder: Path) -> bool:
    """Whether ``path`` is an export of the checked weights, hashing only files that were touched since."""
    note = read_note(path.with_suffix(".json"))
    if not note or not path.is_file():
        return False
    weights = folder / "model.safetensors"
    if note.get("weights") != stamp(weights):
        check_model(folder)
        note["weights"] = stamp(weights)
    if note.get("file") == stamp(path):
        return True
    return note.get("sha256") == sha256_of(path)


def _export(folder: Path, path: Path, progress: Progress) -> None:
    progress(0, 3, "checking the embedding model")
    check_model(folder)
    progress(1, 3, "preparing the embedding model, once")
    reference = _reference(folder)
    write_aside(path, lambda aside: _write_onnx(reference, aside))
    progress(2, 3, "comparing it with its reference")
    _compare(reference, folder, path)
    note = {
        "model": MODEL_NAME,
        "model_sha256": MODEL_SHA256,
        "weights": stamp(folder / "model.safetensors"),
        "file": stamp(path),
        "sha256": sha256_of(path),
    }
    write_aside(path.with_suffix(".json"), lambda aside: _write_text(aside, json.dumps(note, indent=1)))
    progress(3, 3, "embedding model ready")


def _reference(folder: Path) -> SentenceTransformer:
    # Nothing may be fetched or reported while the model is loaded; the libraries read these on import.
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
        os.environ.setdefault(name, "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    # torch and sentence-transformers take seconds to import and are needed for this export alone.
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    return SentenceTransformer(str(folder), device="cpu", local_files_only=True)


def bare_encoder(folder: Path | None = None) -> torch.nn.Module:
    """An encoder for training, token ids to states: the checked one, or another model's in ``folder``.

    Raises :class:`ModelError`.
    """
    if folder is None:
        folder = model_folder()
        check_model(folder)
    elif not (folder / "config.json").is_file():
        raise ModelError(f"{folder}: holds no encoder (config.json is missing); name the folder of a model")
    encoder: torch.nn.Module = _reference(folder)[0].auto_model  # type: ignore[assignment]
    return encoder


def _write_onnx(reference: SentenceTransformer, aside: Path) -> None:
    import torch

    class Pooled(torch.nn.Module):
        """Token ids and mask to one vector of length 1 a text: mean over the tokens that the mask keeps."""

        def __init__(self) -> None:
            super().__init__()
            self.encoder: torch.nn.Module = reference[0].auto_model  # type: ignore[assignment]

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            states = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            kept = attention_mask.unsqueeze(-1).to(states.dtype)
            mean = (states * kept).sum(1) / kept.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, dim=1)

    example = torch.ones((2, 8), dtype=torch.int64)
    axes = {0: "texts", 1: "tokens"}
    with warnings.catch_warnings(), torch.no_grad():
        # The tracer warns about shapes that it fixes; the comparison below is the judge of that.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Pooled().eval(),
            (example, example),
            str(aside),
            input_names=["input_ids", "attention_mask"],
            output_names=["vectors"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "vectors": {0: "texts"}},
            opset_version=17,
            dynamo=False,
        )


def _compare(reference: SentenceTransformer, folder: Path, path: Path) -> None:
    from corpus.encoder import Encoder

    expected = reference.encode(list(_CHECKED), normalize_embeddings=True, show_progress_bar=False)
    found = Encoder.load(path, folder).encode(_CHECKED)
    worst = float((expected * found).sum(axis=1).min()) if found.shape == (len(_CHECKED), DIMENSIONS) else 0.0
    if worst < LEAST_COSINE:
        path.unlink()
        raise ModelError(
            f"{path}: the prepared model differs from its reference (cosine {worst:.5f} on texts of up to "
            f"{MOST_TOKENS} tokens); install the versions of torch and onnx that groundrule was tested with"
        )


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
