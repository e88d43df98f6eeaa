import re
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.page_visits import DETAIL, NEED, answered, ask, change, served, violations

pytestmark = pytest.mark.browser

HOSTILE = """<img src="https://evil.example/a.png" onerror="window.hacked=1"> ![x](https://evil.example/b.png)
<script>window.hacked=1;fetch('https://evil.example/c')</script><svg onload="window.hacked=1"></svg>
[click](javascript:window.hacked=1) <iframe src="https://evil.example/d"></iframe> $$\\href{javascript:1}{x}$$
<style>@import url(https://evil.example/e.css);body{display:none}</style> <b>bold</b>
<video src="https://evil.example/f" autoplay></video><link rel=stylesheet href=https://evil.example/g>
<form action="https://evil.example/h"><button>go</button></form> [1]: https://evil.example/i
${window.hacked=1} {{constructor.constructor('window.hacked=1')()}}"""
HOSTILE_GUIDE = f"# Ports {HOSTILE.splitlines()[0]}\n\nThe harbour <b>closes</b> at 9 pm. {HOSTILE}\n"
HOSTILE_PACK = f"title: {HOSTILE.splitlines()[0]!r}\ngreeting: |\n  {HOSTILE.replace(chr(10), ' ')}\n"


@pytest.fixture(scope="module")
def hostile_address(ready, tmp_path_factory):
    """A page whose guide is as hostile as text can be."""
    root = tmp_path_factory.mktemp("hostile")
    (root / "corpus").mkdir()
    (root / "corpus" / "ports.md").write_text(HOSTILE_GUIDE, encoding="utf-8")
    (root / "pack.yaml").write_text(HOSTILE_PACK, encoding="utf-8")
    with served(ready, "--pack", root) as at:
        yield at


def test_the_empty_page_greets_and_an_example_is_answered(page):
    assert page.title() == page.get_by_role("heading", level=1).inner_text()
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.get_by_role("heading", name="Facts I am using")).to_be_hidden()
    example = page.locator(".example").first
    said = example.inner_text()
    with answered(page):
        example.click()
    expect(page.locator(".said")).to_contain_text(said)
    expect(page.locator(".answer .cite").first).to_be_visible()
    expect(page.locator(".example")).to_have_count(0)


def test_a_citation_lands_on_the_quoted_words_in_their_section(page):
    reply = ask(page, DETAIL)
    reply.locator(".cite").first.click()
    source = page.locator("details.source[open]")
    expect(source).to_have_count(1)
    expect(source.locator("summary")).to_be_focused()
    mark = source.locator("mark").first
    expect(mark).to_be_in_viewport()
    assert mark.inner_text().strip() in source.locator(".section").inner_text()
    expect(source.locator(".place")).to_contain_text(re.compile(r"\.md, line \d+"))
    source.get_by_role("link", name="Back to the answer").click()
    expect(reply).to_be_focused()


def test_a_need_becomes_a_recommendation_with_its_facts_and_its_way_lit(page):
    reply = ask(page, NEED)
    expect(reply.locator(".kind")).to_have_text("Recommendation")
    expect(reply).to_contain_text("Use both")
    facts = page.locator("#facts")
    expect(facts).to_contain_text("You said “")
    expect(facts).to_contain_text("Assumed until you say otherwise")
    lit = page.locator("#path li.lit > p")
    expect(lit.first).to_be_visible()
    expect(page.locator("#path li.lit li.lit li.lit > p")).to_contain_text("Boomi Flow")


def test_a_changed_fact_changes_the_recommendation_at_once(page):
    ask(page, NEED)
    reply = change(page, "between systems", "No")
    expect(reply.locator(".result .was")).to_contain_text("Integration")
    expect(reply.locator(".result .now")).to_have_text(re.compile(r"Now\s*Boomi Flow$"))
    expect(page.locator("#facts")).to_contain_text("You chose this")
    expect(page.locator("details.change[open]")).to_have_count(0)


def test_the_open_question_is_answered_with_one_click(page):
    ask(page, NEED)
    with answered(page):
        page.locator("#strip").get_by_role("button", name="Yes", exact=True).click()
    reply = page.locator(".answer").last
    expect(reply.locator(".kind")).to_have_text("Conflict in the guide")
    expect(page.locator(".said").last).to_have_text(re.compile("Yes"))
    expect(page.locator("#strip").get_by_role("button", name="I don't know")).to_be_visible()


def test_one_person_never_sees_the_facts_of_another(visit):
    first, second = visit(), visit()
    ask(first, NEED)
    expect(second.locator(".answer")).to_have_count(0)
    ask(second, "Every night orders go from the web shop into the ERP, and nobody touches them.")
    expect(second.locator("#facts")).not_to_contain_text("manager")
    expect(first.locator("#facts")).not_to_contain_text("nobody")
    ask(first, DETAIL)
    expect(first.locator("#facts")).to_contain_text("manager")


def nothing_came_alive(page):
    expect(page.locator("#desk :is(img, script, iframe, form, video)")).to_have_count(0)
    assert page.evaluate("window.hacked") is None


def test_hostile_words_of_a_user_are_shown_as_words(page):
    ask(page, f"{HOSTILE} {DETAIL}")
    expect(page.locator(".said")).to_contain_text("<b>bold</b>")
    expect(page.locator(".said")).to_contain_text("<script>")
    nothing_came_alive(page)


def test_half_a_character_is_no_obstacle(page):
    box = page.get_by_role("textbox", name="Your message")
    box.evaluate(
        """(box, text) => {
          const value = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value");
          value.set.call(box, text + "\\ud83d");
          box.dispatchEvent(new Event("input", {bubbles: true}));
        }""",
        DETAIL,
    )
    with answered(page):
        box.press("Enter")
    expect(page.locator(".said")).to_contain_text("\ufffd")


def test_hostile_words_of_a_guide_are_shown_as_words(visit, hostile_address):
    page = visit(at=hostile_address)
    nothing_came_alive(page)
    reply = ask(page, "When does the harbour close?")
    reply.locator(".cite").first.click()
    expect(page.locator("details.source[open] .section")).to_contain_text("<b>bold</b>")
    expect(page.locator("#facts section")).to_have_count(0)
    nothing_came_alive(page)


def test_a_message_that_cannot_be_answered_is_explained_and_kept(page):
    ask(page, NEED)
    reply = ask(page, "x" * 200_000)
    expect(reply.locator(".kind")).to_have_text("That did not work")
    box = page.get_by_role("textbox", name="Your message")
    expect(box).to_have_value("x" * 200_000)
    expect(page.locator("#facts")).to_contain_text("manager")
    box.fill("   ")
    page.keyboard.press("Enter")
    expect(page.locator(".said")).to_have_count(2)


def test_starting_again_can_be_taken_back(page):
    ask(page, NEED)
    page.get_by_role("button", name="Start again").click()
    expect(page.locator(".example").first).to_be_visible()
    expect(page.locator(".answer")).to_have_count(0)
    page.get_by_role("button", name="Bring the last conversation back").click()
    expect(page.locator(".answer")).to_have_count(1)
    expect(page.locator("#facts")).to_contain_text("manager")


def test_the_keyboard_alone_does_everything(page):
    box = page.get_by_role("textbox", name="Your message")
    box.focus()
    page.keyboard.type("A manager signs off")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("in a form, no other systems.")
    assert "\n" in box.input_value()
    with answered(page):
        page.keyboard.press("Enter")
    summary = page.locator("#facts .change > summary").first
    name = summary.get_attribute("aria-label")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    with answered(page):
        page.keyboard.press("Enter")
    expect(page.locator(f'#facts summary[aria-label="{name}"]')).to_be_focused()
    cite = page.locator(".answer").last.locator(".cite").first
    cite.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details.source[open] > summary")).to_be_focused()


def test_an_answer_is_announced_once(page):
    ask(page, NEED)
    expect(page.locator("#status [role=status]")).to_contain_text("Answer 1. Recommendation. Use both")
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "off")
    spoken = page.locator("[aria-live=polite], [aria-live=assertive], [role=status], [role=alert]")
    told = page.locator("#status [role=status]").all_inner_texts()
    assert [text for text in spoken.all_inner_texts() if text.strip()] == told


def test_a_phone_shows_the_panels_below_the_conversation(visit):
    page = visit(width=375, height=760, has_touch=True)
    ask(page, NEED)
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    edge = "(name) => document.querySelector(name).getBoundingClientRect()"
    assert page.evaluate(f"({edge})('#side').top >= ({edge})('#talk').bottom")
    page.locator(".answer .cite").first.click()
    expect(page.locator("details.source[open] mark").first).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_on_the_page_shuts_anybody_out(visit, scheme):
    # The checker itself is a script put into the page, which the page's own policy would refuse.
    page = visit(color_scheme=scheme, bypass_csp=True)

    assert violations(page) == []
    ask(page, NEED)
    with answered(page):
        page.locator("#strip").get_by_role("button", name="Yes", exact=True).click()
    ask(page, DETAIL)
    ask(page, "x" * 200_000)
    page.locator("#facts .change > summary").first.click()
    page.locator("#facts .rest > summary").click()
    page.locator("#facts .rest .change > summary").last.click()
    page.locator(".answer .cite").last.click()
    assert violations(page) == []


@pytest.mark.parametrize(
    "path", ["/gradio_api/upload", "/gradio_api/info", "/gradio_api/call/sent", "/config", "/gradio_api/runs"]
)
def test_the_served_page_opens_no_other_door(page_at, path):
    for body in (None, b"{}"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(urllib.request.Request(page_at + path, data=body), timeout=20)
