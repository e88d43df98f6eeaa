"""Explore and Checklist, in a real browser, beside and without the Ask page."""

import re

import pytest
from playwright.sync_api import expect

from tests.page_visits import DETAIL, NEED, ask, violations

pytestmark = pytest.mark.browser

FACTS = "human_interaction=yes&data_transformation=yes"
PAGES = {
    "Explore": f"/explore?pack=boomi&q=how+long+may+a+call+take&{FACTS}",
    "Checklist": f"/checklist?pack=boomi&{FACTS}",
    "all of it": f"/checklist?pack=boomi&all=yes&on_premise=yes&{FACTS}",
}


def test_a_source_opens_the_guide_at_the_quoted_words(page):
    reply = ask(page, DETAIL)
    reply.locator(".cite").first.click()
    quoted = page.locator("details.source[open] mark").first.inner_text()
    page.locator("details.source[open]").get_by_role("link", name="Open it in the guide").click()
    expect(page).to_have_title(re.compile("^Explore – "))
    expect(page.locator("mark#found")).to_be_in_viewport()
    assert page.locator("mark#found").inner_text() == quoted


def test_a_search_finds_a_passage_and_leads_to_it(visit):
    page = visit("/explore")
    page.get_by_role("searchbox", name="Search the guide").fill("file size limit")
    page.keyboard.press("Enter")
    expect(page.locator(".hits li").first).to_be_visible()
    page.locator(".hits a").first.click()
    expect(page.locator("#found")).to_be_in_viewport()
    expect(page.locator("mark.found").first).to_be_visible()


def test_the_margin_names_the_rules_that_cite_and_leads_to_them(visit):
    page = visit("/explore?section=boomi/decision-tree#found")
    link = page.locator(".margin a").first
    says = link.inner_text()
    link.click()
    expect(page.locator(".tree li:target > p .text")).to_have_text(says)


def test_a_result_of_the_tree_is_tried_in_ask(visit):
    page = visit("/explore")
    page.get_by_role("link", name=re.compile(r"^Try from here: needs Boomi Flow \+")).click()
    expect(page.locator(".answer")).to_contain_text("Use both")
    expect(page.locator("#facts .known")).to_have_count(2)


def test_the_way_of_the_facts_in_the_address_is_lit(visit):
    page = visit(f"/explore?{FACTS}")
    expect(page.locator(".rules li.lit li.lit li.lit > p .text")).to_contain_text("Boomi Flow + Boomi")
    expect(visit("/explore").locator(".rules li.lit")).to_have_count(0)


def test_the_checklist_asks_until_there_is_nothing_left_to_ask(visit):
    page = visit("/checklist")
    asked = []
    while page.locator("fieldset").count():
        asked.append(page.locator("legend").inner_text())
        assert len(asked) < 10, "the same questions over and over"
        page.get_by_role("radio", name="No", exact=True).or_(page.get_by_role("radio").first).first.check()
        page.get_by_role("button", name="Go on").click()
    assert len(asked) == len(set(asked)) > 1
    expect(page.locator(".so-far li")).to_have_count(len(asked))
    page.get_by_role("link", name=re.compile("Change the answer: People")).click()
    expect(page.locator("legend")).to_contain_text("Do people take part")
    page.go_back()
    page.get_by_role("link", name="Talk about it in Ask").click()
    expect(page.locator(".answer")).to_have_count(1)


def test_the_checklist_works_without_script_and_by_the_keyboard(visit):
    page = visit("/checklist?all=yes", java_script_enabled=False)
    page.get_by_role("group", name=re.compile("Do people take part")).get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator(".so-far li")).to_have_count(1)
    expect(page.locator(".verdict")).to_have_text("Not settled")
    assert "all=yes&human_interaction=yes" in page.url


def test_what_the_rules_do_not_know_is_left_out_and_named(visit):
    page = visit("/checklist?shoe_size=44&human_interaction=yes")
    expect(page.locator(".notice")).to_contain_text("shoe_size=44")
    expect(page.locator(".so-far li")).to_have_count(1)


def test_the_way_to_the_other_pages_takes_the_facts_along(page):
    ask(page, NEED)
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Checklist").click()
    expect(page.locator(".so-far li")).to_have_count(2)
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Ask", exact=True).click()
    expect(page.locator(".said")).to_contain_text("A manager")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 375)])
def test_no_document_shuts_anybody_out(visit, name, scheme, width):
    page = visit(PAGES[name], width=width, color_scheme=scheme, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
