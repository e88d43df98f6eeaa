"""Several guides in one pack: which guide says what, and which guide names another."""

import pytest

from assistant import Assistant, ConversationStore
from assistant.compose_guide import chosen_passages, guide_words, name_guides
from assistant.footnotes import Footnotes
from corpus import Hit, load_guides
from ui.page_memory import Memory
from ui.page_screen import show
from ui.page_session import Desk, Session
from ui.page_words import ENGLISH

KETTLES = """---
id: kitchen/kettles/2026
title: Kettles
sources:
  - id: src1
    title: Kettle manual
    author: Acme
    published: 2025-05-01
    url: https://example.org/manual
skip_this_unit_if:
  - condition: "Reader wants to fry food in a pan, not to boil water"
    use_instead: "kitchen/pans/2026"
  - condition: "Reader wants to brew beer at home"
    use_instead: "cellar/brewing/2026"
---

# Kettles

A kettle boils two litres of water in four minutes. [src1]

A kettle must be descaled with vinegar twice a year.
"""
PANS = """---
id: kitchen/pans/2026
---

# Pans

A pan of cast iron rusts in the dishwasher.
"""


@pytest.fixture(scope="module")
def kitchen(tmp_path_factory, cache):
    folder = tmp_path_factory.mktemp("kitchen") / "pack"
    (folder / "corpus").mkdir(parents=True)
    (folder / "corpus" / "kettles.md").write_text(KETTLES)
    (folder / "corpus" / "pans.md").write_text(PANS)
    (folder / "corpus" / "broken.md").write_bytes(b"\xff")
    return Assistant.open(folder, cache=cache)


def test_a_pack_with_a_broken_guide_opens_with_the_others_and_names_it(kitchen):
    assert [guide.id for guide in kitchen.pack.guides] == ["kettles", "pans"]
    assert [str(error).split(":")[0] for error in kitchen.pack.refused] == ["corpus/broken.md"]


def test_the_page_names_a_guide_that_was_left_out(kitchen):
    memory = Memory(ConversationStore.open("sqlite://"), "page:1")
    hero = show(Desk(kitchen, ENGLISH, memory), Session()).hero
    assert "Left out, since it cannot be read: corpus/broken.md:1: is not UTF-8" in hero


def test_the_sources_that_a_guide_names_for_its_words_are_shown_with_the_quote(kitchen):
    (cited, *_) = kitchen.reply(
        "how many minutes does a kettle take to boil two litres of water?"
    ).answer.citations
    assert cited.references == ("Kettle manual (Acme, 2025-05-01), https://example.org/manual",)
    assert "src1" not in cited.references[0]


def test_a_question_that_a_guide_gives_to_another_is_pointed_there_in_its_own_words(kitchen):
    answer = kitchen.reply("I want to brew beer at home in a kettle").answer
    assert "cellar/brewing/2026" in answer.text
    assert "not in this pack" in answer.text
    (cited,) = answer.citations
    assert cited.quote == "Reader wants to brew beer at home"
    assert KETTLES[cited.start : cited.end] == cited.quote
    assert cited.line == KETTLES[: cited.start].count("\n") + 1


def test_a_question_about_the_guide_itself_is_answered_and_not_pointed_away(kitchen):
    answer = kitchen.reply("how often must a kettle be descaled?").answer
    assert "twice a year" in answer.text
    assert "not in this pack" not in answer.text


def test_front_matter_that_points_elsewhere_is_never_text(kitchen):
    assert not any("beer" in hit.passage.reading for hit in kitchen.search("brew beer at home", 10))


def test_a_search_looks_only_into_the_guide_or_below_the_heading_that_is_named(kitchen):
    assert {hit.passage.section for hit in kitchen.search("water", 10)} == {"kettles", "pans"}
    assert {hit.passage.section for hit in kitchen.search("water", 10, guide="pans")} == {"pans"}
    assert {hit.passage.section for hit in kitchen.search("water", 10, heading="KETTLE")} == {"kettles"}
    assert kitchen.search("water", 10, guide="pans", heading="kettles") == ()


def test_passages_of_two_guides_are_told_guide_by_guide(kitchen):
    guides = kitchen.pack.guides
    notes = Footnotes(guides)
    hits = [kitchen.search(words, 1)[0] for words in ("kettle boils two litres of water", "cast iron rusts")]
    told = guide_words("why?", hits, guides[0].sections[0], notes)
    assert told.startswith("**Kettles:** A kettle boils")
    assert "\n\n**Pans:** A pan of cast iron" in told
    assert "**" not in guide_words("why?", hits, guides[0].sections[0], notes, apart=False)
    chosen = [hit.passage for hit in hits]
    assert name_guides(chosen, ["one [1]", "two [2]"]) == "**Kettles:** one [1]\n\n**Pans:** two [2]"


def test_two_guides_of_one_title_are_told_apart_by_their_ids(guides_in):
    guides = load_guides(guides_in(a="# Pots\n\nOne.\n", b="# Pots\n\nTwo.\n"))
    chosen = [guide.sections[0].passages[0] for guide in guides]
    assert name_guides(chosen, ["One.", "Two."]) == "**Pots (a):** One.\n\n**Pots (b):** Two."


def test_two_bare_lines_of_a_plain_text_never_stand_together_in_an_answer(guides_in):
    folder = guides_in()
    (folder / "pots.txt").write_text("Pots\nLarge pot\n5 litres\nSmall pot\nA pot is washed by hand.\n")
    (guide,) = load_guides(folder)
    (section,) = guide.sections
    hits = [Hit(p, 1.0, 0.5, -1.0, 1.0, None, -1.0, "") for p in section.passages]
    told = [passage.reading for passage in chosen_passages(hits, section)]
    assert told == ["Large pot", "A pot is washed by hand."]


def test_the_chapters_of_the_bundled_guide_are_not_named_in_answers(adviser):
    assert adviser.pack.chapters
    answer = adviser.reply("how long may a call in low latency mode take on boomi's cloud?").answer
    assert not any(answer.text.startswith(f"**{guide.title}") for guide in adviser.pack.guides)
