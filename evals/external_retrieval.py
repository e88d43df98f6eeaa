"""Retrieval sets: the documents as a pack, the questions to its search, measured by ir-measures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import Corpus
from evals.external import Figure, Setting, figure
from evals.external_pack import Document, SetPack, write_set_pack
from evals.external_rows import Row, Sample, read_judgements, read_rows

PASSAGES = 100  # looked at for each question; several of them may stand in one document
PART = "corpus search"
MOST_DOCUMENTS = 2_000  # from here on a sample draws documents as well
DOCUMENTS_A_QUESTION = 5  # of a drawn pool


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions of a set, and how each is put to the search. Those of one talk share a ``source``."""

    task: str
    file: str
    query: Callable[[Row], str]
    source: Callable[[str], str]


def of_itself(query: str) -> str:
    """Each question stands for itself."""
    return query


def plain_query(row: Row) -> str:
    """The text of the question."""
    return row.text("text")


def run_retrieval(
    name: str, folder: Path, setting: Setting, asked: Sequence[Asked], judged: str = "qrels.tsv"
) -> Iterator[Figure]:
    """nDCG@10, R@5 and RR of documents, each at the place of its best passage."""
    relevant = read_judgements(folder / judged)
    documents = tuple(Document.of(row) for row in read_rows(folder / "corpus.jsonl"))
    for one in asked:
        rows = [row for row in read_rows(folder / one.file) if row.text("_id") in relevant]
        drawn = setting.sample.of(rows)
        ids = {row.text("_id") for row in drawn}
        judgements = {query: grades for query, grades in relevant.items() if query in ids}
        pool = _pool(documents, judgements, setting.sample)
        pack = write_set_pack(name, pool, setting.cache)
        corpus = Corpus.open(pack.root / "corpus", setting.cache, setting.progress)
        found = {}
        for number, row in enumerate(drawn, 1):
            found[row.text("_id")] = _ranked(corpus, pack, one.query(row))
            setting.progress(number, len(drawn), f"questions of {name}")
        yield from _figures(name, one, judgements, found, len(pool))


def _pool(
    documents: Sequence[Document], judgements: Mapping[str, Mapping[str, int]], sample: Sample
) -> tuple[Document, ...]:
    """The documents to search: all, or of a great many those that a sample needs and others drawn with it."""
    if sample.most is None or len(documents) <= MOST_DOCUMENTS:
        return tuple(documents)
    needed = {document for grades in judgements.values() for document in grades}
    others = [one for one in documents if one.id not in needed]
    most = max(0, DOCUMENTS_A_QUESTION * len(judgements) - len(needed))
    drawn = {one.id for one in Sample(most, sample.seed).of(others)} | needed
    return tuple(one for one in documents if one.id in drawn)


def _ranked(corpus: Corpus, pack: SetPack, query: str) -> tuple[str, ...]:
    """The documents of the passages found, best first, each once."""
    hits = corpus.search(query, PASSAGES)
    return tuple(dict.fromkeys(pack.document(hit.passage.section) for hit in hits))


def _figures(
    name: str,
    asked: Asked,
    judgements: Mapping[str, Mapping[str, int]],
    found: Mapping[str, tuple[str, ...]],
    pool: int,
) -> Iterator[Figure]:
    from ir_measures import RR, R, iter_calc, nDCG  # pytrec_eval, 0.3 s

    measured = (nDCG @ 10, R @ 5, RR)
    run = {
        query: {document: float(len(ranked) - place) for place, document in enumerate(ranked)}
        for query, ranked in found.items()
    }
    values: dict[str, list[tuple[str, float]]] = {str(one): [] for one in measured}
    for told in iter_calc(measured, judgements, run):
        values[str(told.measure)].append((asked.source(told.query_id), float(told.value)))
    for measure, mine in values.items():
        yield figure((name, asked.task, PART, measure), mine, pool=pool)
