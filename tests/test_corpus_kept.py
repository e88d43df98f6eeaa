from dataclasses import replace

import pytest

from corpus import cache_folder, read_guides

LONG = (
    "# Kettles\n\nA kettle boils water.\n\n| Limit | Value |\n|---|---|\n" + "| Volume | 2 litres |\n" * 300
)


@pytest.fixture(autouse=True)
def own_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("GROUNDRULE_CACHE", str(tmp_path / "cache"))


def kept():
    return list((cache_folder() / "guides").glob("*.json"))


def test_a_guide_that_was_read_before_is_found_again_as_it_was(guides_in):
    folder = guides_in(kettles=f"---\nsources: {{src1: {{title: Manual}}}}\n---\n{LONG}")
    first = read_guides(folder)
    assert len(kept()) == 1
    assert read_guides(folder) == first


def test_what_is_kept_is_what_is_found(guides_in):
    folder = guides_in(kettles=LONG)
    read_guides(folder)
    (file,) = kept()
    file.write_bytes(file.read_bytes().replace(b'"title":"Kettles"', b'"title":"Found again"'))
    assert read_guides(folder)[0][0].title == "Found again"


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff", b'{"digest": 1, "guide": []}'])
def test_a_damaged_one_is_read_again(guides_in, damage):
    folder = guides_in(kettles=LONG)
    first = read_guides(folder)
    kept()[0].write_bytes(damage)
    assert read_guides(folder) == first


def test_a_changed_file_is_read_anew_and_kept_in_the_same_place(guides_in):
    read_guides(guides_in(kettles=LONG))
    changed = read_guides(guides_in(kettles=LONG.replace("2 litres", "3 litres")))[0][0]
    assert "3 litres" in changed.sections[0].passages[1].reading
    assert len(kept()) == 1


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(guides_in, tmp_path):
    (tmp_path / "cache").write_text("in the way")
    assert read_guides(guides_in(kettles=LONG))[0][0].title == "Kettles"


def test_the_same_file_in_another_place_is_a_guide_of_its_own(guides_in, tmp_path):
    folder = guides_in(kettles=LONG)
    (first,) = read_guides(folder)[0]
    (folder / "deep").mkdir()
    (folder / "kettles.md").rename(folder / "deep" / "kettles.md")
    (moved,) = read_guides(folder)[0]
    assert (first.id, moved.id) == ("kettles", "deep/kettles")
    assert replace(moved, id=first.id, path=first.path, file=first.file, sections=()) == replace(
        first, sections=()
    )
