import pytest

from corpus import CitationError, cite, cite_passage, load_guides

TEXT = "# Pots\n\nPots hold 2 litres.\n\n## Care\n\n- Wash them by hand.\n- Pots hold heat.\n"


@pytest.fixture
def guides(guides_in):
    return load_guides(guides_in(pots=TEXT, pans="# Pans\n\nPans are flat.\n"))


def test_words_are_cited_in_their_place(guides):
    cited = cite(guides, "pots#care", "by hand")
    assert TEXT[cited.start : cited.end] == cited.quote == "by hand"
    assert (cited.file, cited.line, cited.heading) == ("corpus/pots.md", 7, ("Pots", "Care"))


def test_a_passage_is_cited_whole(guides):
    passage = guides[-1].sections[1].passages[1]
    cited = cite_passage(guides, passage)
    assert (cited.quote, cited.line, cited.start) == ("Pots hold heat.", 8, passage.start)


def test_words_of_a_converted_guide_are_cited_without_a_line(guides_in):
    folder = guides_in()
    (folder / "pots.html").write_text("<h1>Pots</h1>\n<p>Pots hold 2 litres.</p>")
    cited = cite(load_guides(folder), "pots", "2 litres")
    assert (cited.file, cited.line) == ("corpus/pots.html", 0)


def test_a_part_of_a_passage_has_the_sources_of_the_passage(guides_in):
    text = "---\nsources:\n  src1: {title: The manual}\n---\n\n# Pots\n\nPots hold 2 litres. [src1, src9]\n"
    (reference,) = cite(load_guides(guides_in(pots=text)), "pots", "2 litres").references
    assert (reference.id, reference.title) == ("src1", "The manual")


def test_a_footnote_of_a_guide_is_the_source_of_the_words_that_it_marks(guides_in):
    text = "# Pots\n\nPots hold 2 litres.[^a]\n\n[^a]: The *manual*, page 3\n"
    (reference,) = cite(load_guides(guides_in(pots=text)), "pots", "2 litres").references
    assert (reference.id, reference.title) == ("a", "The manual, page 3")


def test_words_that_differ_by_one_character_do_not_resolve_and_the_nearest_are_named(guides):
    with pytest.raises(CitationError, match="does not stand in 'pots#care'") as caught:
        cite(guides, "pots#care", "Wash them by  hand.")
    assert caught.value.nearest == "Wash them by hand."
    assert "Wash them by hand." in str(caught.value)


def test_words_of_another_section_are_sent_there(guides):
    with pytest.raises(CitationError, match="does in 'pans'; cite that section"):
        cite(guides, "pots#care", "Pans are flat.")


def test_an_unknown_section_is_answered_with_the_nearest_one(guides):
    with pytest.raises(CitationError, match="did you mean 'pots#care'"):
        cite(guides, "pots#car", "by hand")


def test_nothing_cannot_be_cited(guides):
    with pytest.raises(CitationError, match="empty quote"):
        cite(guides, "pots", "  ")


def test_a_passage_of_another_state_of_the_guide_does_not_resolve(guides, guides_in):
    old = guides[-1].sections[1].passages[0]
    changed = load_guides(guides_in(pots=TEXT.replace("2 litres", "12 litres")))
    with pytest.raises(CitationError):
        cite_passage(changed, old)
