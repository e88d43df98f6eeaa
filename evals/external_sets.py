"""The sets that are known, with what runs each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from evals.external import Absent, Adapter, Figure, Setting
from evals.external_dialogues import run_sharc
from evals.external_intents import run_clinc
from evals.external_negation import run_condaqa, run_scone
from evals.external_retrieval import Asked, of_itself, plain_query, run_retrieval
from evals.external_rewriting import run_canard
from evals.external_rows import Row
from evals.external_silence import run_clapnq, run_mtrag, run_squad2

QUESTION = Asked("question", "queries.jsonl", plain_query, of_itself)


def _aws_docs(folder: Path, setting: Setting) -> Iterator[Figure]:
    return run_retrieval("aws_docs", folder, setting, [QUESTION])


def _clapnq(folder: Path, setting: Setting) -> Iterator[Figure | Absent]:
    yield from run_retrieval("clapnq_dev", folder, setting, [QUESTION])
    yield from run_clapnq(folder, setting)


def _mtrag(folder: Path, setting: Setting) -> Iterator[Figure | Absent]:
    asked = [
        Asked("last turn", "queries.lastturn.jsonl", plain_query, _talk),
        Asked("all user turns", "queries.userturns.jsonl", plain_query, _talk),
    ]
    yield from run_retrieval("mtrag_un", folder, setting, asked)
    yield from run_mtrag(folder, setting)


def _talk(query: str) -> str:
    return query.partition("<::>")[0]


def _or_sharc(folder: Path, setting: Setting) -> Iterator[Figure]:
    asked = [
        Asked("question", "queries.dev.jsonl", plain_query, of_itself),
        Asked("question and scenario", "queries.dev.jsonl", _with_scenario, of_itself),
    ]
    yield from run_retrieval("or_sharc", folder, setting, asked, judged="qrels.dev.tsv")


def _with_scenario(row: Row) -> str:
    return f"{row.text('text')} {row.text('scenario')}".strip()


def _squad2(folder: Path, setting: Setting) -> Iterator[Figure | Absent]:
    yield from run_retrieval("squad2", folder, setting, [QUESTION])
    yield from run_squad2(folder, setting)


ADAPTERS: Mapping[str, Adapter] = {
    "aws_docs": _aws_docs,
    "clapnq_dev": _clapnq,
    "mtrag_un": _mtrag,
    "or_sharc": _or_sharc,
    "squad2": _squad2,
    "sharc_dev": run_sharc,
    "condaqa": run_condaqa,
    "scone": run_scone,
    "clinc150": run_clinc,
    "canard_dev": run_canard,
}

NO_PART: Mapping[str, tuple[tuple[str, str], ...]] = {
    "climate_fever": (
        (
            "claims held against evidence",
            "sentences are verified in the guide's own words, and no claim is judged",
        ),
    ),
    "or_sharc": (
        ("dialogues on its rule texts", "rules are imported from trees that are drawn, not from prose"),
    ),
    "conditionalqa": (
        (
            "conditions of an answer",
            "answers quote a guide and do not work out under which conditions it holds",
        ),
    ),
}
