"""Negation: yes and no from a passage, and sentences held against a passage that says it otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant import open_pack
from assistant.polarity import polarity
from assistant.verify import verify
from corpus import Passage
from evals.external import Figure, Setting, figure
from evals.external_pack import Document, write_set_pack
from evals.external_rows import Row, read_rows

LABELS = {"YES": "Yes", "NO": "No", "DON'T KNOW": None}


def run_condaqa(folder: Path, setting: Setting) -> Iterator[Figure]:
    """Yes, no or neither to a question about a passage; the passage's edits turn the answer round."""
    rows = [row for row in read_rows(folder / "dev.jsonl") if row.text("label") in LABELS]
    drawn = setting.sample.of(rows)
    texts = tuple(dict.fromkeys(row.text("sentence1") for row in drawn))
    pack = write_set_pack("condaqa", [Document(text, "", text) for text in texts], setting.cache)
    passages: dict[str, list[Passage]] = {text: [] for text in texts}
    for guide in open_pack(pack.root).guides:
        for section in guide.sections:
            passages[pack.document(section.id)] += section.passages
    told = [(row, _said(row.text("sentence2"), passages[row.text("sentence1")])) for row in drawn]
    named = ("condaqa", "yes, no or neither", "polarity")
    wanted = [LABELS[row.text("label")] for row, _ in told]
    right = [(_source(row), float(said == want)) for (row, said), want in zip(told, wanted, strict=True)]
    yield figure((*named, "right, nothing said being neither"), right)
    yield figure(
        (*named, "yes or no was said"), [(_source(row), float(said is not None)) for row, said in told]
    )
    said_so = [one for one, (_, said) in zip(right, told, strict=True) if said is not None]
    yield figure((*named, "right where it was said"), said_so)
    yield _majority("condaqa", "yes, no or neither", [(_source(row), row.text("label")) for row in drawn])


def _source(row: Row) -> str:
    return str(row.told.get("PassageID"))  # an original passage with its edits


def _said(question: str, passages: Sequence[Passage]) -> str | None:
    """What the first passage says that says yes or no."""
    return next((said for passage in passages if (said := polarity(question, passage))), None)


def run_scone(folder: Path, setting: Setting) -> Iterator[Figure]:
    """Does the premise say the hypothesis? Words in the scope of a negation turn it round."""
    drawn = setting.sample.of(read_rows(folder / "pairs.jsonl"))
    told = [(row, bool(verify(row.text("hypothesis"), [row.text("premise")]).passages)) for row in drawn]
    named = ("scone", "entailed or not", "check of sentences")
    entailed = [(row, said) for row, said in told if row.text("label") == "entailment"]
    others = [(row, said) for row, said in told if row.text("label") != "entailment"]
    right = [(row.place, float(said == (row.text("label") == "entailment"))) for row, said in told]
    yield figure((*named, "right"), right)
    yield figure((*named, "entailed, let through"), [(row.place, float(said)) for row, said in entailed])
    through = [(row.place, float(said)) for row, said in others]
    yield figure((*named, "not entailed, let through"), through, less_is_better=True)
    yield _majority("scone", "entailed or not", [(row.place, row.text("label")) for row in drawn])


def _majority(name: str, task: str, labels: Sequence[tuple[str, str]]) -> Figure:
    """How often the label that is most frequent in these very rows is right: the least to be better than."""
    most = Counter(label for _, label in labels).most_common(1)[0][0] if labels else ""
    values = [(source, float(label == most)) for source, label in labels]
    return figure((name, task, "always the most frequent label", "right"), values)
