from corpus import Corpus, examine
from corpus.corpus import index_home
from corpus.index_build import current_index

POTS = "# Pots\n\nPots hold 2 litres.\n"


def states(findings):
    return {finding.what: finding.state for finding in findings}


def test_all_is_well_after_an_index_was_built(guides_in, tmp_path, encoder):
    folder = guides_in(pots=POTS)
    Corpus.open(folder, tmp_path / "cache", encoder=encoder)
    found = examine(folder, tmp_path / "cache")
    assert states(found) == dict.fromkeys(["Embedding model", "Cache", "Guides", "Questions", "Index"], "ok")
    assert not any(finding.remedy for finding in found)


def test_an_index_that_is_missing_or_behind_is_a_warning_with_the_command_to_run(
    guides_in, tmp_path, encoder
):
    folder = guides_in(pots=POTS)
    assert examine(folder, tmp_path / "cache")[-1].state == "warning"
    assert not (tmp_path / "cache").exists()
    Corpus.open(folder, tmp_path / "cache", encoder=encoder)
    guides_in(pots=POTS + "\nMore.\n")
    last = examine(folder, tmp_path / "cache")[-1]
    assert (last.state, last.remedy) == ("warning", "groundrule index")
    assert "1 files changed since: corpus/pots.md" in last.detail


def test_a_damaged_index_is_told(guides_in, tmp_path, encoder):
    folder = guides_in(pots=POTS)
    Corpus.open(folder, tmp_path / "cache", encoder=encoder)
    index = current_index(index_home(folder, tmp_path / "cache"))
    (index / "passages.npy").write_bytes(b"")
    last = examine(folder, tmp_path / "cache")[-1]
    assert (last.state, last.remedy) == ("bad", "groundrule index")
    assert "passages.npy is not what was written" in last.detail


def test_a_guide_that_was_left_out_is_told_beside_the_ones_that_are_fine(guides_in, tmp_path):
    found = examine(guides_in(good=POTS, broken=b"\xff"), tmp_path / "cache")
    told = next(finding for finding in found if finding.what == "Guide left out")
    assert (told.state, told.detail) == ("bad", "corpus/broken.md:1: is not UTF-8 (byte 0xff)")
    assert told.remedy == "save the file as UTF-8"
    assert states(found)["Guides"] == "ok"


def test_broken_guides_and_a_cache_that_cannot_be_written_are_told(guides_in, tmp_path):
    (tmp_path / "cache").write_text("")
    found = examine(guides_in(pots=b"\xff"), tmp_path / "cache" / "deep")
    assert states(found) == {"Embedding model": "ok", "Cache": "bad", "Guides": "bad"}
    assert all(finding.remedy for finding in found if finding.state == "bad")
