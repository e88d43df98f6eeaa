"""How likely each value of a fact is for a text: the linear heads' word, joined with the trained reader's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.cues import Cues
from assistant.features import Encode, Floats, features
from assistant.heads import Head, probabilities
from assistant.plain_words import plain_words
from assistant.trained_reader import TrainedReader
from rules import RuleSet


@dataclass(frozen=True, slots=True, eq=False)
class FactReader:
    """What reading needs: the rules' facts, the pack's cues, an encoder, one learned head a fact.

    ``trained`` is the fine-tuned reader, ``None`` for a pack that has none: then the heads read alone.
    """

    rules: RuleSet
    cues: Cues
    encode: Encode
    heads: Mapping[str, Head]
    trained: TrainedReader | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """``shares`` (texts, labels of ``head``) and the probability from which a reading may be used.

    ``by_sentence`` says whether a text is read better together with its most telling sentence
    (:func:`assistant.heads.blended`): so the heads alone do, and the trained reader, which weighs every word
    by the others, does not.
    """

    head: Head
    shares: Floats
    sure: float
    by_sentence: bool


def weigh(reader: FactReader, texts: Sequence[str], rows: Floats | None = None) -> dict[str, Weighed]:
    """Every fact that there is a head for, weighed for each of ``texts``.

    ``rows`` are the features of the texts where they are known already.
    """
    texts = [plain_words(text) for text in texts]
    rows = features(texts, reader.encode, reader.cues) if rows is None else rows
    trained = reader.trained.shares(texts) if reader.trained else {}
    found: dict[str, Weighed] = {}
    for name, head in reader.heads.items():
        found[name] = _joined(reader.trained, name, head, probabilities(head, rows), trained.get(name))
    return found


def weigh_with(
    trained: TrainedReader | None, name: str, head: Head, rows: Floats, texts: Sequence[str]
) -> Floats:
    """(texts, labels of ``head``): one matter alone, as both readers together see it."""
    linear = probabilities(head, rows)
    known = trained.shares(texts).get(name) if trained else None
    return _joined(trained, name, head, linear, known).shares


def _joined(
    trained: TrainedReader | None, name: str, head: Head, linear: Floats, known: Floats | None
) -> Weighed:
    if trained is None or known is None:
        return Weighed(head, linear, head.sure, by_sentence=True)
    shares, sure = trained.joined(name, head, linear, known), trained.card.calibrations[name].sure
    return Weighed(head, shares, sure, by_sentence=False)
