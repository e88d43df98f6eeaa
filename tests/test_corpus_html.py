from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from corpus import load_guides, read_guides
from corpus.convert_html import convert_html
from corpus.errors import GuideError
from corpus.read_markdown import read_markdown

PAGE = """<!DOCTYPE html>
<html><head><title>Kettles | Pots and more</title>
<meta property="article:modified_time" content="2026-01-02">
<style>p { color: red }</style><script>var hidden = "<p>script words</p>";</script></head>
<body>
<header class="site-header"><a href="/">Pots and more</a> <input placeholder="Search"></header>
<nav><ul><li><a href="/a">Navigation words</a></li></ul></nav>
<div id="cookie-banner">We use cookies. <button>Accept</button></div>
<main>
  <h1>Kettles and pots</h1>
  <div class="breadcrumbs">Home / Kettles</div>
  <p>A kettle boils
     water &amp; more. [<a href="https://example.org/manual">src1</a>]</p>
  <aside>Aside words</aside>
  <h2>Limits</h2>
  <table>
    <thead><tr><th>Limit</th><th>Value</th><th>Applies to</th></tr></thead>
    <tbody>
      <tr><td><b>Volume</b></td><td>2 litres</td><td>kettles | pots</td></tr>
      <tr><td>Heat</td><td colspan="2">100 °C</td></tr>
    </tbody>
  </table>
  <h2>Order</h2>
  <p>The safe order is:</p>
  <ol start="3"><li>Fill it.</li><li>Close <em>both</em> lids:
    <ul><li>the outer lid,</li><li>the inner lid.</li></ul></li></ol>
  <dl><dt>Boiling</dt><dd>What water does at 100 °C.</dd></dl>
  <pre><code>boil --now
  # not a heading
</code></pre>
</main>
<footer>Footer words</footer>
</body></html>
"""


@pytest.fixture
def page_in(tmp_path):
    def write(page, name="kettles.html"):
        folder = tmp_path / "pack" / "corpus"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(page if isinstance(page, bytes) else page.encode())
        (guide,) = load_guides(folder)
        return guide

    return write


def passages(guide):
    return [passage for section in guide.sections for passage in section.passages]


def readings(guide):
    return [passage.reading for passage in passages(guide)]


def body(page):
    return f"<html><body><main><h1>T</h1>{page}</main></body></html>"


def test_a_page_gives_its_content_and_nothing_around_it(page_in):
    guide = page_in(PAGE)
    assert readings(guide) == [
        "A kettle boils water & more.",
        "Volume: Value 2 litres; Applies to kettles | pots",
        "Heat: Value 100 °C; Applies to 100 °C",
        "The safe order is:",
        "Fill it.",
        "Close both lids:",
        "the outer lid,",
        "the inner lid.",
        "Boiling: What water does at 100 °C.",
        "boil --now\n  # not a heading",
    ]


def test_the_headings_of_a_page_are_sections_with_lasting_ids(page_in):
    guide = page_in(PAGE)
    assert (guide.form, guide.title, guide.meta.date) == ("html", "Kettles and pots", "2026-01-02")
    assert [section.id for section in guide.sections] == ["kettles", "kettles#limits", "kettles#order"]


def test_a_link_that_is_a_reference_mark_is_resolved_to_where_it_leads(page_in):
    guide = page_in(PAGE)
    assert passages(guide)[0].marks == ("src1",)
    assert guide.meta.sources["src1"].url == "https://example.org/manual"


def test_a_footnote_of_a_page_is_resolved_to_its_words(page_in):
    note = '<p>Hot.<sup><a href="#n1">[1]</a></sup></p><ol><li id="n1">The manual, page 3</li></ol>'
    guide = page_in(body(note))
    assert (passages(guide)[0].reading, passages(guide)[0].marks) == ("Hot.", ("1",))
    assert guide.meta.sources["1"].title == "The manual, page 3"


def test_items_keep_the_numbers_that_a_browser_shows(page_in):
    assert "3. Fill it." in page_in(PAGE).text
    assert "4. Close *both* lids:" in page_in(PAGE).text


def test_a_nested_list_is_led_by_its_item(page_in):
    found = next(p for p in passages(page_in(PAGE)) if p.reading == "the outer lid,")
    assert (found.kind, found.lead) == ("item", "Close both lids:")


def test_a_table_without_headings_keeps_its_rows_and_names_no_column(page_in):
    guide = page_in(body("<table><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>"))
    assert [p.cells for p in passages(guide)] == [(("", "a"), ("", "1")), (("", "b"), ("", "2"))]


def test_a_cell_that_spans_rows_stands_in_each_of_them(page_in):
    table = (
        "<table><tr><th>Pot</th><th>Size</th></tr>"
        "<tr><td rowspan=2>Big</td><td>5 l</td></tr><tr><td>6 l</td></tr></table>"
    )
    assert readings(page_in(body(table))) == ["Big: Size 5 l", "Big: Size 6 l"]


def test_a_table_that_only_places_things_is_no_table(page_in):
    guide = page_in(body("<table><tr><td><h2>Left</h2><p>One.</p></td><td><p>Two.</p></td></tr></table>"))
    assert readings(guide) == ["One.", "Two."]
    assert guide.sections[1].heading[-1] == "Left"


@pytest.mark.parametrize(
    "words",
    [
        "1. is no list",
        "- is no list",
        "# is no heading",
        "> is no quotation",
        "a * b * c and snake_case_name",
        "_not_ emphasis",
        "if a <b and b> c",
        "a `tick` and a \\ backslash",
        "array[0](x) and &amp; as &lt;",
        "| no | table |",
        "--- and ===",
    ],
)
def test_plain_words_of_a_page_never_become_markdown(page_in, words):
    from html import escape

    guide = page_in(body(f"<p>{escape(words)}</p>"))
    assert [(p.kind, p.reading) for p in passages(guide)] == [("prose", words)]


def test_words_right_below_a_block_never_become_markdown(page_in):
    guide = page_in(body("<div><p>one</p>- two</div><div>three<br>4. four</div>"))
    assert [(p.kind, p.reading) for p in passages(guide)] == [
        ("prose", "one"),
        ("prose", "- two"),
        ("prose", "three 4. four"),
    ]


def test_unclosed_tags_are_read_as_a_browser_reads_them(page_in):
    guide = page_in(body("<ul><li>one<li>two</ul><p>three<p>four<table><tr><td>a<td>1<tr><td>b<td>2</table>"))
    assert readings(guide) == ["one", "two", "three", "four", "a: 1", "b: 2"]


def test_a_page_without_a_main_part_is_read_whole(page_in):
    guide = page_in("<body><h1>Pots</h1><p>Two litres.</p><nav>Menu</nav></body>")
    assert (guide.title, readings(guide)) == ("Pots", ["Two litres."])


@pytest.mark.parametrize("guide", load_guides(Path(__file__).parent.parent / "corpus"), ids=lambda g: g.id)
def test_a_guide_reads_the_same_as_markdown_and_as_the_page_made_of_it(guide):
    made = MarkdownIt("commonmark").enable("table").render(guide.text[guide.sections[0].start :])
    page = f"<body><nav>Menu</nav><main>{made}</main><footer>Legal</footer></body>"
    again = read_markdown(convert_html(page, guide.file), guide.id, guide.path, guide.file, "html")
    assert [(p.section, p.kind, p.reading, p.cells, p.lead) for p in passages(again)] == [
        (p.section, p.kind, p.reading, p.cells, p.lead) for p in passages(guide)
    ]


def test_content_about_cookies_and_menus_is_content(page_in):
    guide = page_in(
        body(
            '<section id="cookie-consent"><h2 id="sidebar">Consent</h2><p>Ask first.</p></section>'
            '<div class="menu-planning"><p>Plan meals.</p></div><p id="market-share">Half.</p>'
            '<div class="cookie-notice">We use cookies.</div><ul class="share-buttons"><li>Share</li></ul>'
        )
    )
    assert readings(guide) == ["Ask first.", "Plan meals.", "Half."]


def test_a_page_within_one_form_is_read_and_a_search_form_is_not(page_in):
    guide = page_in(
        "<body><form><h1>Pots</h1><p>Two litres.</p></form><form>Search <input> here <button>Go</button></form>"
    )
    assert readings(guide) == ["Two litres."]


def test_right_to_left_words_stay_in_their_order(page_in):
    guide = page_in(body('<h2 dir="rtl">מגבלות</h2><p dir="rtl">הנפח הוא 2 ליטר.</p>'))
    assert readings(guide) == ["הנפח הוא 2 ליטר."]
    assert guide.sections[1].id == "kettles#מגבלות"


def test_a_page_in_the_characters_that_it_declares_is_read(page_in):
    page = '<html><head><meta charset="iso-8859-1"></head><body><h1>Thé</h1><p>Trop chaud à boire.</p>'
    assert readings(page_in(page.encode("cp1252"))) == ["Trop chaud à boire."]


def test_the_same_page_is_always_converted_to_the_same_markdown():
    assert convert_html(PAGE, "f") == convert_html(PAGE, "f")


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<div>" * 3000 + "x", "nests its tags 3000 deep"),
        ("<b>" * 3000 + "x", "nests its tags"),
        ("<br>" * 160_000, "160,000 tags"),
        ("x" * 4_100_000, "characters long"),
    ],
)
def test_a_page_that_is_no_guide_is_refused_by_name_and_the_rest_is_read(tmp_path, page, words):
    (tmp_path / "hostile.html").write_text(page)
    (tmp_path / "good.md").write_text("# Good\n")
    guides, refused = read_guides(tmp_path)
    assert [guide.id for guide in guides] == ["good"]
    assert words in str(refused[0])
    assert "; " in str(refused[0])


NAMES = "p div li ul ol h2 h3 table tr td th b em code pre blockquote dl dt dd a span br sup nav main"
TAGS = st.sampled_from(NAMES.split())
TEXT = st.text(alphabet="ab1.-#*_`|<>&[]() \n\u05d0é\\", max_size=12)


def element(children):
    return st.builds(lambda t, inner: f"<{t}>{''.join(inner)}</{t}>", TAGS, st.lists(children, max_size=4))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.recursive(TEXT, element, max_leaves=12), max_size=6).map("".join))
def test_every_passage_of_any_page_is_its_span(page):
    try:
        text = convert_html(page, "g.html")
        guide = read_markdown(text, "g", Path("g.html"), "g.html", "html")
    except GuideError:
        return
    for passage in passages(guide):
        assert guide.text[passage.start : passage.end] == passage.text
        assert passage.reading
