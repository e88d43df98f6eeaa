"""A language model's sentences on the page: each is seen as soon as it stands, and the whole answer after them."""

import pytest
from playwright.sync_api import expect

from tests.model_server import slow_model
from tests.page_visits import answered, ask, served, violations, visitors

pytestmark = pytest.mark.browser

OUT = "I am about to go out."
DETAIL = "How deep may the water be?"
BOTH = "Yes, it rains. How deep may the water be for boots?"  # in a conversation about going out
SENTENCE = "Boots are tight up to 20 cm of water."


@pytest.fixture(scope="module")
def model():
    with slow_model() as opened:
        yield opened


@pytest.fixture(scope="module")
def at(ready, weather, tmp_path_factory, model):
    """Where the page of the pack about the weather is served, beside the slow model."""
    own = {
        "GROUNDRULE_STORE": f"sqlite:///{tmp_path_factory.mktemp('page') / 'c.db'}",
        "GROUNDRULE_MODEL_URL": model.address,
        "GROUNDRULE_MODEL": "slow",
        "GROUNDRULE_MODEL_SECONDS": "600",
    }
    with served(ready | own, "--pack", weather.pack.root) as address:
        yield address
        model.close()  # what a failed test left open would keep the server


@pytest.fixture
def visit(browser, at):
    with visitors(browser, at) as go:
        yield go


@pytest.fixture
def page(visit):
    return visit()


def send(page, message):
    page.get_by_role("textbox", name="Your message").fill(message)
    page.keyboard.press("Enter")
    return page.locator(".begun .body")


def test_sentences_are_seen_as_they_stand_and_the_whole_answer_replaces_them(page, model):
    reply = model.reply("{1} [1]. Boots are made of gold [1]. And")
    begun = send(page, DETAIL)
    expect(begun).to_have_text(f"{SENTENCE} [1]")
    expect(page.get_by_role("textbox", name="Your message")).to_have_value("")
    expect(page.locator(".answer")).to_have_count(0)
    expect(page.locator("#status [role=status]")).to_be_empty()
    with answered(page):
        reply.say(" now: boots are tight up to 20 cm [1]. So")
        expect(begun).to_have_text(f"{SENTENCE} [1] And now: boots are tight up to 20 cm. [1]")
        reply.end()
    expect(page.locator(".begun")).to_have_count(0)
    expect(page.locator(".answer .body")).to_have_text(
        f"{SENTENCE} [1] And now: boots are tight up to 20 cm. [1]"
    )
    expect(page.locator("#status [role=status]")).to_contain_text("Answer 1.")
    page.locator(".answer a.cite").first.click()
    expect(page.locator("details.source[open] mark")).to_have_text(SENTENCE)


def test_a_decision_is_seen_before_the_model_has_said_anything(page, model):
    ask(page, OUT)
    reply = model.reply()
    begun = send(page, BOTH)
    expect(begun).to_contain_text("Use Take an umbrella.")
    expect(begun).not_to_contain_text(SENTENCE)
    with answered(page):
        reply.say("{1} [1].")
        reply.end()
    expect(page.locator(".answer .body").last).to_contain_text(SENTENCE)


def test_an_answer_that_grows_stays_in_sight(visit, model):
    page = visit(height=420)
    ask(page, OUT)
    reply = model.reply()
    begun = send(page, BOTH)
    expect(begun).to_contain_text("Use Take an umbrella.")
    expect(page.locator(".said").last).to_be_in_viewport()
    top = "document.querySelector('#chat [role=log]').getBoundingClientRect().top"
    page.wait_for_function(
        f"[...document.querySelectorAll('.said')].pop().getBoundingClientRect().top - {top} < 40"
    )
    with answered(page):
        reply.say("{1} [1].")
        reply.end()


def test_a_model_that_breaks_off_leaves_what_stood_and_is_named(page, model):
    reply = model.reply("{1} [1]. And")
    begun = send(page, DETAIL)
    expect(begun).to_contain_text(SENTENCE)
    with answered(page):
        reply.break_off()
    expect(page.locator(".answer .body")).to_contain_text(SENTENCE)
    expect(page.locator(".answer .body")).to_contain_text("its answer broke off")
    expect(page.locator(".begun")).to_have_count(0)


def test_two_windows_go_on_with_one_conversation_while_one_hears_a_model(visit, model):
    first = visit()
    ask(first, OUT)
    second = visit(context=first.context)
    second.get_by_role("button", name="Bring the last conversation back").click()
    expect(second.locator(".answer")).to_have_count(1)
    void, counted = model.reply("{1} [1]. And"), model.reply()
    begun = send(first, DETAIL)
    expect(begun).to_contain_text(SENTENCE)
    with answered(second):
        second.locator("#strip").get_by_role("button", name="Yes", exact=True).click()
    void.end()
    expect(first.locator(".begun")).to_have_count(0)
    expect(first.locator(".said")).to_have_count(3)
    counted.say("{1} [1]. Boots are tight [1].")
    counted.end()
    expect(first.locator(".answer")).to_have_count(3)
    expect(first.locator(".said").nth(1)).to_contain_text("Yes")
    expect(first.locator(".said").nth(2)).to_contain_text(DETAIL)
    expect(first.locator("#facts")).to_contain_text("You chose this")


def test_a_fact_that_is_changed_meanwhile_stays_in_sight(page, model):
    ask(page, OUT)
    reply, again = model.reply("{1} [1]. And"), model.reply("{1} [1].")
    begun = send(page, DETAIL)
    expect(begun).to_contain_text(SENTENCE)
    page.locator("#facts .rest > summary").click()
    page.locator("#facts .change > summary").first.click()
    page.locator("#facts .change").first.get_by_role("button", name="Yes", exact=True).click()
    expect(page.locator(".said.by-change")).to_have_count(1)
    reply.say(" now: boots are tight up to 20 cm [1]. So")
    expect(begun).to_contain_text("And now")
    expect(page.locator(".said.by-change")).to_have_count(1)
    reply.end()
    again.end()
    expect(page.locator(".answer")).to_have_count(3)
    expect(page.locator(".said").last).to_contain_text(DETAIL)


def test_what_a_message_changed_is_undone_after_a_model_has_spoken(page, model):
    ask(page, OUT)
    model.reply("{1} [1].").end()
    facts = page.locator("#facts")
    before = facts.inner_text()
    ask(page, BOTH)
    expect(page.locator(".answer").last).to_contain_text(SENTENCE)
    expect(facts).not_to_have_text(before, use_inner_text=True)
    with answered(page):
        page.get_by_role("button", name="Undo").click()
    expect(facts).to_have_text(before, use_inner_text=True)
    expect(page.locator(".begun")).to_have_count(0)


def test_a_window_that_is_closed_meanwhile_leaves_the_answer_to_be_kept(visit, model):
    page = visit()
    ask(page, OUT)
    reply = model.reply("{1} [1]. And")
    expect(send(page, DETAIL)).to_contain_text(SENTENCE)
    context = page.context
    page.close()
    reply.end()
    again = visit(context=context)
    again.get_by_role("button", name="Bring the last conversation back").click()
    expect(again.locator(".said").first).to_be_visible()
    while again.locator(".answer").count() < 2:
        again.reload()
        expect(again.locator(".said").first).to_be_visible()
    expect(again.locator(".answer").last).to_contain_text(SENTENCE)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_answer_on_its_way_shuts_nobody_out(visit, model, scheme):
    page = visit(color_scheme=scheme, bypass_csp=True)
    reply = model.reply("{1} [1]. And")
    expect(send(page, DETAIL)).to_contain_text(SENTENCE)
    assert violations(page) == []
    with answered(page):
        reply.end()
