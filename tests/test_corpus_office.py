import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from corpus import read_guides
from corpus.convert_office import convert_office
from corpus.errors import GuideError
from corpus.office_markdown import pdf_markdown, word_markdown

ROOT = Path(__file__).parent.parent
WORD = """<?xml version="1.0" encoding="UTF-8"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Kettles</w:t></w:r></w:p>
<w:p><w:r><w:t>A kettle boils water.</w:t></w:r></w:p>
<w:tbl>
<w:tr><w:tc><w:p><w:r><w:t>Limit</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Value</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>Volume</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>2 litres</w:t></w:r></w:p></w:tc></w:tr>
</w:tbl></w:body></w:document>"""
STYLES = """<?xml version="1.0" encoding="UTF-8"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>"""


def word(document=WORD):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", document)
        archive.writestr("word/styles.xml", STYLES)
    return held.getvalue()


def pdf(*pages):
    """A PDF whose pages hold their (size, words), each in a paragraph of its own from the top down."""
    font = 3 + 2 * len(pages)
    kids = " ".join(f"{3 + 2 * place} 0 R" for place in range(len(pages)))
    parts = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>"]
    for place, lines in enumerate(pages):
        drawn = "\n".join(
            f"BT /F1 {size} Tf 72 {760 - 60 * row} Td ({words}) Tj ET"
            for row, (size, words) in enumerate(lines)
        )
        resources = f"/Contents {4 + 2 * place} 0 R /Resources << /Font << /F1 {font} 0 R >> >>"
        parts.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] {resources} >>")
        parts.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    parts.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    held, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(held))
        held += f"{number} 0 obj\n{part}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}"
    tail = f"trailer << /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{len(held)}\n%%EOF\n"
    return held + (head + tail).encode()


@pytest.fixture(autouse=True)
def own_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("GROUNDRULE_CACHE", str(tmp_path / "cache"))


def test_a_word_file_becomes_headings_paragraphs_and_tables():
    text = word_markdown(word())
    assert "# Kettles\n\nA kettle boils water." in text
    assert "| Volume | 2 litres |" in text


def test_a_line_set_larger_in_a_pdf_is_a_heading_and_the_rest_paragraphs():
    text = pdf_markdown(
        pdf(
            [
                (24, "Kettles"),
                (11, "A kettle boils water at sea level."),
                (16, "Limits"),
                (11, "1. is no list"),
            ]
        )
    )
    assert text == "# Kettles\n\nA kettle boils water at sea level.\n\n## Limits\n\n1\\. is no list\n"


def test_the_line_that_runs_along_the_edge_of_all_pages_is_no_text():
    text = pdf_markdown(
        pdf(*([(9, f"Pot book, page {n}"), (11, f"Pot {n} holds soup.")] for n in range(1, 5)))
    )
    assert "page" not in text
    assert text.count("holds soup.") == 4


def test_guides_in_word_and_pdf_are_read_beside_the_others(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "kettles.docx").write_bytes(word())
    (folder / "pots.pdf").write_bytes(pdf([(24, "Pots"), (11, "A pot holds five litres of soup.")]))
    guides, refused = read_guides(folder)
    assert not refused
    assert [(guide.id, guide.title, guide.form) for guide in guides] == [
        ("kettles", "Kettles", "word"),
        ("pots", "Pots", "pdf"),
    ]
    assert guides[1].sections[0].passages[0].reading == "A pot holds five litres of soup."


def test_a_file_is_converted_once(tmp_path):
    held = word()
    first = convert_office(held, "word", "f")
    (kept,) = (tmp_path / "cache" / "converted").iterdir()
    kept.write_text("from the cache")
    assert first != "from the cache"
    assert convert_office(held, "word", "f") == "from the cache"


@pytest.mark.parametrize(
    ("held", "form", "words"),
    [
        (b"%PDF-1.4 nothing more", "pdf", "is no PDF file that can be read"),
        (b"no archive", "word", "is no Word file that can be read"),
        (word()[:-40], "word", "is no Word file that can be read"),
        (pdf([]), "pdf", "it holds no text, only pictures of it"),
    ],
)
def test_a_file_that_cannot_be_converted_is_refused_with_the_reason(held, form, words):
    with pytest.raises(GuideError) as caught:
        convert_office(held, form, "corpus/f")
    assert words in str(caught.value)
    assert str(caught.value).startswith("corpus/f: ")


def test_without_the_extra_the_command_that_installs_it_is_named(tmp_path):
    (tmp_path / "kettles.docx").write_bytes(word())
    (tmp_path / "good.md").write_text("# Good\n")
    # In a process of its own, in which the library cannot be imported.
    program = (
        "import sys; from pathlib import Path; sys.modules['mammoth'] = None\n"
        "from corpus import read_guides\n"
        "guides, refused = read_guides(Path(sys.argv[1])); print([g.id for g in guides], refused[0])"
    )
    told = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "['good']" in told.stdout
    assert 'pip install "groundrule[office]"' in told.stdout
