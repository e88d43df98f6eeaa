"""What ``doctor`` wants to know of a pack's corpus: what is there, what is wrong, what to do."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus.cache import cache_folder
from corpus.corpus import index_home
from corpus.errors import CorpusError, GuideError, IndexingError
from corpus.guide import Guide
from corpus.index_build import current_index
from corpus.index_manifest import (
    check_files,
    fingerprint_of,
    library_versions,
    read_manifest,
    source_hashes,
)
from corpus.index_texts import passages_of
from corpus.model_files import MODEL_NAME, check_model, model_folder
from corpus.probe_chroma import probe
from corpus.questions import load_questions, question_files
from corpus.read_guides import read_guides


@dataclass(frozen=True, slots=True)
class Finding:
    """``what`` was looked at, its ``state``, what was seen, and what to do; no remedy where all is well."""

    what: str
    state: Literal["ok", "warning", "bad"]
    detail: str
    remedy: str = ""


def examine(folder: Path, cache: Path | None = None) -> tuple[Finding, ...]:
    """Findings on the guides in ``folder``, their questions, the model, the cache and the index.

    Changes nothing and builds nothing; a damaged Chroma database is opened in a process of its own.
    """
    cache = cache or cache_folder()
    found = [_finding("Embedding model", _model), _finding("Cache", lambda: _cache(cache))]
    guides: list[Guide] = []
    refused: list[GuideError] = []
    found.append(_finding("Guides", lambda: _guides(folder, guides, refused)))
    for error in refused:
        place = f"{error.file}:{error.line}" if error.line else error.file
        found.append(Finding("Guide left out", "bad", f"{place}: {error.problem}", error.remedy))
    if guides:
        found.append(_finding("Questions", lambda: _questions(folder, guides, refused)))
        found += _index(folder, cache, guides)
    return tuple(found)


def _finding(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, "ok", look())
    except CorpusError as error:
        seen, _, remedy = str(error).rpartition("; ")
        return Finding(what, "bad", seen or remedy, remedy if seen else "")


def _model() -> str:
    check_model(model_folder())
    return f"{MODEL_NAME}, the published weights"


def _cache(cache: Path) -> str:
    there = next(parent for parent in (cache, *cache.parents) if parent.exists())
    if not there.is_dir() or not os.access(there, os.W_OK):
        raise CorpusError(f"{cache}: cannot be written; name another folder in GROUNDRULE_CACHE")
    return str(cache)


def _guides(folder: Path, guides: list[Guide], refused: list[GuideError]) -> str:
    read, left_out = read_guides(folder)
    guides += read
    refused += left_out
    sections = sum(len(guide.sections) for guide in guides)
    return f"{len(guides)} guides, {sections} sections, {len(passages_of(guides))} passages"


def _questions(folder: Path, guides: list[Guide], refused: list[GuideError]) -> str:
    questions = load_questions(folder, guides, {error.guide for error in refused})
    asks = sum(question.kind == "ask" for question in questions)
    return f"{asks} questions that passages answer, {len(questions) - asks} near misses"


def _index(folder: Path, cache: Path, guides: list[Guide]) -> Iterator[Finding]:
    home = index_home(folder, cache)
    index = current_index(home)
    if index is None:
        yield Finding("Index", "warning", f"not built yet in {home}", "groundrule index")
        return
    try:
        manifest = read_manifest(index)
        check_files(index, manifest)
        for name, rows in (("passages", manifest.passages), ("questions", manifest.questions)):
            if rows:
                probe(index / "chroma", name, rows)
    except IndexingError as error:
        yield Finding("Index", "bad", f"{error.folder}: {error.problem}", "groundrule index")
        return
    sources = source_hashes(
        guides, ((path.relative_to(folder).as_posix(), path.read_bytes()) for path in question_files(folder))
    )
    counts = f"{manifest.passages} passages, {manifest.questions} questions"
    if manifest.fingerprint != fingerprint_of(sources):
        changed = sorted(
            file for file in {*sources, *manifest.sources} if sources.get(file) != manifest.sources.get(file)
        )
        since = f"{len(changed)} files changed since: {', '.join(changed[:3])}"
        detail = f"{counts}; {since if changed else 'built by another version of groundrule'}"
        yield Finding("Index", "warning", detail, "groundrule index")
    elif manifest.libraries != library_versions():
        yield Finding("Index", "warning", f"{counts}; built with other library versions", "groundrule index")
    else:
        yield Finding("Index", "ok", f"{counts}, up to date in {index}")
