"""An exported model with its tokenizer, loaded for serving: one thread a request, no torch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError
from corpus.model_files import MOST_TOKENS

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Ids = NDArray[np.int64]
Text = str | tuple[str, str]
"""A text, or a pair of them that is read together."""
# No 256 tokens need more characters than this, and the tokenizer reads all it is given.
_MOST_CHARACTERS = 8_000


def open_session(onnx: Path, remedy: str) -> InferenceSession:
    """The model in ``onnx``, ready to run. Raises :class:`ModelError` with ``remedy`` when it cannot be."""
    # Loads native libraries; reading and citing guides works without them.
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # The arena keeps the largest batch it ever saw; a server answers short questions.
    options.enable_cpu_mem_arena = False
    try:
        return onnxruntime.InferenceSession(str(onnx), options, providers=["CPUExecutionProvider"])
    # The library raises bare `Exception` for a file that it cannot read.
    except Exception as error:
        raise ModelError(f"{onnx}: cannot be loaded ({error}); {remedy}") from error


def open_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer in ``folder``, cutting at 256 tokens. Raises :class:`ModelError`."""
    from tokenizers import Tokenizer

    path = folder / "tokenizer.json"
    try:
        tokenizer = Tokenizer.from_file(str(path))
    # The library raises bare `Exception` for a file that it cannot read.
    except Exception as error:
        raise ModelError(f"{path}: cannot be loaded ({error}); install groundrule again") from error
    tokenizer.enable_truncation(MOST_TOKENS)
    tokenizer.no_padding()
    return tokenizer


def tokens_of(tokenizer: Tokenizer, texts: Sequence[Text]) -> list[list[int]]:
    """The token ids of each text; those of a pair stand behind one another, a mark between them."""
    given = [plain(text) if isinstance(text, str) else (plain(text[0]), plain(text[1])) for text in texts]
    return [encoding.ids for encoding in tokenizer.encode_batch(given)]


def padded(tokens: Sequence[Sequence[int]]) -> tuple[Ids, Ids]:
    """Token ids and their mask, each (texts, longest), padded with zeros."""
    longest = max(len(held) for held in tokens)
    ids = np.zeros((len(tokens), longest), dtype=np.int64)
    mask = np.zeros_like(ids)
    for place, held in enumerate(tokens):
        ids[place, : len(held)] = held
        mask[place, : len(held)] = 1
    return ids, mask


def plain(text: str) -> str:
    """``text`` as the tokenizer can take it: cut where no token counts any more, no half surrogate pairs."""
    return text[:_MOST_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
