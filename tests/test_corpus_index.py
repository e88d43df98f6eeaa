import shutil

import numpy as np
import pytest

from corpus import Corpus, IndexDamagedError, QuestionsError, load_guides
from corpus.corpus import index_home
from corpus.index_build import current_index
from corpus.index_manifest import check_files, read_manifest
from corpus.index_open import open_index
from corpus.index_texts import passages_of
from corpus.nearest import similarities
from corpus.probe_chroma import probe

POTS = "# Pots\n\nPots hold 2 litres.\n\n## Care\n\n- Wash them by hand.\n- Dry them at once.\n"
PANS = "# Pans\n\nPans are flat.\n"
QUESTIONS = (
    "questions: pots\npassages:\n- section: pots\n  passage: Pots hold\n  asks:\n  - how much fits in?\n"
)


@pytest.fixture
def opened(guides_in, tmp_path, encoder):
    """Writes guides, then opens the corpus that they make."""

    def open_corpus(**texts):
        return Corpus.open(guides_in(**texts), tmp_path / "cache", encoder=encoder)

    return open_corpus


def home_of(tmp_path):
    return index_home(tmp_path / "pack" / "corpus", tmp_path / "cache")


def test_an_index_knows_what_it_was_made_of(opened, tmp_path):
    corpus = opened(pots=POTS, pots_questions=QUESTIONS)
    manifest = read_manifest(current_index(home_of(tmp_path)))
    assert (manifest.passages, manifest.questions, manifest.fingerprint) == (3, 1, corpus.fingerprint)
    assert set(manifest.sources) == {"corpus/pots.md", "pots.questions.yaml"}
    assert manifest.libraries["chromadb"].startswith("1.")


def test_an_unchanged_corpus_embeds_nothing_and_keeps_its_index(opened, tmp_path):
    assert opened(pots=POTS).embedded == 3
    before = current_index(home_of(tmp_path))
    assert opened(pots=POTS).embedded == 0
    assert current_index(home_of(tmp_path)) == before


def test_one_edited_passage_embeds_one(opened):
    opened(pots=POTS, pans=PANS, pots_questions=QUESTIONS)
    corpus = opened(pots=POTS.replace("by hand", "by machine"))
    assert corpus.embedded == 1
    assert corpus.search("may they be washed by machine?", 1)[0].passage.text == "Wash them by machine."


def test_one_more_question_embeds_one(opened):
    opened(pots=POTS, pots_questions=QUESTIONS)
    assert opened(pots_questions=QUESTIONS + "  - volume?\n").embedded == 1


def test_what_was_deleted_is_found_no_more(opened, tmp_path):
    opened(pots=POTS, pans=PANS)
    (tmp_path / "pack" / "corpus" / "pans.md").unlink()
    corpus = opened()
    assert corpus.embedded == 0
    assert {hit.passage.section for hit in corpus.search("flat pans", 50)} == {"pots", "pots#care"}
    assert len(list(home_of(tmp_path).glob("index-*"))) == 1


def test_the_fingerprint_follows_guides_and_questions(opened):
    prints = {opened(pots=POTS).fingerprint, opened(pots=POTS).fingerprint}
    assert len(prints) == 1
    prints |= {opened(pots=POTS + "\nMore.\n").fingerprint, opened(pots_questions=QUESTIONS).fingerprint}
    assert len(prints) == 3


def test_words_that_do_not_fit_the_guide_any_more_stop_the_build_and_the_index_before_stays(opened, tmp_path):
    opened(pots=POTS, pots_questions=QUESTIONS)
    before = current_index(home_of(tmp_path))
    with pytest.raises(QuestionsError, match="stand in no passage"):
        opened(pots=POTS.replace("Pots hold", "A pot holds"))
    assert current_index(home_of(tmp_path)) == before


@pytest.mark.parametrize("file", ["passages.npy", "rows.json", "questions.json", "manifest.json"])
def test_a_damaged_index_is_noticed_and_built_again(opened, tmp_path, file):
    opened(pots=POTS)
    held = current_index(home_of(tmp_path)) / file
    content = bytearray(held.read_bytes())
    content[len(content) // 2] ^= 0xFF
    held.write_bytes(content)
    passages = passages_of(load_guides(tmp_path / "pack" / "corpus"))
    with pytest.raises(IndexDamagedError):
        open_index(home_of(tmp_path), fingerprint(tmp_path), passages)
    assert opened(pots=POTS).embedded == 3
    index = current_index(home_of(tmp_path))
    check_files(index, read_manifest(index))


def fingerprint(tmp_path):
    from corpus.index_manifest import fingerprint_of, source_hashes

    return fingerprint_of(source_hashes(load_guides(tmp_path / "pack" / "corpus"), ()))


def test_an_index_whose_files_are_gone_is_built_again(opened, tmp_path):
    opened(pots=POTS)
    shutil.rmtree(current_index(home_of(tmp_path)))
    assert opened(pots=POTS).search("litres", 1)


def test_a_reader_keeps_its_index_while_another_is_swapped_in(opened):
    old = opened(pots=POTS)
    new = opened(pots=POTS.replace("2 litres", "9 litres"))
    assert "2 litres" in old.search("how many litres?", 1)[0].passage.text
    assert len(old.vectors()[0]) == len(old.projected()[0]) == 3
    assert "9 litres" in new.search("how many litres?", 1)[0].passage.text


def test_two_packs_share_a_cache_and_not_an_index(opened, tmp_path, encoder):
    opened(pots=POTS)
    other = tmp_path / "other" / "corpus"
    other.mkdir(parents=True)
    (other / "pans.md").write_text(PANS)
    corpus = Corpus.open(other, tmp_path / "cache", encoder=encoder)
    assert [hit.passage.text for hit in corpus.search("pans")] == ["Pans are flat."]
    assert opened(pots=POTS).embedded == 0


def test_a_guide_of_headings_alone_has_an_index_that_finds_nothing(opened):
    assert opened(pots="# Pots\n\n## Care\n").search("pots") == ()


def test_chroma_holds_the_passages_that_llamaindex_wrote(opened, tmp_path):
    from corpus.index_chroma import open_collection

    corpus = opened(pots=POTS, pots_questions=QUESTIONS)
    passage = corpus.guides[0].sections[0].passages[0]
    collection = open_collection(current_index(home_of(tmp_path)) / "chroma", "passages")
    held = collection.get(ids=[passage.id], include=["metadatas", "documents"])
    assert held["documents"] == ["Pots hold 2 litres."]
    assert (held["metadatas"][0]["start"], held["metadatas"][0]["section"]) == (passage.start, "pots")
    assert collection.count() == 3


def test_nothing_is_ever_added_to_a_chroma_database_that_was_there_before(opened, tmp_path):
    from corpus import IndexWriteError
    from corpus.index_chroma import Row, open_collection, write_collections

    opened(pots=POTS)
    chroma = current_index(home_of(tmp_path)) / "chroma"
    row = Row("strange", "Pots hold 3 litres.", {})
    for name in ("passages", "another"):
        with pytest.raises(IndexWriteError, match="Chroma cannot write there"):
            write_collections(chroma, {name: ([row], np.ones((1, 384), np.float32))})
    assert open_collection(chroma, "passages").count() == 3


def test_comparing_signs_first_finds_what_comparing_all_finds(opened, tmp_path, encoder):
    rows = "\n".join(
        f"- Part {n} of the kettle costs {n * 7 % 50} coins in shop {n % 11}." for n in range(120)
    )
    corpus = opened(pots=f"# Kettle\n\n{rows}\n")
    vectors, _ = corpus.vectors()
    exact, first = similarities(vectors), similarities(vectors, exact_up_to=10, looked_at=40)
    for query in ("price of part 9", "which shop sells part 70?"):
        vector = encoder.encode([query])[0]
        found = first(vector)
        looked = np.flatnonzero(~np.isnan(found))
        assert 40 <= len(looked) < 100
        assert found[looked] == pytest.approx(exact(vector)[looked])
        assert set((-exact(vector)).argsort()[:5]) <= set((-found).argsort()[:5])


def test_of_many_rows_the_ten_nearest_are_found_by_their_signs_first():
    chance = np.random.default_rng(0)
    around = chance.standard_normal((400, 384), dtype=np.float32)
    vectors = np.repeat(around, 50, axis=0) + chance.standard_normal((20_000, 384), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    exact, first = similarities(vectors), similarities(vectors, exact_up_to=10, looked_at=500)
    kept = []
    for row in range(0, 20_000, 500):
        vector = vectors[row] + 0.03 * chance.standard_normal(384, dtype=np.float32)
        vector /= np.linalg.norm(vector)
        nearest = set((-exact(vector)).argsort()[:10])
        kept.append(len(nearest & set((-first(vector)).argsort()[:10])) / 10)
    assert np.mean(kept) >= 0.99


def test_a_damaged_chroma_does_not_touch_search_and_is_told_by_doctor(opened, tmp_path):
    corpus = opened(pots=POTS)
    for file in (current_index(home_of(tmp_path)) / "chroma").glob("*.sqlite3"):
        file.write_bytes(b"\0" * 5000)
    index = open_index(home_of(tmp_path), corpus.fingerprint, passages_of(corpus.guides))
    assert index is not None
    with pytest.raises(IndexDamagedError, match="collection passages"):
        probe(index.folder / "chroma", "passages", index.manifest.passages)
