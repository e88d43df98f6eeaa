"""A trained classifier of short texts, or of pairs of them, served from its exported weights."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.model_files import model_folder
from corpus.model_session import Text, open_session, open_tokenizer, padded, tokens_of

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Logits = NDArray[np.float32]
_REMEMBERED = 512


class Classifier:
    """The classifier in one ONNX file, loaded when it is first asked; safe to share between threads.

    What its columns mean is known to those who trained it.
    """

    def __init__(self, onnx: Path) -> None:
        self._onnx = onnx
        self._recent: OrderedDict[Text, Logits] = OrderedDict()
        self._lock = Lock()

    @cached_property
    def _session(self) -> InferenceSession:
        return open_session(self._onnx, "install groundrule again, or train it again (make train)")

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return open_tokenizer(model_folder())

    def logits(self, texts: Sequence[Text]) -> Logits:
        """(texts, columns), in the order of ``texts``. Raises :class:`corpus.ModelError`."""
        with self._lock:
            known = {text: self._recent[text] for text in texts if text in self._recent}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known |= dict(zip(new, self._run(new), strict=True))
            with self._lock:
                self._recent |= known
                while len(self._recent) > _REMEMBERED:
                    self._recent.popitem(last=False)
        return np.stack([known[text] for text in texts])

    def _run(self, texts: Sequence[Text]) -> list[Logits]:
        found = []
        for text in texts:
            # One at a time: with weights of 8 bits the texts of a batch would round each other's numbers.
            ids, mask = padded(tokens_of(self._tokenizer, [text]))
            found.append(self._session.run(["logits"], {"input_ids": ids, "attention_mask": mask})[0][0])
        return found
