import os

import pytest

from corpus import CorpusError, load_guides, load_questions, read_guides

BROKEN = {
    "latin": (b"# T\n\ncaf\xe9\n", ["corpus/latin.md:3", "not UTF-8", "0xe9", "save the file as UTF-8"]),
    "utf16": (b"\xff\xfe#\x00\x00\xd8b\x00", ["corpus/utf16.md:1", "not UTF-16"]),
    "bracket": (
        b"---\nt: [\n---\nx\n",
        ["corpus/bracket.md:3", "front matter is not YAML", "mend that line"],
    ),
    "list": (b"---\n- a\n---\nx\n", ["corpus/list.md:1", "no names with values", "name: value"]),
    "deep": (b"---\na: " + b"[" * 3000 + b"\n---\nx\n", ["corpus/deep.md:1", "front matter"]),
    "huge": (b"x " * 5_000_000, ["corpus/huge.md", "10,000,000 characters", "split it"]),
    "headings": (b"# h\n" * 100_000, ["corpus/headings.md", "100000 headings", "split it"]),
    "lines": (b"a\n" * 130_000, ["corpus/lines.md", "130,000 lines, more than 120,000", "split it"]),
    "quotes": (b"# T\n\n" + b">" * 5000 + b" a", ["corpus/quotes.md:3", "too deeply", "less deep"]),
    "lists": (
        b"# T\n\n" + b"".join(b"  " * n + b"- a\n" for n in range(300)),
        ["corpus/lists.md:", "too deeply"],
    ),
    "rows": (b"|a|\n|-|\n" + b"|1|\n" * 50_000, ["corpus/rows.md", "50000 passages", "split it"]),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_guide_is_refused_with_place_problem_and_remedy(guides_in, name):
    content, words = BROKEN[name]
    with pytest.raises(CorpusError) as caught:
        load_guides(guides_in(**{name: content}))
    for word in words:
        assert word in str(caught.value)


def test_all_broken_guides_are_told_at_once(guides_in):
    names = ("latin", "list", "bracket")
    with pytest.raises(CorpusError) as caught:
        load_guides(guides_in(**{name: BROKEN[name][0] for name in names}))
    assert len(caught.value.problems) == len(names)


def test_the_guides_beside_a_broken_one_can_still_be_read(guides_in):
    guides, refused = read_guides(guides_in(latin=BROKEN["latin"][0], good="# Good\n"))
    assert ([g.id for g in guides], [e.file for e in refused]) == (["good"], ["corpus/latin.md"])


def test_a_folder_that_is_missing_is_named(tmp_path):
    with pytest.raises(CorpusError, match="there is no such folder"):
        load_guides(tmp_path / "nowhere")


def test_a_folder_without_guides_says_what_to_put_there(tmp_path):
    with pytest.raises(CorpusError, match=r"holds no guide; put at least one file into it \(Markdown, HTML"):
        load_guides(tmp_path)


def test_two_files_with_one_id_are_refused(guides_in):
    folder = guides_in(twin="# A\n")
    (folder / "twin.txt").write_text("B\n")
    guides, refused = read_guides(folder)
    assert [guide.file for guide in guides] == ["corpus/twin.md"]
    assert "corpus/twin.txt: has the same id 'twin' as corpus/twin.md; rename" in str(refused[0])


def test_a_folder_named_like_a_guide_is_a_problem_with_a_name(guides_in):
    folder = guides_in(good="# Good\n")
    (folder / "odd.md").mkdir()
    guides, refused = read_guides(folder)
    assert len(guides) == 1
    assert "corpus/odd.md: cannot be read (it is no regular file)" in str(refused[0])


def test_a_pipe_named_like_a_guide_is_refused_and_not_waited_for(guides_in):
    folder = guides_in(good="# Good\n")
    os.mkfifo(folder / "pipe.md")
    assert "corpus/pipe.md: cannot be read" in str(read_guides(folder)[1][0])


def test_a_file_too_large_for_any_guide_is_refused_unread(guides_in):
    folder = guides_in(good="# Good\n")
    with (folder / "vast.md").open("wb") as file:
        file.truncate(10**12)
    assert "1,000,000,000,000 bytes long" in str(read_guides(folder)[1][0])


def test_questions_of_a_guide_that_was_refused_are_left_out_with_it(guides_in):
    asked = "questions: broken\npassages:\n  - {section: broken, passage: x, asks: [why?]}\n"
    folder = guides_in(good="# Good\n", broken=b"\xff", broken_questions=asked)
    guides, refused = read_guides(folder)
    assert load_questions(folder, guides, {error.guide for error in refused}) == ()
