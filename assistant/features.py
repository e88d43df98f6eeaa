"""A text as numbers for the heads: its meaning, its words with their negations, its cues."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.cues import Cues, cue_count, cue_features, negated_words, settled

Floats = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Floats]

VECTOR = 384  # length of a sentence vector
HASHED = 1 << 12  # columns for words and pairs of words (Weinberger et al. 2009, feature hashing)


def features(texts: Sequence[str], encode: Encode, cues: Cues) -> Floats:
    """One row a text: sentence vector (384), hashed words and pairs of words (:data:`HASHED`), cues."""
    if not texts:
        return np.zeros((0, VECTOR + HASHED + cue_count(cues)), dtype=np.float32)
    told = [settled(text) for text in texts]
    words = np.stack([_words(text) for text in told])
    cued = np.stack([cue_features(cues, text) for text in told])
    return np.hstack([encode(told), words, cued])


def _words(text: str) -> Floats:
    row = np.zeros(HASHED, dtype=np.float32)
    grams: set[str] = set()
    before = "^"
    for word, _, _, negated in negated_words(text):
        if not word[0].isalnum():
            before = "^"
            continue
        tagged = f"~{word}" if negated else word
        grams |= {tagged, f"{before} {tagged}"}
        before = tagged
    for gram in grams:
        row[zlib.crc32(gram.encode()) % HASHED] = 1.0
    return row / np.float32(max(1.0, float(np.sqrt(len(grams)))))
