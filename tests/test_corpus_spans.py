from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import cite_passage
from corpus.errors import GuideError
from corpus.read_markdown import read_markdown

WORDS = st.sampled_from(
    [
        "a",
        "Flow",
        "30 s.",
        "**b**",
        "`c|d`",
        "[x](y)",
        "[src1]",
        "e.g.",
        "\\|",
        "*",
        "<br>",
        "“q”",
        "é",
        "1.",
        "-",
        "x_y",
    ]
)
LINE = st.lists(WORDS, max_size=8).map(" ".join)
BLOCK = st.one_of(
    st.builds("{} {}".format, st.sampled_from(["#", "##", "###"]), LINE),
    st.lists(LINE, min_size=1, max_size=4).map("\n".join),
    st.lists(
        st.builds(
            "{}{} {}".format, st.sampled_from(["", "  ", "    "]), st.sampled_from(["-", "1.", ">"]), LINE
        ),
        min_size=1,
        max_size=5,
    ).map("\n".join),
    st.lists(st.builds("| {} | {} |".format, LINE, LINE), max_size=3).map(
        lambda rows: "\n".join(["| a | b |", "|---|---|", *rows])
    ),
    st.builds("```\n{}\n```".format, st.lists(LINE, max_size=4).map("\n".join)),
    st.text(max_size=30),
)
GUIDES = st.builds(
    lambda blocks, end: end.join("\n\n".join(blocks).split("\n")),
    st.lists(BLOCK, max_size=8),
    st.sampled_from(["\n", "\r\n", "\r"]),
)


def spans_hold(text):
    try:
        guide = read_markdown(text, "g", Path("g.md"), "corpus/g.md")
    except GuideError:
        return
    ends = [section.end for section in guide.sections]
    assert [section.start for section in guide.sections[1:]] == ends[:-1]
    assert ends[-1] == len(text)
    ids = [section.id for section in guide.sections]
    assert len(set(ids)) == len(ids)
    for section in guide.sections:
        for passage in section.passages:
            assert guide.text[passage.start : passage.end] == passage.text
            assert section.start <= passage.start < passage.end <= section.end
            assert passage.text == passage.text.strip() or passage.kind in {"code", "tree"}
            assert passage.reading
            assert cite_passage([guide], passage).quote == passage.text


@settings(max_examples=400, deadline=None)
@given(GUIDES)
def test_every_passage_of_generated_guides_is_its_span(text):
    spans_hold(text)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab \n\r\t#-*>|`~_[](){}<!&\\1.:+=\"'\x00é", max_size=120))
def test_every_passage_of_any_text_is_its_span(text):
    spans_hold(text)
