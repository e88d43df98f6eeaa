import json

import pytest

from corpus import Corpus, CorpusError, KeywordCorpus, ModelError, examine, rebuild_index
from corpus.corpus import index_home
from corpus.index_build import current_index
from corpus.index_manifest import check_files, read_manifest

POTS = "# Pots\n\nPots hold 2 litres.\n\n## Care\n\n- Wash them by hand.\n- Dry them at once.\n"
PANS = "# Pans\n\nPans are flat and washed by hand.\n"
QUESTIONS = (
    "questions: pots\npassages:\n- section: pots\n  passage: Pots hold\n  asks:\n  - what volume fits in?\n"
)


@pytest.fixture
def by_keyword(guides_in):
    def open_corpus(**texts):
        return KeywordCorpus.open(guides_in(**texts), ModelError("the model is missing; install it"))

    return open_corpus


def test_keywords_alone_find_the_passages_that_share_words_best_first(by_keyword):
    corpus = by_keyword(pots=POTS, pans=PANS)
    hits = corpus.search("washing pots by hand")
    assert hits[0].passage.text == "Wash them by hand."
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert (hits[0].text_score, hits[0].question_score, hits[0].near_miss) == (-1, -1, -1)
    assert corpus.search("zeppelin") == corpus.search("") == corpus.search("pots", 0) == ()


def test_keywords_alone_know_the_questions_of_the_pack_and_keep_to_a_guide(by_keyword):
    corpus = by_keyword(pots=POTS, pans=PANS, pots_questions=QUESTIONS)
    assert corpus.search("volume")[0].passage.text == "Pots hold 2 litres."
    assert {hit.passage.section for hit in corpus.search("by hand", guide="pans")} == {"pans"}
    assert {hit.passage.section for hit in corpus.search("by hand", heading="care")} == {"pots#care"}


def test_guides_that_cannot_be_read_are_an_error_without_vectors_too(guides_in):
    with pytest.raises(CorpusError, match="not UTF-8"):
        KeywordCorpus.open(guides_in(pots=b"\xff"), ModelError("missing; install it"))


def test_a_search_without_the_model_answers_by_keyword_and_says_so(groundrule, guides_in, tmp_path):
    pack = guides_in(pots=POTS, pans=PANS).parent
    cache = tmp_path / "no-cache"
    cache.mkdir()
    (cache / "models").write_text("")  # no model can be prepared where a file lies
    queries = tmp_path / "queries.jsonl"
    queries.write_text('{"query": "how many litres"}\n')
    told = groundrule(
        *("search", "--batch", queries, "--out", tmp_path / "out.jsonl", "--pack", pack),
        env={"GROUNDRULE_CACHE": str(cache)},
    )
    assert told.code == 0
    assert "Found by keyword alone: " in told.err
    assert "name another folder in GROUNDRULE_CACHE" in told.err
    hits = json.loads((tmp_path / "out.jsonl").read_text())["hits"]
    assert [hit["text"] for hit in hits] == ["Pots hold 2 litres."]


def test_the_doctor_builds_a_damaged_index_again_and_says_so(groundrule, guides_in, cache, encoder):
    folder = guides_in(pots=POTS)
    Corpus.open(folder, cache, encoder=encoder)
    damage_chroma(folder, cache)
    assert examine(folder, cache)[-1].state == "bad"
    found = {
        each["what"]: each
        for each in json.loads(groundrule("doctor", "--json", "--pack", folder.parent, timeout=400).out)
    }
    assert found["Index"]["state"] == "warning"
    assert found["Index"]["detail"].endswith("built again, 0 texts embedded")
    assert found["Answers"]["state"] == "ok"
    last = examine(folder, cache)[-1]
    assert last.state == "ok", last.detail


def test_vectors_that_are_not_what_was_written_are_computed_again(guides_in, tmp_path, encoder):
    folder = guides_in(pots=POTS)
    cache = tmp_path / "cache"
    Corpus.open(folder, cache, encoder=encoder)
    index = current_index(index_home(folder, cache))
    (index / "passages.npy").write_bytes(b"")
    assert rebuild_index(folder, cache, encoder=encoder) == 3
    index = current_index(index_home(folder, cache))
    check_files(index, read_manifest(index))


def damage_chroma(folder, cache):
    for file in (current_index(index_home(folder, cache)) / "chroma").glob("*.sqlite3"):
        file.write_bytes(b"\0" * 5000)
