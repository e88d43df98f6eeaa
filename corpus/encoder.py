"""Texts to vectors, by the exported model: no torch, one thread a request."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.export_onnx import exported_model
from corpus.model_files import DIMENSIONS, model_folder
from corpus.model_session import open_session, open_tokenizer, padded, plain
from corpus.progress import Progress, unseen

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]

_SINGLY = 64  # texts; so many, the sentences of a message, go one at a time and are remembered
_BATCH_TOKENS = 512
"""Tokens of a batch, padding counted: its numbers then stay in the processor's cache."""
_AT_ONCE = 4_096
"""Texts that are tokenised together: enough of like length for full batches, few enough for memory."""
_WORKERS = 2
_REMEMBERED = 512


@dataclass(frozen=True, slots=True)
class Encoder:
    """The embedding model, ready to serve; safe to share between threads.

    Its vectors are those of the reference (sentence-transformers, same weights) and have length 1, so that
    their scalar product is their cosine. Texts beyond 256 tokens are cut there, as the reference does.
    """

    session: InferenceSession
    tokenizer: Tokenizer
    _recent: OrderedDict[str, Vectors] = field(default_factory=OrderedDict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    @classmethod
    def open(cls, cache: Path, progress: Progress = unseen) -> Encoder:
        """The model as prepared in ``cache``, prepared there first where it is not. Raises ModelError."""
        return cls.load(exported_model(cache, progress), model_folder())

    @classmethod
    def load(cls, onnx: Path, folder: Path) -> Encoder:
        """The exported model in ``onnx`` with the tokenizer in ``folder``. Raises :class:`ModelError`."""
        session = open_session(onnx, "delete it, and it is prepared again")
        return cls(session, open_tokenizer(folder))

    def encode(self, texts: Sequence[str], progress: Progress = unseen) -> Vectors:
        """One vector a text, float32 of shape (len(texts), 384), in their order."""
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        if len(texts) <= _SINGLY:
            # A message of many sentences is looked at whole and in parts, over and over. A batch pads
            # each sentence to the longest, and its vectors would not be remembered.
            for place, text in enumerate(texts):
                vectors[place] = self._remembered(text)
            return vectors
        done = 0
        with ThreadPoolExecutor(_WORKERS) as pool:
            for start in range(0, len(texts), _AT_ONCE):
                for batch, found in self._encoded(texts[start : start + _AT_ONCE], pool):
                    vectors[[start + place for place in batch]] = found
                    done += len(batch)
                    progress(done, len(texts), "embedding")
        return vectors

    def _encoded(
        self, texts: Sequence[str], pool: ThreadPoolExecutor
    ) -> Iterator[tuple[Sequence[int], Vectors]]:
        """The places of some of ``texts`` with their vectors, until all have theirs."""
        tokens = [each.ids for each in self.tokenizer.encode_batch([plain(text) for text in texts])]
        batches = _batches([len(held) for held in tokens])
        runs = pool.map(lambda batch: self._run([tokens[place] for place in batch]), batches)
        return zip(batches, runs, strict=True)

    def _remembered(self, text: str) -> Vectors:
        with self._lock:
            if (known := self._recent.get(text)) is not None:
                self._recent.move_to_end(text)
                return known
        vector: Vectors = self._run([self.tokenizer.encode(plain(text)).ids])[0]
        with self._lock:
            self._recent[text] = vector
            while len(self._recent) > _REMEMBERED:
                self._recent.popitem(last=False)
        return vector

    def _run(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        ids, mask = padded(tokens)
        found: Vectors = self.session.run(["vectors"], {"input_ids": ids, "attention_mask": mask})[0]
        return found


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """The places of texts of these ``lengths``, in batches of like length with little padding."""
    batches: list[list[int]] = []
    for place in sorted(range(len(lengths)), key=lambda place: lengths[place]):
        # The longest of a batch comes last, and all are padded to it.
        if not batches or (len(batches[-1]) + 1) * lengths[place] > _BATCH_TOKENS:
            batches.append([])
        batches[-1].append(place)
    return batches
