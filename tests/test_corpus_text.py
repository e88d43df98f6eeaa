from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import load_guides
from corpus.errors import GuideError
from corpus.read_text import read_text

PASTED = """Kettles and pots
Key limit: A kettle holds two litres of water and not a drop more, whatever its maker says.
Limits
Limit
Value
Volume
2 litres
Heat
100 degrees
# In the shop:
1. Fill it.
2. Close the lids:
- the outer lid
- the inner lid
3. Wait.
START
+-- Many people?
| +-- YES --> pot
| +-- NO --> kettle
# boil it
kettle boil \\
--now \\
--quiet
Done. [src1]
"""


def read(text):
    return read_text(text, "kettles", Path("kettles.txt"), "corpus/kettles.txt")


def passages(guide):
    return [passage for section in guide.sections for passage in section.passages]


def told(text):
    return [(p.kind, p.reading) for p in passages(read(text))]


def test_cells_without_a_table_stay_lines_of_their_own(guides_in):
    lines = [reading for _, reading in told(PASTED)]
    assert lines[1:7] == ["Limits", "Limit", "Value", "Volume", "2 litres", "Heat"]
    assert not any(p.cells or p.lead for p in passages(read(PASTED))[:8])


def test_a_line_that_is_no_sentence_is_told_apart_from_prose():
    kinds = dict(reversed(pair) for pair in told(PASTED))
    assert kinds["2 litres"] == kinds["Heat"] == "line"
    assert kinds["Done."] == "prose"


def test_what_the_lines_show_for_certain_is_structure():
    assert told(PASTED)[8:] == [
        ("prose", "# In the shop:"),
        ("item", "Fill it."),
        ("item", "Close the lids:"),
        ("item", "the outer lid"),
        ("item", "the inner lid"),
        ("item", "Wait."),
        ("tree", "START\n+-- Many people?\n| +-- YES --> pot\n| +-- NO --> kettle"),
        ("code", "# boil it\nkettle boil \\\n--now \\\n--quiet"),
        ("prose", "Done."),
    ]


def test_an_item_is_led_by_what_introduces_its_own_list():
    leads = {p.reading: p.lead for p in passages(read(PASTED)) if p.kind == "item"}
    assert leads["the inner lid"] == "Close the lids:"
    assert leads["Wait."] == leads["Fill it."] == "# In the shop:"


def test_a_number_sign_in_plain_text_is_no_heading():
    assert len(read(PASTED).sections) == 1
    assert read(PASTED).title == "Kettles and pots"


def test_spans_and_lines_count_in_the_file_itself(guides_in):
    folder = guides_in()
    (folder / "kettles.txt").write_bytes(PASTED.replace("\n", "\r\n").encode())
    (guide,) = load_guides(folder)
    from corpus import cite

    cited = cite([guide], "kettles", "2 litres")
    assert (cited.file, cited.line, guide.form) == ("corpus/kettles.txt", 7, "text")
    assert guide.text == PASTED.replace("\n", "\r\n")


def test_headings_are_read_only_where_the_text_marks_them():
    text = (
        "Pots\n====\n\nAbout pots.\n\nBig ones\n--------\n\nFive litres.\n\nUSE AND CARE\n\nRinse it.\n\n"
        "2.1 Drying\n\nWith a towel.\n\nPerhaps a heading\n\nPerhaps not.\n"
    )
    guide = read(text)
    assert [section.heading for section in guide.sections] == [
        ("Pots",),
        ("Pots", "Big ones"),
        ("Pots", "USE AND CARE"),
        ("Pots", "USE AND CARE", "2.1 Drying"),
    ]
    assert [p.reading for p in guide.sections[3].passages][1:] == ["Perhaps a heading", "Perhaps not."]


def test_cells_set_apart_by_tabs_are_rows_without_column_names():
    guide = read("Pots\n\nVolume\t2 litres\tkettles\nHeat\t100 degrees\t\n\nA\tlone tab\n")
    rows = [p for p in passages(guide) if p.kind == "row"]
    assert [row.cells for row in rows] == [
        (("", "Volume"), ("", "2 litres"), ("", "kettles")),
        (("", "Heat"), ("", "100 degrees"), ("", "")),
    ]
    assert passages(guide)[-1].kind == "line"


def test_a_paragraph_wrapped_by_hand_is_one_passage():
    text = (
        "Pots\n\nA pot that is made of copper and lined\nwith tin carries heat better than one of\n"
        "steel, at a price.\n\nRinse it, dry it, and keep it where no\nwater stands.\n\n- one\n- two\n"
    )
    assert [reading for _, reading in told(text)] == [
        "A pot that is made of copper and lined with tin carries heat better than one of steel, at a price.",
        "Rinse it, dry it, and keep it where no water stands.",
        "one",
        "two",
    ]


def test_a_first_line_that_begins_a_sentence_is_no_title():
    assert read("Water boils at 100 degrees.\nMore.\n").title == "kettles"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "\x00\n",
        "a" * 200_000,
        "- " * 50_000,
        "a\tb\n" * 9_000,
        "+--\n" * 30_000,
        "x \\\n" * 30_000,
    ],
    ids=["empty", "blank", "null", "line", "bullets", "tabs", "tree", "backslashes"],
)
def test_hostile_text_is_read(text):
    guide = read(text)
    assert all(guide.text[p.start : p.end] == p.text for p in passages(guide))


def test_too_many_lines_are_refused_by_name():
    with pytest.raises(GuideError, match=r"corpus/kettles.txt: holds .* more than 20000; split it"):
        read("word\n" * 30_000)


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet="Ab \n\r\t#-*•|+.:1\\=_├─\x00éש", max_size=160))
def test_every_passage_of_any_text_is_its_span(text):
    try:
        guide = read(text)
    except GuideError:
        return
    assert guide.sections[-1].end == len(text)
    for section in guide.sections:
        for passage in section.passages:
            assert guide.text[passage.start : passage.end] == passage.text
            assert section.start <= passage.start < passage.end <= section.end
            assert passage.reading
