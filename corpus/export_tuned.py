"""Export of a fine-tuned classifier to ONNX with weights of 8 bits, compared with what was trained."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.cache import write_aside
from corpus.classifier import Classifier
from corpus.errors import ModelError
from corpus.model_session import Text
from corpus.tuning import Tuned

MOST_APART = 0.12  # mean distance of a score from the reference that 8 bits may cost


def export_classifier(
    tuned: Tuned, path: Path, checked: Sequence[Text], most_apart: float = MOST_APART
) -> float:
    """Write ``tuned`` to ``path`` and return how far its logits are from the reference, on average.

    ``checked`` are texts for the comparison. Weights are stored in 8 bits a channel, of which 7 are used, so
    that every processor computes the same (without it, older ones saturate). Raises :class:`ModelError` when
    the export differs too much.
    """
    reference = tuned.logits(checked)
    write_aside(path, lambda aside: _write(tuned, aside))
    apart = float(np.abs(Classifier(path).logits(checked) - reference).mean())
    if apart > most_apart:
        path.unlink()
        raise ModelError(
            f"{path}: the exported classifier differs from the trained one (logits by {apart:.3f})"
        )
    return apart


def _write(tuned: Tuned, aside: Path) -> None:
    # Both take seconds to import and are needed where a classifier is trained, nowhere else.
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    example = torch.ones((2, 8), dtype=torch.int64)
    axes = {0: "texts", 1: "tokens"}
    with tempfile.TemporaryDirectory() as place, warnings.catch_warnings(), torch.no_grad():
        # The tracer warns about shapes that it fixes; the comparison afterwards is the judge of that.
        warnings.simplefilter("ignore")
        whole = Path(place, "whole.onnx")
        torch.onnx.export(
            tuned.network.eval().cpu(),
            (example, example),
            str(whole),
            input_names=["input_ids", "attention_mask"],
            output_names=["logits"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "logits": {0: "texts"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            whole,
            aside,
            op_types_to_quantize=["MatMul", "Gather"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
        )
