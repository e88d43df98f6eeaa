"""Building an index again although the one that is there was made from just these guides."""

from __future__ import annotations

from pathlib import Path

from corpus.cache import cache_folder
from corpus.corpus import PATIENCE, index_home, question_bytes
from corpus.encoder import Encoder
from corpus.errors import IndexWriteError
from corpus.index_build import Content, build_index
from corpus.index_lock import building
from corpus.index_manifest import source_hashes
from corpus.progress import Progress, unseen
from corpus.questions import load_questions
from corpus.read_guides import read_guides


def rebuild_index(
    folder: Path,
    cache: Path | None = None,
    progress: Progress | None = None,
    *,
    encoder: Encoder | None = None,
) -> int:
    """A new index of the guides in ``folder`` in the place of a damaged one; how many texts were embedded.

    Vectors of the damaged one are used where their files are what was written. Raises :class:`CorpusError`
    as ``Corpus.open`` does.
    """
    cache, told = cache or cache_folder(), progress or unseen
    guides, refused = read_guides(folder)
    questions = load_questions(folder, guides, {error.guide for error in refused})
    content = Content.of(guides, questions, source_hashes(guides, question_bytes(folder)))
    encoder = encoder or Encoder.open(cache, told)
    home = index_home(folder, cache)
    try:
        with building(home, PATIENCE, told):
            return build_index(home, content, encoder, told).embedded
    except OSError as error:
        problem = f"the index cannot be written ({error.strerror or error})"
        raise IndexWriteError(home, problem, "name another folder in GROUNDRULE_CACHE") from error
