from pathlib import Path

import pytest

from corpus import load_guides, read_guides, sentence_spans, to_reading
from corpus.assemble_guide import line_of

GUIDE = """---
title: Kettles
version: "3"
date: 2026-01-02
sources:
  - id: src1
    title: Kettle manual
    author: Acme
    url: https://example.org/manual
---

# Kettles and pots

A kettle boils water. [src1]

## Limits

| Limit | Value | Applies to |
|---|---|---|
| **Volume** | 2 litres [src1] | kettles \\| pots |
| Heat | 100 °C | |

The safe order is:

1. Fill it.
2. Close the lid, namely
   - the *outer* lid,
   - the inner lid.

   Wait for the click.

## Choosing

Follow the tree.

```
START
├── Many people?
│   └── YES → pot
└── NO → kettle
```

Then run `boil`:

```sh
boil --now
```
"""


def read(guides_in, text, name="kettles"):
    (guide,) = load_guides(guides_in(**{name: text}))
    return guide


def passages(guide):
    return [passage for section in guide.sections for passage in section.passages]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_each_passage_is_exactly_its_span_whatever_ends_the_lines(guides_in, ends):
    guide = read(guides_in, GUIDE.replace("\n", ends))
    found = passages(guide)
    assert [p.kind for p in found] == [
        "prose",
        "row",
        "row",
        "prose",
        "item",
        "item",
        "item",
        "item",
        "prose",
        "prose",
        "tree",
        "prose",
        "code",
    ]
    assert all(guide.text[p.start : p.end] == p.text for p in found)


def test_front_matter_is_metadata_and_never_text(guides_in):
    guide = read(guides_in, GUIDE)
    assert (guide.meta.title, guide.meta.version, guide.meta.date) == ("Kettles", "3", "2026-01-02")
    assert guide.meta.sources["src1"].title == "Kettle manual"
    assert not any("Acme" in passage.text for passage in passages(guide))


def test_the_first_heading_is_the_title_and_names_the_top_section(guides_in):
    guide = read(guides_in, GUIDE)
    assert guide.title == "Kettles and pots"
    assert [section.id for section in guide.sections] == ["kettles", "kettles#limits", "kettles#choosing"]
    assert guide.sections[1].heading == ("Kettles and pots", "Limits")


def test_a_section_holds_its_own_text_and_not_that_of_the_headings_below(guides_in):
    guide = read(guides_in, "# T\n\n## A\n\none\n\n### B\n\ntwo\n")
    assert [guide.text[s.start : s.end].split() for s in guide.sections] == [
        ["#", "T"],
        ["##", "A", "one"],
        ["###", "B", "two"],
    ]


def test_a_table_row_reads_as_a_sentence_with_its_column_headings(guides_in):
    row, bare = (p for p in passages(read(guides_in, GUIDE)) if p.kind == "row")
    assert row.reading == "Volume: Value 2 litres; Applies to kettles | pots"
    assert row.text == "**Volume** | 2 litres [src1] | kettles \\| pots"
    assert row.cells == (("Limit", "Volume"), ("Value", "2 litres"), ("Applies to", "kettles | pots"))
    assert row.marks == ("src1",)
    assert bare.reading == "Heat: Value 100 °C"


def test_a_list_item_knows_the_words_that_introduce_it(guides_in):
    items = [p for p in passages(read(guides_in, GUIDE)) if p.kind == "item"]
    assert [(p.text, p.lead) for p in items] == [
        ("Fill it.", "The safe order is:"),
        ("Close the lid, namely", "The safe order is:"),
        ("the *outer* lid,", "Close the lid, namely"),
        ("the inner lid.", "Close the lid, namely"),
    ]
    assert items[2].reading == "the outer lid,"


def test_a_further_paragraph_of_an_item_is_led_by_the_item(guides_in):
    found = next(p for p in passages(read(guides_in, GUIDE)) if p.text == "Wait for the click.")
    assert (found.kind, found.lead) == ("prose", "Close the lid, namely")


def test_code_is_one_passage_without_its_fences_led_by_the_paragraph_before(guides_in):
    tree, code = (p for p in passages(read(guides_in, GUIDE)) if p.kind in {"tree", "code"})
    assert tree.text.startswith("START\n├──")
    assert tree.text.endswith("└── NO → kettle")
    assert (code.text, code.lead) == ("boil --now", "Then run boil:")


def test_headings_of_the_same_name_are_told_apart_by_the_heading_above(guides_in):
    text = "# T\n\n## A\n\n### Use\n\nx\n\n## B\n\n### Use\n\ny\n\n## C\n\n## C\n"
    ids = [section.id for section in read(guides_in, text, "g").sections]
    assert ids == ["g", "g#a", "g#a/use", "g#b", "g#b/use", "g#c", "g#c-2"]


def test_equal_passages_of_a_section_have_ids_of_their_own(guides_in):
    found = passages(read(guides_in, "# T\n\n- same\n- same\n"))
    assert found[1].id == f"{found[0].id}-2"


def test_letters_of_any_script_stay_in_ids(guides_in):
    guide = read(guides_in, "# T\n\n## Größe & Maß\n\nx\n\n## שלום\n\nטקסט קצר.\n", "g")
    assert [section.id for section in guide.sections] == ["g", "g#grösse-mass", "g#שלום"]


def test_a_long_paragraph_becomes_groups_of_at_most_three_sentences(guides_in):
    text = " ".join(f"Sentence number {n} stands here, e.g. for v1.{n}.2 of it. [src1]" for n in range(5))
    found = passages(read(guides_in, f"# T\n\n{text}\n"))
    assert [p.text.count("Sentence") for p in found] == [2, 3]
    assert all(p.text.endswith("[src1]") for p in found)


def test_sentences_do_not_end_within_code_or_before_their_marks():
    text = "Call `a. B` now. It works. [src1] Fine."
    assert [text[a:b] for a, b in sentence_spans(text)] == [
        "Call `a. B` now.",
        "It works. [src1]",
        "Fine.",
    ]


@pytest.mark.parametrize(
    ("source", "reading"),
    [
        ("**Bold** and *it* and `c*d`", "Bold and it and c*d"),
        ("see [the page](https://example.org/a_b) now", "see the page now"),
        ("a [src1] b [src2, src3].", "a b."),
        ("one\n  two", "one two"),
        ("a<br>b <em>c</em> &amp; d", "a b c & d"),
        ("half **of a pair", "half of a pair"),
        ("snake_case_name and 2 * 3", "snake_case_name and 2 * 3"),
        ("\x00bell\x07", "bell"),
    ],
)
def test_reading_is_what_a_person_reads(source, reading):
    assert to_reading(source) == reading


def test_a_quotation_reads_without_its_signs(guides_in):
    (found,) = passages(read(guides_in, "# T\n\n> one\n> two\n"))
    assert (found.text, found.reading) == ("one\n> two", "one two")


def test_comments_are_no_text_and_other_html_reads_without_tags(guides_in):
    found = passages(read(guides_in, "# T\n\n<!-- for machines\n\nonly -->\n\n<p>Hello <b>you</b></p>\n"))
    assert [p.reading for p in found] == ["Hello you"]


def test_lines_count_whatever_ends_them():
    assert [line_of("a\r\nb\rc\nd", place) for place in (0, 1, 2, 3, 5, 7)] == [1, 1, 1, 2, 3, 4]


def test_guides_come_in_the_order_of_their_paths_and_hidden_folders_are_no_guides(guides_in):
    folder = guides_in(b="# B\n", a="# A\n")
    for hidden in (".git", "deep"):
        (folder / hidden).mkdir()
        (folder / hidden / "c.md").write_text("# C\n")
    guides = load_guides(folder)
    assert [(g.id, g.file) for g in guides] == [
        ("a", "corpus/a.md"),
        ("b", "corpus/b.md"),
        ("deep/c", "corpus/deep/c.md"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "x " * 1_900_000,
        "[" * 1_000_000,
        "<!--" * 100_000,
        "`a``b" * 100_000,
        "A b. " * 100_000,
        ">" * 50_000 + " a",
        "".join("  " * n + "- a\n" for n in range(300)),
        "|" + "a|" * 2000 + "\n|" + "-|" * 2000 + "\n" + "|1" * 2000 + "\n",
        "\x00\x01\x02 a\x0b b\x0c c\x85 d\u2028 e\n\n- \x00\n",
    ],
    ids=["line", "brackets", "comments", "ticks", "sentences", "quotes", "nested", "wide", "controls"],
)
def test_hostile_text_is_read_or_refused_by_name(guides_in, text):
    guides, refused = read_guides(guides_in(hostile=text, good="# Good\n\nStill here.\n"))
    assert "good" in [guide.id for guide in guides]
    assert all(error.file == "corpus/hostile.md" for error in refused)
    for guide in guides:
        for passage in passages(guide):
            assert guide.text[passage.start : passage.end] == passage.text


def test_the_bundled_guides_read_whole():
    guides = load_guides(Path(__file__).parent.parent / "corpus")
    assert len({p.id for g in guides for p in passages(g)}) == sum(len(passages(g)) for g in guides)
