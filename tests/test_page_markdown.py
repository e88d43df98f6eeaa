import html
import re

import pytest

from assistant import open_pack
from ui.render_markdown import answer_html, is_row, plain_html, section_html, words_html

ALLOWED = re.compile(
    r"</?(?:p|br|hr|strong|em|s|code|pre|ul|ol|li|blockquote|table|thead|tbody|tr|th|td|mark)(?: ?/)?>"
)
HOSTILE = [
    "<script>fetch('//evil.example')</script>",
    '<img src="//evil.example/x.png" onerror="alert(1)">',
    "![x](https://evil.example/x.png)",
    "[x](javascript:alert(1)) [y](https://evil.example)",
    "<https://evil.example>",
    '<svg onload="alert(1)"></svg>',
    '<a href="https://evil.example" style="background:url(//evil.example)">x</a>',
    "[1]: https://evil.example\n\n[1]",
    "`<b onmouseover=alert(1)>`",
    "```\n</code></pre><script>alert(1)</script>\n```",
    "| a | b |\n|---|---|\n| <iframe src=//evil.example> | x |",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<!-- --><style>@import url(//evil.example)</style>",
    "<div\n\nonclick=alert(1)>x</div>",
]


def highlighted(text, quote):
    start = text.index(quote)
    return section_html(text, start, start + len(quote))


def marks(shown):
    return [
        html.unescape(re.sub(r"<[^>]*>", "", found)) for found in re.findall(r"(?s)<mark>(.*?)</mark>", shown)
    ]


def test_a_quote_is_highlighted_where_it_stands():
    shown = highlighted("Before. The limit is 30 seconds. After.", "The limit is 30 seconds.")
    assert shown == "<p>Before. <mark>The limit is 30 seconds.</mark> After.</p>\n"


def test_a_quoted_table_row_is_highlighted_cell_by_cell_and_stays_a_row():
    text = "| Limit | Value |\n|---|---|\n| Run time | 30 s |\n| Size | 1 MB |\n"
    shown = highlighted(text, "| Run time | 30 s |")
    assert marks(shown) == ["Run time", "30 s"]
    assert shown.count("<tr>") == 3
    assert "|" not in shown


def test_a_quote_that_ends_in_a_long_link_is_highlighted():
    shown = highlighted(
        "| Pot | Shop |\n|---|---|\n| Big | [here](https://example.org/a/b/c/d/e/f/g/h/i/j?k=l&m=n) |\n",
        "Big | [here](https://example.org/a/b/c/d/e/f/g/h/i/j?k=l&m=n)",
    )
    assert marks(shown) == ["Big", "here"]


def test_a_number_at_the_start_of_code_is_part_of_the_highlight():
    assert marks(highlighted("Do:\n\n```\n1. Open it.\n```\n", "1. Open it.")) == ["1. Open it."]


@pytest.mark.parametrize(
    ("text", "quote", "kept"),
    [
        ("- one\n- **two** three\n- four", "- **two** three", "<li><strong><mark>two</mark></strong>"),
        ("1. first\n2. second\n", "2. second", "<ol>"),
        ("## A heading\n\nText.", "## A heading\n\nText.", "<strong><mark>A heading</mark></strong>"),
        ("Say:\n\n```bash\ncurl -v\n```\n", "```bash\ncurl -v\n```", "<pre><code><mark>curl -v</mark>"),
        ("It is _quite_ slow.", "_quite_ slow.", "<em><mark>quite</mark></em><mark> slow.</mark>"),
        ("Call `get(x)` twice.", "`get(x)` twice.", "<code><mark>get(x)</mark></code><mark> twice.</mark>"),
        ("See [the errors](errors.md) now.", "See [the errors](errors.md)", "<mark>See the errors</mark>"),
    ],
)
def test_a_highlight_leaves_the_markdown_what_it_was(text, quote, kept):
    assert kept in highlighted(text, quote)


def test_every_passage_of_the_guides_is_highlighted_whole():
    missing = []
    for guide in open_pack().guides:
        for section in guide.sections:
            text = guide.text[section.start : section.end]
            for passage in section.passages:
                shown = section_html(text, passage.start - section.start, passage.end - section.start)
                lit = re.findall(r"\w+", " ".join(marks(shown)))
                said = re.findall(r"\w+", html.unescape(words_html(passage.text)))
                if lit != said:
                    missing.append((passage.id, said, lit))
    assert not missing


def test_a_span_without_words_highlights_nothing():
    assert "<mark>" not in section_html("One. Two.", 3, 5)


def test_a_long_plain_text_is_shown_around_the_quote():
    text = "\n".join(f"line {number}" for number in range(5000))
    start = text.index("line 2500\n")
    shown = plain_html(text, start, start + len("line 2500"))
    assert marks(shown) == ["line 2500"]
    assert "line 2499<br>" in shown
    assert len(shown) < 10_000


def test_a_guide_cannot_forge_a_highlight():
    assert marks(highlighted("\ue000forged\ue001 and real", "real")) == ["real"]


def test_a_marker_becomes_the_link_of_its_citation_and_of_no_other():
    shown = answer_html("So it is [1], says [7]; `[1]` is code.", lambda n: "<a>one</a>" if n == 1 else None)
    assert shown == "<p>So it is <a>one</a>, says [7]; <code>[1]</code> is code.</p>\n"


def test_a_table_row_reads_as_its_cells():
    text = "| Limit | Value |\n|---|---|\n| Run time | **30 s** | |\nfind . | sort"
    assert is_row(text, text.index("Run"))
    assert not is_row(text, text.index("find"))
    assert words_html("Run time | **30 s** | ", row=True) == "Run time · 30 s"
    assert words_html("find . | sort") == "find . | sort"
    assert words_html("1. Order \\| bill | A*B | C*D", row=True) == "1. Order | bill · A*B · C*D"


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_but_formatting_comes_out_of_hostile_text(hostile):
    for shown in (
        answer_html(f"Before {hostile}\n\n{hostile}", lambda _: None),
        section_html(f"Before {hostile}\n\n{hostile}", 0, 400),
        words_html(hostile),
    ):
        assert not re.findall(r"<[^>]*>?", ALLOWED.sub("", shown))
