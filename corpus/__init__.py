"""The guides of a pack, as passages that can be found and cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.cache import cache_folder, write_aside
from corpus.cite import cite, cite_passage, cite_pointer, find_section
from corpus.draft_questions import DraftEntry, accept_draft, draft_file, write_draft
from corpus.errors import (
    CitationError,
    CorpusError,
    FileProblem,
    GuideError,
    IndexBusyError,
    IndexDamagedError,
    IndexingError,
    IndexWriteError,
    ModelError,
    NoGuidesError,
    QuestionsError,
    VectorsError,
)
from corpus.guide import Citation, Form, Guide, GuideMeta, Passage, PassageKind, Pointer, Reference, Section
from corpus.index_lock import building
from corpus.model_files import MODEL_NAME, MODEL_SHA256
from corpus.progress import Progress, unseen
from corpus.questions import PackQuestion, load_questions
from corpus.read_guides import load_guides, read_guides
from corpus.reading import sentence_spans, to_reading

if TYPE_CHECKING:
    from corpus.classifier import Classifier
    from corpus.corpus import Corpus
    from corpus.distil import Teaching, learn_from_teachers
    from corpus.encoder import Encoder
    from corpus.export_tuned import export_classifier
    from corpus.findings import Finding, examine
    from corpus.keyword_corpus import KeywordCorpus
    from corpus.keywords import stems
    from corpus.model_session import Text
    from corpus.projection import learn_projection, project
    from corpus.rebuild import rebuild_index
    from corpus.search import Hit
    from corpus.tuning import UNTOLD, Example, Recipe, Tuned, fine_tune

__all__ = [
    "MODEL_NAME",
    "MODEL_SHA256",
    "UNTOLD",
    "Citation",
    "CitationError",
    "Classifier",
    "Corpus",
    "CorpusError",
    "DraftEntry",
    "Encoder",
    "Example",
    "FileProblem",
    "Finding",
    "Form",
    "Guide",
    "GuideError",
    "GuideMeta",
    "Hit",
    "IndexBusyError",
    "IndexDamagedError",
    "IndexWriteError",
    "IndexingError",
    "KeywordCorpus",
    "ModelError",
    "NoGuidesError",
    "PackQuestion",
    "Passage",
    "PassageKind",
    "Pointer",
    "Progress",
    "QuestionsError",
    "Recipe",
    "Reference",
    "Section",
    "Teaching",
    "Text",
    "Tuned",
    "VectorsError",
    "accept_draft",
    "building",
    "cache_folder",
    "cite",
    "cite_passage",
    "cite_pointer",
    "draft_file",
    "examine",
    "export_classifier",
    "find_section",
    "fine_tune",
    "learn_from_teachers",
    "learn_projection",
    "load_guides",
    "load_questions",
    "project",
    "read_guides",
    "rebuild_index",
    "sentence_spans",
    "stems",
    "to_reading",
    "unseen",
    "write_aside",
    "write_draft",
]

# These need numpy, which a process that only reads and cites guides does without: loaded when asked for.
_LATE = {
    "Classifier": "corpus.classifier",
    "UNTOLD": "corpus.tuning",
    "Example": "corpus.tuning",
    "Recipe": "corpus.tuning",
    "export_classifier": "corpus.export_tuned",
    "Tuned": "corpus.tuning",
    "Text": "corpus.model_session",
    "Teaching": "corpus.distil",
    "fine_tune": "corpus.tuning",
    "learn_from_teachers": "corpus.distil",
    "Corpus": "corpus.corpus",
    "Encoder": "corpus.encoder",
    "Finding": "corpus.findings",
    "Hit": "corpus.search",
    "KeywordCorpus": "corpus.keyword_corpus",
    "examine": "corpus.findings",
    "learn_projection": "corpus.projection",
    "project": "corpus.projection",
    "rebuild_index": "corpus.rebuild",
    "stems": "corpus.keywords",
}


def __getattr__(name: str) -> object:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LATE[name]), name)
