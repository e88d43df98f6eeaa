"""Kinds of requests: intents told by a head that learned from examples, and what is none of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

import numpy as np

from assistant import Assistant, MessageError
from assistant.features import Floats
from assistant.heads import SILENT, Head, probabilities, train_head
from corpus import Encoder
from evals.external import Figure, Setting, figure
from evals.external_rows import Row, Sample, read_rows

OUT_OF_SCOPE = "oos"
EXAMPLES = 20  # of each intent, where a sample is drawn: heads of packs learn from as few
LEARNED = "head learned from examples"
STRANGERS = "whole walk, bundled pack"


def run_clinc(folder: Path, setting: Setting) -> Iterator[Figure]:
    """150 intents and what is none of them; and the bundled pack, to which all of that is foreign."""
    tested = setting.sample.of(read_rows(folder / "test.jsonl"))
    strange = setting.sample.of(read_rows(folder / "oos_test.jsonl"))
    yield from _intents(folder, setting, tested, strange)
    yield from _strangers(setting, strange)


def _intents(
    folder: Path, setting: Setting, tested: Sequence[Row], strange: Sequence[Row]
) -> Iterator[Figure]:
    encoder = Encoder.open(setting.cache, setting.progress)
    head = _learned(folder, setting, encoder)
    inside = _shares(head, encoder, tested)
    outside = _shares(head, encoder, strange)
    silent = head.labels.index(SILENT)
    sure, unsure = (np.delete(shares, silent, axis=1).max(axis=1) for shares in (inside, outside))
    named = np.array(head.labels)[inside.argmax(axis=1)]
    task = "150 intents, and none of them"
    right = [(row.place, float(name == row.text("intent"))) for row, name in zip(tested, named, strict=True)]
    yield figure(("clinc150", task, LEARNED, "intent right"), right)
    # The share of in-scope messages that a stranger is less sure than: its mean over strangers is the AUROC.
    below = [(row.place, _placed(sure, share)) for row, share in zip(strange, unsure, strict=True)]
    yield figure(("clinc150", task, LEARNED, "out of scope, AUROC"), below)
    named_strange = np.array(head.labels)[outside.argmax(axis=1)]
    told = [
        (row.place, float(share < head.sure or name == SILENT))
        for row, share, name in zip(strange, unsure, named_strange, strict=True)
    ]
    yield figure(("clinc150", task, LEARNED, "out of scope, recall"), told)
    lost = [
        (row.place, float(share < head.sure or name == SILENT))
        for row, share, name in zip(tested, sure, named, strict=True)
    ]
    yield figure(("clinc150", task, LEARNED, "in scope, taken for none"), lost, less_is_better=True)


def _learned(folder: Path, setting: Setting, encoder: Encoder) -> Head:
    by_intent: dict[str, list[Row]] = {}
    for row in chain(read_rows(folder / "train.jsonl"), read_rows(folder / "oos_train.jsonl")):
        by_intent.setdefault(row.text("intent"), []).append(row)
    few = Sample(None if setting.sample.most is None else EXAMPLES, setting.sample.seed)
    # What is none of the intents settles nothing, and there are as many examples of it as the set has.
    drawn = {name: rows if name == OUT_OF_SCOPE else few.of(rows) for name, rows in by_intent.items()}
    return _trained(encoder, drawn, setting)


def _trained(encoder: Encoder, drawn: Mapping[str, Sequence[Row]], setting: Setting) -> Head:
    texts = [row.text("text") for rows in drawn.values() for row in rows]
    labels = [SILENT if name == OUT_OF_SCOPE else name for name, rows in drawn.items() for _ in rows]
    return train_head(encoder.encode(texts, setting.progress), labels)


def _shares(head: Head, encoder: Encoder, rows: Sequence[Row]) -> Floats:
    return probabilities(head, encoder.encode([row.text("text") for row in rows]))


def _placed(sure: Floats, share: float) -> float:
    return float((sure > share).mean() + (sure == share).mean() / 2)


def _strangers(setting: Setting, strange: Sequence[Row]) -> Iterator[Figure]:
    assistant = Assistant.open(cache=setting.cache, progress=setting.progress)
    kinds = []
    for number, row in enumerate(strange, 1):
        try:
            answer = assistant.reply(row.text("text")).answer
        except MessageError:
            continue
        kinds.append((row.place, answer.kind, answer.decision is not None))
        setting.progress(number, len(strange), "messages about something else")
    task = "messages about something else"
    away = [(place, float(kind in ("not_in_guide", "other"))) for place, kind, _ in kinds]
    yield figure(("clinc150", task, STRANGERS, "left unanswered"), away)
    needs = [(place, float(need)) for place, _, need in kinds]
    yield figure(("clinc150", task, STRANGERS, "taken for a need"), needs, less_is_better=True)
